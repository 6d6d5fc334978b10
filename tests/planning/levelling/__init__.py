"""Levelling: problems, the search, over-allocations and proposals."""
