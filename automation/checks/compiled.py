"""The JSON Schema of a sheet's rows, compiled once, and the faults that it finds in a table.

A table is judged a column at a time: every distinct value, or the whole column as one array, goes to the engine in
one call, and rows that look alike to the conditions are judged once. The faults are those that the schema finds in
each row on its own; a test compares them with another implementation of JSON Schema.

Not here: what a fault is called in a message (``checks.rows``).
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.schema.catalogue import Catalogue, Column, Condition, Sheet

NO_CONDITION = -1
REPEATING = frozenset({"enum", "ref", "int", "num", "pct", "date", "dt"})
"""Kinds of columns in which few distinct values stand in many rows."""


class Fault(NamedTuple):
    """What the schema objects to in one row.

    ``at`` is the row's index, from 0; ``keyword`` and ``limit`` are the JSON Schema keyword and its value;
    ``condition`` is the place of the broken condition among the sheet's, ``NO_CONDITION`` for a column of its own.
    ``column`` is empty where a condition as a whole is broken and no single column is.
    """

    at: int
    column: str
    keyword: str
    limit: Any
    condition: int = NO_CONDITION


def property_schema(column: Column, catalogue: Catalogue) -> dict[str, Any]:
    """The schema of one value of a column: list columns take codes, computed ones only have a type."""
    if column.need == "computed":
        return {"type": column.schema["type"]}
    schema = dict(column.schema)
    if column.list:
        schema["enum"] = [value.code for value in catalogue.lists[column.list].values]
    return schema


def row_schema(sheet: Sheet, catalogue: Catalogue) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a row record: identifiers to values, empty cells left out.

    ``allOf`` holds the sheet's conditions in order; one whose columns are all covered by rules asks for nothing.
    """
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {column.id: property_schema(column, catalogue) for column in sheet.columns},
        "required": [column.id for column in sheet.columns if column.need == "required"],
    }
    if sheet.conditions:
        conditions = [{"if": dict(one.test), "then": _consequence(one)} for one in sheet.conditions]
        schema["allOf"] = conditions
    return schema


def _consequence(condition: Condition) -> dict[str, Any]:
    then = dict(condition.then)
    if "required" in then:
        then["required"] = [column for column in then["required"] if column not in condition.covered]
    return then


class CompiledSheet:
    """A sheet's schema, ready to judge tables."""

    def __init__(self, sheet: Sheet, catalogue: Catalogue) -> None:
        self.sheet = sheet
        self.schema = row_schema(sheet, catalogue)
        self._columns: dict[str, _Values] = {}

    def faults(self, values: Mapping[str, Sequence[Any]]) -> Iterator[Fault]:
        """Faults of a table whose JSON values are given by column, ``None`` for empty cells.

        Columns that are not among the values are not asked for. Faults of columns come first, column by column,
        then those of conditions.
        """
        required = set(self.schema["required"])
        for name, column in values.items():
            if name in required and None in column:
                yield from (Fault(index, name, "required", name) for index, one in enumerate(column) if one is None)
            yield from self._column(name).faults(name, column)
        if self.sheet.conditions:
            yield from self._conditions.faults(values)

    def condition_columns(self, condition: int) -> frozenset[str]:
        """The columns on which a condition depends."""
        return self._conditions.columns_of[condition]

    def _column(self, name: str) -> _Values:
        if name not in self._columns:
            kind = self.sheet.by_id[name].kind
            self._columns[name] = _Values(self.schema["properties"][name], repeating=kind in REPEATING)
        return self._columns[name]

    @cached_property
    def _conditions(self) -> _Conditions:
        return _Conditions(self.schema["allOf"])


def compiled(sheet: Sheet, catalogue: Catalogue) -> CompiledSheet:
    """The compiled schema of a sheet; it is made once for each catalogue."""
    return _compiled(_Identity(catalogue), sheet.id)


