"""The names of the pictures that templates may show, and the mark that stands for one until it is drawn.

Not here: what they show (each document's own module) and the drawing (``word.pictures``).
"""

from __future__ import annotations

PICTURES = (
    "gantt",
    "finishes",
    "drivers",
    "milestones",
    "load",
    "value",
    "burn_up",
    "risks",
    "costs",
    "attainment",
    "satisfaction",
    "pipeline",
)
"""Every picture that there is; one that a document does not have is an empty text, so that ``{%p if %}`` leaves it out."""


def picture_mark(name: str) -> str:
    """What stands in a filled document where the picture of that name goes."""
    return f"\u27e6{name}\u27e7"
