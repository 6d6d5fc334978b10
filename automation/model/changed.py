"""A project as it would be with some cells changed. Not here: edits of the workbook itself (``effects``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.records import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.model.project import Project


def with_values(project: Project, sheet: str, row: int, values: Mapping[str, Any]) -> Project:
    """The project with model values (codes, dates, numbers) of one Excel row changed; columns that are not there stay."""
    table = project.tables[sheet]
    at = table.numbers.index(row)
    models = dict(table.models)
    for column, value in values.items():
        if column in models:
            models[column] = [*models[column][:at], value, *models[column][at + 1 :]]
    return replace(project, tables={**project.tables, sheet: replace(table, models=models)})
