"""The dashboard's native charts. They read cells of the dashboard's data area only.

Not here: the data area (``dashboard``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from automation.excel.master.look import INK, LINE, SLATE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from automation.excel.master.book import Book


class Series(NamedTuple):
    """One series: its name's cell, its categories and values, each ``(top, left, bottom, right)``, and its colours.

    ``points`` colours single points, ``inks`` the labels on them.
    """

    name: tuple[int, int]
    categories: tuple[int, int, int, int]
    values: tuple[int, int, int, int]
    colour: str
    points: tuple[str, ...] = ()
    inks: tuple[str, ...] = ()


class Picture(NamedTuple):
    """What a chart is: ``kind`` of XlsxWriter, alternative text, number format of its labels."""

    kind: str
    description: str
    number_format: str
    legend: bool = False


HIDE_ZERO: Final = "#,##0;-#,##0;;"


def add_chart(
    book: Book, sheet: Worksheet, series: list[Series], picture: Picture, place: tuple[int, int, int, int]
) -> None:
    """Inserts a chart at ``(row, column, width, height)``, sizes in pixels."""
    chart: Any = book.workbook.add_chart({"type": picture.kind})
    font = {"name": book.styles.font, "size": 9, "color": SLATE}
    for entry in series:
        chart.add_series(_series(sheet.get_name(), entry, picture, font | {"color": INK}))
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom" if picture.kind != "doughnut" else "right", "font": font})
    if not picture.legend:
        chart.set_legend({"none": True})
    quiet = {"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none", "minor_tick_mark": "none"}
    if picture.kind == "bar":
        chart.set_x_axis(quiet | {"visible": False, "major_gridlines": {"visible": False}, "num_format": "0"})
        chart.set_y_axis(quiet | {"reverse": True, "interval_unit": 1, "major_gridlines": {"visible": False}})
    elif picture.kind == "column":
        chart.set_x_axis(quiet)
        money = {"num_format": "#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": LINE}}}
        chart.set_y_axis(quiet | money | {"line": {"none": True}})
    else:
        chart.set_hole_size(58)
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    row, column, width, height = place
    chart.set_size({"width": width, "height": height})
    chart.show_blanks_as("gap")
    options = {"x_offset": 3, "y_offset": 2, "object_position": 1, "description": picture.description}
    sheet.insert_chart(row, column, chart, options)


def _series(name: str, entry: Series, picture: Picture, font: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {
        "name": [name, *entry.name],
        "categories": [name, *entry.categories],
        "values": [name, *entry.values],
        "fill": {"color": entry.colour},
        "border": {"none": True},
    }
    if entry.points:
        options["points"] = [{"fill": {"color": colour}, "border": {"none": True}} for colour in entry.points]
    if picture.kind != "column":
        options["data_labels"] = {"value": True, "num_format": picture.number_format, "font": font}
    if picture.kind == "doughnut":
        options["data_labels"]["custom"] = [{"font": font | {"color": ink, "bold": True}} for ink in entry.inks]
    if picture.kind in {"bar", "column"}:
        options["gap"] = 45 if picture.kind == "bar" else 70
    if picture.kind == "doughnut":
        options["border"] = {"color": "#FFFFFF"}
    return options
