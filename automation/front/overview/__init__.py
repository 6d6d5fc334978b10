"""Many workbooks at a glance: one page that needs nothing else, and a workbook with the same lists."""
