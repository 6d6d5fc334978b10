"""Floor 2: the catalogue of sheets, columns, lists and messages, read from ``schemas/``. Pure."""
