"""Worksheet functions: pure functions on cell values, and ``registry.FUNCTIONS``, the list of them. Pure."""
