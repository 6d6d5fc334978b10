"""The COM server of xlwings, for an Excel that may start no process. Not here: where it is recorded that it runs."""

from __future__ import annotations


def serve() -> None:
    """Answer Excel until the process is ended (Windows; the class id is the one that DEBUG UDFS connects to)."""
    import xlwings  # noqa: PLC0415 - clicks of other kinds do not wait for it

    xlwings.serve()
