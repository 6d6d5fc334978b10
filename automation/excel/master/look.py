"""How the master workbook looks: colours, fonts and the formats of headers, cells and panels.

Not here: what stands in the cells (``sheets``, ``cover``, ``dashboard``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from automation.base.findings import Language
    from automation.schema.catalogue import Column, Sheet

NAVY: Final = "#16294D"
BLUE: Final = "#2F5F9E"
SKY: Final = "#DCE8F5"
MIST: Final = "#F3F6FA"
AMBER: Final = "#F6D58B"
GOLD: Final = "#E3A325"
ORANGE: Final = "#E07B2A"
RED: Final = "#C93A32"
GREEN: Final = "#3C9A5F"
TEAL: Final = "#1F8A8C"
PURPLE: Final = "#7656A8"
CYAN: Final = "#2A7FB8"
SLATE: Final = "#5B6778"
STONE: Final = "#8793A3"
SILVER: Final = "#E4E6EA"
PALE: Final = "#F2F2F3"
LINE: Final = "#D5DCE5"
INK: Final = "#1F2937"
WHITE: Final = "#FFFFFF"

TAB_COLOURS: Final = {
    "project": BLUE,
    "customer": TEAL,
    "quality": PURPLE,
    "service": GREEN,
    "improvement": ORANGE,
    "analysis": CYAN,
    "system": STONE,
}
SEVERITY_COLOURS: Final = {
    "error": ("#8E1B1B", WHITE),
    "high": (RED, WHITE),
    "medium": (GOLD, INK),
    "low": ("#F7E7B5", INK),
    "reminder": (SKY, INK),
}
GOOD: Final = ("#D8F0DF", "#1E6B3A")
FAIR: Final = ("#FCEBC3", "#7A5200")
POOR: Final = ("#F9D6D3", "#8E1B1B")
QUIET: Final = ("#ECEEF1", SLATE)
MARKS: Final = {
    "severity": SEVERITY_COLOURS,
    "health": {"green": (GREEN, WHITE), "amber": (GOLD, INK), "red": (RED, WHITE)},
    "risk_level": {"very_high": (RED, WHITE), "high": POOR, "medium": FAIR, "low": GOOD},
    "check_result": {"passed": GOOD, "passed_with_conditions": FAIR, "failed": POOR, "not_executed": QUIET},
    "defect_severity": {"critical": POOR, "major": FAIR},
    "accept_status": {
        "accepted": GOOD,
        "accepted_with_conditions": FAIR,
        "rework_needed": FAIR,
        "rejected": POOR,
        "not_submitted": QUIET,
    },
    "task_status": {"done": GOOD, "in_progress": ("#DCE8F5", "#1C4478"), "paused": FAIR, "cancelled": QUIET},
    "feasible": {"feasible": GOOD, "feasible_with_conditions": FAIR, "not_feasible": POOR, "not_assessed": QUIET},
    "finding_status": {"new": POOR, "continuing": FAIR, "resolved": GOOD, "waived": QUIET},
    "effect": {"achieved": GOOD, "partly": FAIR, "not_achieved": POOR, "not_evaluated": QUIET},
}
"""Fill and font colour of list values that say how well something stands, by list and code."""

NUMBER_FORMATS: Final = {
    "id": "@",
    "text": "@",
    "ref": "@",
    "mref": "@",
    "enum": "@",
    "long": "General",
    "int": "0",
    "num": "General",
    "money": "#,##0.00",
    "pct": '0.0"%"',
    "date": "yyyy-mm-dd",
    "dt": "yyyy-mm-dd hh:mm",
}
"""Percentages are stored 0 to 100, so the sign is text. Text columns keep ``1.10`` and ``2026-05`` as typed."""

WRAPPED: Final = frozenset({"text", "long", "mref", "ref", "enum"})
"""Kinds of column whose cells break long text into lines."""

HEADERS: Final[dict[str, dict[str, Any]]] = {
    "key": {"bg_color": NAVY, "font_color": WHITE, "bold": True},
    "required": {"bg_color": BLUE, "font_color": WHITE, "bold": True},
    "conditional": {"bg_color": AMBER, "font_color": "#5A3D00", "bold": True},
    "optional": {"bg_color": SKY, "font_color": NAVY},
    "computed": {"bg_color": SILVER, "font_color": SLATE, "italic": True},
}
"""Header look by need; the key column has its own."""

FONTS: Final[dict[str, str]] = {"zh": "Microsoft YaHei", "en": "Calibri"}
FONT_SIZES: Final[dict[str, int]] = {"zh": 10, "en": 11}


class Styles:
    """Formats of one workbook, each made once for the same properties."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.font = FONTS[language]
        self.size = FONT_SIZES[language]

    def __call__(self, **properties: Any) -> Format:
        """The format with these XlsxWriter properties on top of the workbook's font."""
        wanted = {"font_name": self.font, "font_size": self.size, "font_color": INK, "font_scheme": "none"} | properties
        identity = tuple(sorted(wanted.items()))
        if identity not in self._made:
            self._made[identity] = self._workbook.add_format(wanted)
        return self._made[identity]

    def header(self, sheet: Sheet, column: Column) -> Format:
        """The format of a column's header cell."""
        look = "key" if column.id == sheet.key else column.need
        return self(**HEADERS[look], text_wrap=True, align="center", valign="vcenter", border=1, border_color="#B8C2CF")

    def cell(self, column: Column, **changes: Any) -> Format:
        """The format of a column's cells: number format by kind, grey and locked where it is computed."""
        computed = column.need == "computed"
        properties: dict[str, Any] = {
            "num_format": column.number_format or NUMBER_FORMATS[column.kind],
            "valign": "top",
            "border": 1,
            "border_color": LINE,
            "locked": computed,
        }
        if column.kind in WRAPPED:
            properties["text_wrap"] = True
        if column.kind in {"date", "dt", "enum", "id", "ref", "int", "num"}:
            properties["align"] = "center"
        if column.kind in {"money", "pct"}:
            properties |= {"align": "right", "indent": 1}
        if computed:
            properties |= {"bg_color": PALE, "font_color": SLATE}
        return self(**(properties | changes))

    def mark(self, colours: tuple[str, str]) -> Format:
        """A conditional format with that fill and font colour (a differential format: no font name)."""
        identity = (("mark", colours),)
        if identity not in self._made:
            self._made[identity] = self._workbook.add_format({"bg_color": colours[0], "font_color": colours[1]})
        return self._made[identity]
