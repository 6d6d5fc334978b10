"""A workbook that is open in Excel: the same reader and writer as for closed files, over xlwings or the task pane."""
