"""The history of unattended runs: kept once each, asked for trends. Not here: running (``front.batch``)."""

from __future__ import annotations

from automation.store.history.keeping import History

__all__ = ["History"]
