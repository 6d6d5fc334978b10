"""What a kind of document is. Not here: which there are (``kinds``) and the command that asks for one (``documents``)."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.base.findings import Text
    from automation.commands.document.source import Source


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of Word document; its template is the file of its id below ``templates/<language>/``.

    ``sheet`` is the one whose row ``--for`` names, ``sheets`` those whose rows must be free of errors, ``context``
    makes the values. A ``customer`` document is made from the rows and columns that this customer may see and from
    nothing else; an ``internal`` one from all.
    """

    id: str
    name: Text
    audience: Literal["customer", "internal"]
    context: Callable[[Source], dict[str, Any]]
    sheet: str
    sheets: tuple[str, ...]
    lasting: bool = False
    """Whether it holds until a new version takes its place, so that changed data make it out of date (DLV-05)."""
    provisional: Callable[[Any], Text | None] | None = None
    """Why only a draft may be made of the row that the document is about, ``None`` where nothing speaks against it.

    It sees the whole row, with the confidential columns that a customer's copy is made without.
    """


def later(module: str, name: str) -> Callable[[Source], dict[str, Any]]:
    """The function of a module of ``commands.document`` that is imported when it is first called."""

    def call(source: Source) -> dict[str, Any]:
        found: Callable[[Source], dict[str, Any]] = getattr(
            importlib.import_module(f"automation.commands.document.{module}"), name
        )
        return found(source)

    return call
