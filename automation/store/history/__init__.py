"""The history of unattended runs: kept once each, asked for trends. Not here: running (``front.batch``)."""

from __future__ import annotations

from automation.store.history.keeping import History, Kept

__all__ = ["History", "Kept"]
