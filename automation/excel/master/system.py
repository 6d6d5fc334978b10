"""The rows that a fresh workbook already holds: settings and lists.

Not here: calendar and permissions, which the caller gives.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Language, Value
    from automation.schema.catalogue import Catalogue, Parameter

_LABELLED: Final = Text("{}：{}", "{}: {}")
_DEFAULT: Final = Text("（留空则为 {}）", " ({} when empty)")


def settings_rows(
    catalogue: Catalogue, settings: Mapping[str, Any], language: Language
) -> Iterator[Mapping[str, Value]]:
    """One row for each parameter: its key, the value that ``settings`` gives, unit, description with the default.

    A default is not written as a value: it would win over a company's ``config.yaml``.
    """
    units = catalogue.lists["parameter_unit"]
    for parameter in catalogue.parameters.values():
        default = _cell(parameter, parameter.default)
        known = default not in {None, ""}
        yield {
            "key": parameter.key,
            "value": _cell(parameter, settings.get(parameter.key)),
            "unit": units.label(parameter.unit, language),
            "description_zh": _LABELLED.zh.format(parameter.label.zh, parameter.description.zh)
            + (_DEFAULT.zh.format(default) if known else ""),
            "description_en": _LABELLED.en.format(parameter.label.en, parameter.description.en)
            + (_DEFAULT.en.format(default) if known else ""),
        }


def lists_rows(catalogue: Catalogue) -> Iterator[Mapping[str, Value]]:
    """One row for each value of each list, lists in the order of the catalogue, values in that of the drop-down."""
    for value_list in catalogue.lists.values():
        for entry in value_list.values:
            yield {"list": value_list.id, "code": entry.code, "zh": entry.label.zh, "en": entry.label.en}


def _cell(parameter: Parameter, value: Any) -> Value:
    """A setting as one cell holds it: several values are separated by ``;``, dates are dates."""
    if isinstance(value, list | tuple | set | frozenset):
        return ";".join(str(entry) for entry in value)
    if parameter.type == "date" and isinstance(value, str) and value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if value is None or isinstance(value, str | int | float | bool | Decimal | date | datetime):
        return value
    return str(value)
