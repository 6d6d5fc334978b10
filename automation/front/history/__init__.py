"""Doors to the history of runs: where it is kept, how things went, what was changed. Not here: the database (``store``)."""
