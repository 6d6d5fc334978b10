"""Floor 6: workbooks on disk: reading, faithful writing, building. Does I/O; Excel libraries live here only."""
