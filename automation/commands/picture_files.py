"""Files of pictures: what a command asks for when its charts are to be drawn. Not here: charts, drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.filenames import safe_file_name
from automation.model.effects import FileRequest

if TYPE_CHECKING:
    from datetime import date

    from automation.base.findings import Language, Text
    from automation.model.charts.chart import Chart


def picture_file(key: str, name: Text, chart: Chart, *, day: date | None, language: Language) -> FileRequest:
    """The PNG of a chart, named after what it belongs to, what it shows and the status date, with words in a language."""
    parts = [key, name.in_(language), str(day or "")]
    stem = safe_file_name("_".join(part for part in parts if part), instead="_").replace(" ", "_")
    return FileRequest(f"{stem}.png", chart, language)
