"""Floor 3: frozen tables of a workbook and the effects that commands ask for. Pure."""
