"""How row types are made at run time: tuples with names, like ``typing.NamedTuple`` but ten times faster to define.

Defining 500 fields with ``NamedTuple`` takes half of the time that a ribbon click may spend on imports. Type checkers
see the ``NamedTuple`` classes of ``model.rows``. Not here: the row types.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

try:  # what the standard library's own named tuples use: reading a field takes half as long
    from _collections import _tuplegetter  # type: ignore[import-not-found]
except ImportError:

    def _tuplegetter(place: int, doc: str) -> property:
        return property(itemgetter(place), doc=doc)


if TYPE_CHECKING:
    from collections.abc import Iterable


class RowTuple(tuple[Any, ...]):
    """A frozen row: a tuple whose fields have names, with the methods of a named tuple that are used here."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """A row of positional values, then named ones; TypeError unless every field gets exactly one."""
        rest = cls._fields[len(values) :]
        if set(rest) != set(named) or len(values) > len(cls._fields):
            message = f"{cls.__name__} takes the fields {', '.join(cls._fields)}"
            raise TypeError(message)
        return tuple.__new__(cls, (*values, *(named[name] for name in rest)))

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        """A row of values in the order of the fields."""
        return tuple.__new__(cls, values)

    def _replace(self, **changed: Any) -> Self:
        """The row with some fields changed; ValueError for a name that is no field."""
        unknown = set(changed) - set(self._fields)
        if unknown:
            raise ValueError(sorted(unknown))
        return self._make(changed.get(name, value) for name, value in zip(self._fields, self, strict=True))

    def _asdict(self) -> dict[str, Any]:
        """Fields and values."""
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        """The fields that hold something."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items() if value not in {None, ()})
        return f"{type(self).__name__}({shown})"


def row_type(name: str, fields: str) -> Any:
    """A row type with these fields, separated by spaces."""
    names = tuple(fields.split())
    members: dict[str, Any] = {field: _tuplegetter(place, field) for place, field in enumerate(names)}
    return type(name, (RowTuple,), {"__slots__": (), "_fields": names, **members})
