"""A closed workbook in the other language: names, headings, list cells, help and pages."""
