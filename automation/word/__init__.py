"""Floor 6: Word documents from templates. Does I/O; Word libraries live here only."""
