"""Deliverybook: a client delivery project in one Excel workbook, checked, planned and documented."""

__version__ = "0.1.0"
