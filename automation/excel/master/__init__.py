"""The master workbook, built from the schemas with XlsxWriter. Does I/O; never touches a user's workbook."""
