"""Floor 6: files beside the workbook: locks, backups, atomic replacement. Does I/O."""
