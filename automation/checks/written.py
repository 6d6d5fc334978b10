"""Ids written inside a text (predecessors, resource use, participants): V02 unreadable, V05 ids that do not fit.

Not here: plain reference columns (``checks.links``); loops of predecessors, which a rule of the plan reports.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from automation.checks.links import known_ids, other_owner_draft, rows_by_key, unknown_draft
from automation.checks.wording import Draft
from automation.model.links import parse_links
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from automation.checks.nearest import NearestId
    from automation.model.project import Project, Table
    from automation.schema.catalogue import Catalogue, Column

Parsed = tuple[tuple[str, ...], tuple[str, ...]]
"""Ids that a text names, and pieces of it that cannot be read."""
_USE = re.compile(r"(?P<id>[A-Z]+-\d+)\s*(?::\s*\d+(?:\.\d+)?\s*%?)?", re.IGNORECASE)
_ID = re.compile(r"(?P<prefix>[A-Z]+)-\d+")
_PIECES = re.compile(r"[;,、\n\r]+")


def written_drafts(table: Table, project: Project, catalogue: Catalogue) -> Iterator[Draft]:
    """What is wrong with ids written in texts of a table, one draft a cell and rule."""
    for column in table.sheet.columns:
        if column.format in _FORMATS and column.id in table.values:
            yield from _Written(table, column, project, catalogue).drafts()


def links_of(text: str) -> Parsed:
    """Tasks named as predecessors, such as in ``T-002;T-003FS+2``."""
    links, unreadable = parse_links(text)
    return tuple(link.predecessor for link in links), unreadable


def uses_of(text: str) -> Parsed:
    """Resources named with or without a percentage, such as in ``RES-004:100%;RES-011:50%``."""
    pieces = [piece.strip() for piece in _PIECES.split(unicodedata.normalize("NFKC", text)) if piece.strip()]
    matches = [(piece, _USE.fullmatch(piece)) for piece in pieces]
    return (
        tuple(match["id"].upper() for _, match in matches if match),
        tuple(piece for piece, match in matches if not match),
    )


def plain_ids_of(text: str) -> Parsed:
    """Ids separated by semicolons, commas or white space."""
    pieces = ids_of(unicodedata.normalize("NFKC", text))
    return (
        tuple(piece for piece in pieces if _ID.fullmatch(piece)),
        tuple(piece for piece in pieces if not _ID.fullmatch(piece)),
    )


class _Format(NamedTuple):
    """How a text is read, the message for what cannot be read, and the sheets whose ids may stand in it (all).

    ``same`` are columns in which the rows named must agree with the row that names them.
    """

    parse: Callable[[str], Parsed]
    kind: str
    sheets: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


_FORMATS: Mapping[str, _Format] = {
    "links": _Format(links_of, "link_syntax", ("plan",), ("project_id",)),
    "resource_use": _Format(uses_of, "resource_use_syntax", ("resources",)),
    "milestone_weights": _Format(uses_of, "milestone_weights_syntax", ("plan",), ("project_id",)),
    "ids": _Format(plain_ids_of, "ids_syntax", ("resources", "contacts")),
    "any_id": _Format(plain_ids_of, "ids_syntax"),
}


class _Written:
    """One column of texts with ids in them; an id's prefix tells its sheet."""

    def __init__(self, table: Table, column: Column, project: Project, catalogue: Catalogue) -> None:
        self._table = table
        self._column = column
        self._project = project
        self._catalogue = catalogue
        self._format = _FORMATS[column.format]
        allowed = self._format.sheets or tuple(catalogue.sheets)
        self._sheets = {sheet.prefix: sheet for name in allowed if (sheet := catalogue.sheets[name]).prefix}
        self._known: dict[str, NearestId | None] = {}

    def drafts(self) -> Iterator[Draft]:
        """Drafts of the column, each distinct text read once."""
        values = self._table.values[self._column.id]
        read = {text: self._format.parse(str(text)) for text in set(values) if text is not None}
        for at, (key, text) in enumerate(zip(self._table.keys, values, strict=True)):
            if text is None:
                continue
            ids, unreadable = read[text]
            strangers = tuple(one for one in ids if one.partition("-")[0] not in self._sheets)
            if unreadable or strangers:
                fields = {"expected": self._column.hint}
                shown = ";".join((*unreadable, *strangers))
                yield Draft("V02", self._table, at, self._column.id, self._format.kind, fields, shown)
            if key in ids:
                yield Draft("V05", self._table, at, self._column.id, "itself", value=key)
            else:
                yield from islice(chain(self._unknown(at, ids), self._of_others(at, ids)), 1)

    def _unknown(self, at: int, ids: tuple[str, ...]) -> Iterator[Draft]:
        """The ids of the first sheet that lacks some; the rest is said once these are right."""
        for prefix, sheet in self._sheets.items():
            known = self._ids(prefix)
            if known is not None:
                missing = tuple(one for one in ids if one.startswith(f"{prefix}-") and one not in known)
                if missing:
                    yield unknown_draft(self._table, at, self._column, sheet.label, (missing, known))
                    return

    def _of_others(self, at: int, ids: tuple[str, ...]) -> Iterator[Draft]:
        """Ids of rows that differ from this one where they must agree, such as a task of another project."""
        for target, name, by_id in self._agreeing:
            ours = self._table.values[name][at]
            for one in ids if ours is not None else ():
                there = by_id.get(one)
                theirs = None if there is None else target.values[name][there]
                if there is not None and theirs is not None and theirs != ours:
                    place = (target, there)
                    yield other_owner_draft(self._table, at, self._column, place, name=name, catalogue=self._catalogue)

    @cached_property
    def _agreeing(self) -> list[tuple[Table, str, Mapping[str, int]]]:
        """Tables whose rows must agree with this one, in which column, and their row indices by id."""
        targets = [self._project.tables[sheet] for sheet in self._format.sheets if sheet in self._project.tables]
        return [
            (target, name, rows_by_key(target))
            for target in targets
            for name in self._format.same
            if name in target.values and name in self._table.values
        ]

    def _ids(self, prefix: str) -> NearestId | None:
        """The ids of a sheet, ``None`` when the workbook lacks the sheet."""
        if prefix not in self._known:
            table = self._project.tables.get(self._sheets[prefix].id)
            has_keys = table is not None and table.sheet.key in table.columns
            self._known[prefix] = known_ids(table) if table is not None and has_keys else None
        return self._known[prefix]