class _Identity:
    """A catalogue as a key of the cache: the same only if it is the same object."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.catalogue is other.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


@lru_cache(maxsize=256)
def _compiled(key: _Identity, sheet: str) -> CompiledSheet:
    return CompiledSheet(key.catalogue.sheets[sheet], key.catalogue)


def _validator(schema: Mapping[str, Any]) -> Any:
    return jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True)


class _Values:
    """Judges the values of one column."""

    def __init__(self, schema: Mapping[str, Any], *, repeating: bool) -> None:
        self._array = _validator({"type": "array", "items": dict(schema)})
        self._repeating = repeating

    def faults(self, name: str, values: Sequence[Any]) -> Iterator[Fault]:
        if self._repeating:
            distinct = list(set(values) - {None})
            if self._array.is_valid(distinct):
                return
            found: dict[Any, list[tuple[str, Any]]] = {}
            for at, keyword, limit in self._errors(distinct):
                found.setdefault(distinct[at], []).append((keyword, limit))
            for index, value in enumerate(values):
                if value in found:
                    yield from (Fault(index, name, keyword, limit) for keyword, limit in found[value])
            return
        present = [value for value in values if value is not None] if None in values else values
        if self._array.is_valid(present):
            return
        places = range(len(values)) if present is values else [i for i, one in enumerate(values) if one is not None]
        yield from (Fault(places[at], name, keyword, limit) for at, keyword, limit in self._errors(present))

    def _errors(self, values: Sequence[Any]) -> Iterator[tuple[int, str, Any]]:
        for error in self._array.iter_errors(values):
            yield int(error.instance_path[0]), error.kind.name, error.kind.value


ROW_KEYWORDS = frozenset({"required", "properties", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"})
"""Keywords about a whole row whose outcome depends on nothing but which columns are filled and on the schemas below."""


class _Conditions:
    """Judges the if/then of a sheet, once for all rows that look the same to them.

    Two values of a column look the same when every schema that the conditions hold for that column says the same
    of both. Where a condition uses a keyword not in ``ROW_KEYWORDS``, only equal values look the same.
    """

    def __init__(self, conditions: Sequence[Mapping[str, Any]]) -> None:
        self._all = _validator({"allOf": list(conditions)} if conditions else {})
        self._probes: dict[str, list[Any]] = {}
        self._simple = True
        self.columns_of: list[frozenset[str]] = []
        for condition in conditions:
            schemas: dict[str, list[Any]] = {}
            self._collect(condition, schemas)
            self.columns_of.append(frozenset(schemas))
            for column, parts in schemas.items():
                self._probes.setdefault(column, []).extend(map(_validator_of, parts))

    def _collect(self, schema: Any, found: dict[str, list[Any]]) -> None:
        if isinstance(schema, bool):
            return
        for keyword, value in schema.items():
            if keyword == "required":
                for column in value:
                    found.setdefault(column, [])
            elif keyword == "properties":
                for column, part in value.items():
                    found.setdefault(column, []).append(part)
            elif keyword in {"allOf", "anyOf", "oneOf"}:
                for part in value:
                    self._collect(part, found)
            elif keyword in ROW_KEYWORDS:
                self._collect(value, found)
            else:
                self._simple = False

    def faults(self, values: Mapping[str, Sequence[Any]]) -> Iterator[Fault]:
        columns = [name for name in values if name in self._probes or not self._simple]
        if not columns:
            return
        alike = [self._alike(name, values[name]) for name in columns]
        broken: dict[tuple[Any, ...], list[Fault]] = {}
        for row in set(zip(*alike, strict=True)):
            record = {name: value for name, value in zip(columns, row, strict=True) if value is not None}
            if not self._all.is_valid(record):
                broken[row] = [fault for fault in self._errors(record) if not fault.column or fault.column in values]
        if broken:
            for index, row in enumerate(zip(*alike, strict=True)):
                if row in broken:
                    yield from (fault._replace(at=index) for fault in broken[row])

    def _alike(self, name: str, values: Sequence[Any]) -> Sequence[Any]:
        """The values, each replaced by the first one that looks the same."""
        if not self._simple:
            return values
        probes = self._probes[name]
        if not probes:
            return [value is not None or None for value in values]
        first: dict[tuple[bool, ...], Any] = {}
        stands_for = {
            value: first.setdefault(tuple(probe.is_valid(value) for probe in probes), value)
            for value in set(values)
            if value is not None
        }
        return list(map(stands_for.get, values))

    def _errors(self, record: Mapping[str, Any]) -> Iterator[Fault]:
        for error in self._all.iter_errors(record):
            kind = error.kind
            column = kind.property if kind.name == "required" else next(iter(error.instance_path), "")
            yield Fault(0, str(column), kind.name, None, int(error.schema_path[1]))


def _validator_of(schema: Any) -> Any:
    return _validator({"allOf": [schema]})
