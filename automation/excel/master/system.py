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

UNITS: Final = {
    "hour": Text("小时", "hours"),
    "day": Text("天", "days"),
    "week": Text("周", "weeks"),
    "working_day": Text("工作日", "working days"),
    "percent": Text("%", "%"),
    "percentage_point": Text("百分点", "percentage points"),
    "point": Text("分", "points"),
}
"""Words for the units that parameters name by code."""
_LABELLED: Final = Text("{}：{}", "{}: {}")


def settings_rows(
    catalogue: Catalogue, settings: Mapping[str, Any], language: Language
) -> Iterator[Mapping[str, Value]]:
    """One row for each parameter: its key, the value of ``settings`` or else the default, unit, description."""
    for parameter in catalogue.parameters.values():
        value = settings.get(parameter.key, parameter.default)
        yield {
            "key": parameter.key,
            "value": _cell(parameter, value),
            "unit": UNITS[parameter.unit].in_(language) if parameter.unit in UNITS else parameter.unit,
            "description_zh": _LABELLED.zh.format(parameter.label.zh, parameter.description.zh),
            "description_en": _LABELLED.en.format(parameter.label.en, parameter.description.en),
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
