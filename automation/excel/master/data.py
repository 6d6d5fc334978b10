"""The dashboard's data area: the cells that its charts read, each block beside the chart that it feeds.

Not here: the page itself (``dashboard``) and what is counted (``figures``).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from automation.base.findings import Text
from automation.excel.master.book import plain, write
from automation.excel.master.cover import status_date_formula
from automation.excel.master.figures import (
    BLOCKS,
    FIGURES,
    REALISED,
    WITHDRAWN,
    check_count,
    cost_sum,
    deal_sum,
    finding_count,
    request_count,
    requirement_count,
    task_count,
)
from automation.excel.master.look import LINE, MIST, NAVY, SLATE
from automation.excel.master.tally import PROJECT_FILTER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Value
    from automation.excel.master.book import Book
    from automation.excel.master.tally import Sum, Tally
    from automation.schema.catalogue import Sheet

    Count = Tally | Sum

DATA_LEFT: Final = 28
WIDE: Final = 6
TABLE_LEFT: Final = DATA_LEFT
FIGURES_BELOW: Final = 14
"""Rows from the last band's title to the table of figures, which is free to grow below the page."""
MILESTONES: Final = 8
MONTHS: Final = 8
"""So many months the burn-up shows."""

_HEADING: Final = Text("图表数据（自动计算，请勿修改）", "Chart data (computed; do not edit)")
_FIGURES: Final = Text("指标（由“看板”命令写入）", "Figures (written by the dashboard command)")
_FILTER: Final = Text("项目筛选", "Project filter")
_ROW: Final = Text("项目所在行", "Project's row")
_ITEM: Final = Text("项目", "Item")
_COUNT: Final = Text("数量", "Count")
_PERCENT: Final = Text("百分比", "Percent")
_PLANNED: Final = Text("预算", "Planned")
_ACTUAL: Final = Text("实际", "Actual")
_MILESTONE: Final = (
    Text("里程碑", "Milestone"),
    Text("基线完成", "Baseline"),
    Text("预测完成", "Forecast"),
    Text("偏差", "Slip"),
    Text("行号", "Row"),
)
_SCOPE: Final = (Text("月份", "Month"), Text("提出", "Raised"), Text("实现", "Realised"))
_PROGRESS: Final = (
    Text("时间进度", "Time elapsed"),
    Text("计划完成率", "Planned"),
    Text("实际完成率", "Complete"),
    Text("预算使用率", "Budget used"),
)


class DataArea:
    """Writes the data area and knows where each block stands. Rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Worksheet, bands: tuple[int, ...]) -> None:
        """Writes everything; ``bands`` are the title rows of the dashboard's four bands."""
        self._book, self._sheet = book, sheet
        self._places: dict[str, tuple[int, int]] = {}
        self._lines: dict[str, list[str]] = {}
        self._stored: dict[tuple[str, str], float] = {}
        self._add_head()
        self._figures_top = bands[-1] + FIGURES_BELOW
        first, second, third, fourth = bands
        self._add_progress((first, DATA_LEFT))
        self._add_counts("tasks", "task_status", (first, DATA_LEFT + WIDE), (task_count,))
        self._add_milestones((first, DATA_LEFT + 2 * WIDE))
        self._add_counts("findings", "severity", (second, DATA_LEFT), (finding_count,))
        self._add_counts("requirements", "req_status", (second, DATA_LEFT + WIDE), (requirement_count,))
        self._add_counts("checks", "check_result", (second, DATA_LEFT + 2 * WIDE), (check_count,))
        sums = (lambda code: cost_sum(code, "planned_amount"), lambda code: cost_sum(code, "actual_amount"))
        self._add_counts("costs", "cost_category", (third, DATA_LEFT), sums)
        self._add_scope((fourth, DATA_LEFT))
        self._add_counts("pipeline", "deal_stage", (fourth, DATA_LEFT + WIDE), (deal_sum,))
        self._add_counts("requests", "request_status", (fourth, DATA_LEFT + 2 * WIDE), (request_count,))

    def add_figures(self, entry: Sheet) -> None:
        """Adds the table of figures; its rows may grow downwards."""
        book, top, last = self._book, self._figures_top, self._figures_top + len(FIGURES)
        columns = [
            {"header": book.say(column.label), "header_format": book.styles.header(entry, column)}
            for column in entry.columns
        ]
        for line, figure in enumerate(FIGURES, start=top + 1):
            cells = {"figure": figure.id, "section": book.say(figure.section), "label": book.say(figure.label)}
            cells |= {"unit": book.say(figure.unit)}
            for number, column in enumerate(entry.columns, start=TABLE_LEFT):
                dated = {"num_format": "yyyy-mm-dd"} if "finish" in figure.id else {"num_format": "#,##0.0#"}
                style = book.styles.cell(column, valign="vcenter", **(dated if column.id == "value" else {}))
                write(
                    self._sheet,
                    (line, number),
                    self.given(figure.id) if column.id == "value" else cells[column.id],
                    style,
                )
        self._sheet.write_string(top - 1, TABLE_LEFT, book.say(_FIGURES), self._title())
        options = {"name": entry.table, "style": None, "autofilter": False, "columns": columns}
        self._sheet.add_table(top, TABLE_LEFT, last, TABLE_LEFT + len(columns) - 1, options)

    def figure(self, identifier: str) -> str:
        """A formula that gives a figure of the table, or an empty text."""
        key, value = (xl_col_to_name(TABLE_LEFT + place, col_abs=True) for place in (0, 3))
        cell = f'INDEX({value}:{value},MATCH("{identifier}",{key}:{key},0))'
        return f'IFERROR(IF({cell}="","",{cell}),"")'

    def given(self, identifier: str) -> Value:
        """The value of a figure in the workbook as it is built; None where it is empty."""
        rows = self._book.rows.get("dashboard", ())
        return next((row.get("value") for row in rows if row.get("figure") == identifier), None)

    def lines(self, name: str) -> int:
        """How many lines a block has."""
        return len(self._lines[name])

    def address(self, name: str, line: int, column: int) -> str:
        """The address of a cell of a block: line from 0, column 0 for labels."""
        top, left = self._places[name]
        return str(xl_rowcol_to_cell(top + 2 + line, left + column, row_abs=True, col_abs=True))

    def value_address(self, name: str, code: str) -> str:
        """The address of the first value of the line with that code."""
        return self.address(name, self._lines[name].index(code), 1)

    def stored(self, name: str, code: str) -> float:
        """The first value of the line with that code in the workbook as it is built."""
        return self._stored[name, code]

    def head(self, name: str, column: int) -> tuple[int, int]:
        """Row and column of a block's column header."""
        top, left = self._places[name]
        return top + 1, left + column

    def span(self, name: str, column: int) -> tuple[int, int, int, int]:
        """The area of one column of a block, without its header."""
        top, left = self._places[name]
        return top + 2, left + column, top + 1 + self.lines(name), left + column

    def _title(self) -> Format:
        return self._book.styles(bold=True, font_color=SLATE, valign="vcenter")

    def _body(self, **changes: Any) -> Format:
        look = {"font_size": 9, "font_color": SLATE, "border": 1, "border_color": LINE, "valign": "vcenter"}
        return self._book.styles(**(look | changes))

    def _add_head(self) -> None:
        book, sheet = self._book, self._sheet
        for block in range(3):
            left = DATA_LEFT + WIDE * block
            sheet.set_column(left, left, 24, book.styles())
            sheet.set_column(left + 1, left + WIDE - 2, 14, book.styles())
            sheet.set_column(left + WIDE - 1, left + WIDE - 1, 2, book.styles())
        sheet.write_string(
            0, DATA_LEFT, book.say(_HEADING), book.styles(bold=True, font_size=12, font_color=NAVY, valign="vcenter")
        )
        selected = "dashboard_project"
        pattern = f"{book.catalogue.sheets['projects'].prefix.rstrip('-')}-*"
        key = book.places.column("projects", "project_id")
        fields: tuple[tuple[Text, str, str, Value], ...] = (
            (_FILTER, PROJECT_FILTER, f'IF({selected}="","{pattern}",{selected})', pattern),
            (_ROW, "project_row", f'IF({selected}="",2,IFERROR(MATCH({selected},{key},0),2))', 2),
        )
        own = book.places.quoted("dashboard")
        for number, (label, name, formula, stored) in enumerate(fields):
            left = DATA_LEFT + WIDE * number
            sheet.write_string(1, left, book.say(label), self._body(bg_color=MIST))
            book.formula(sheet, (1, left + 1), formula, self._body(), stored=stored)
            cell = xl_rowcol_to_cell(1, left + 1, row_abs=True, col_abs=True)
            book.workbook.define_name(name, f"={own}!{cell}")

    def _add_block(self, name: str, place: tuple[int, int], heads: list[str], lines: list[str]) -> None:
        self._places[name], self._lines[name] = place, lines
        top, left = place
        self._sheet.write_string(top, left, self._book.say(BLOCKS[name]), self._title())
        for offset, text in enumerate(heads):
            self._sheet.write_string(top + 1, left + offset, text, self._body(bold=True, bg_color=MIST))

    def _add_counts(
        self, name: str, list_id: str, place: tuple[int, int], counts: tuple[Callable[[str], Count], ...]
    ) -> None:
        book = self._book
        values = book.catalogue.lists[list_id].values
        money = len(counts) > 1
        heads = [book.say(_ITEM), *((book.say(_PLANNED), book.say(_ACTUAL)) if money else (book.say(_COUNT),))]
        self._add_block(name, place, heads, [value.code for value in values])
        for line, value in enumerate(values, start=place[0] + 2):
            label = value.label.in_(book.language)
            book.formula(
                self._sheet, (line, place[1]), book.places.code(list_id, value.code), self._body(), stored=label
            )
            for offset, count in enumerate(counts, start=1):
                style = self._body(num_format="#,##0.00" if money else "0")
                book.tally(self._sheet, (line, place[1] + offset), count(value.code), style)
            self._stored[name, value.code] = counts[0](value.code).result(book.places, book.rows)

    def _add_progress(self, place: tuple[int, int]) -> None:
        book, (top, left) = self._book, place

        def project(column: str) -> str:
            return f"INDEX({book.places.column('projects', column)},project_row)"

        begin, end, today = project("start_planned"), project("finish_deadline"), status_date_formula(book)
        formulas = (
            f"IFERROR(IF({begin}*{end}=0,0,MAX(0,MIN(100,100*({today}-{begin}+1)/({end}-{begin}+1)))),0)",
            f"IFERROR(0+{self.figure('planned_percent')},0)",
            f"N({project('percent_complete')})",
            f"N({project('budget_used')})",
        )
        self._add_block("progress", place, [book.say(_ITEM), book.say(_PERCENT)], [text.en for text in _PROGRESS])
        stored = (
            self._elapsed(),
            self.given("planned_percent") or 0,
            book.project("percent_complete") or 0,
            book.project("budget_used") or 0,
        )
        for line, (text, formula) in enumerate(zip(_PROGRESS, formulas, strict=True), start=top + 2):
            self._sheet.write_string(line, left, book.say(text), self._body())
            value = stored[line - top - 2]
            book.formula(self._sheet, (line, left + 1), formula, self._body(num_format='0.0"%"'), stored=value)

    def _add_scope(self, place: tuple[int, int]) -> None:
        """Requirements raised and realised until the end of each of the last months, the last until the status date."""
        book, places, (top, left) = self._book, self._book.places, place
        heads = [book.say(text) for text in _SCOPE]
        self._add_block("scope", place, heads, [str(number) for number in range(MONTHS)])
        today = status_date_formula(book)
        own = f"{places.column('requirements', 'project_id')},{PROJECT_FILTER}"
        status = places.column("requirements", "status")
        inside = "".join(f',{status},"<>"&{places.code("req_status", code)}' for code in WITHDRAWN)
        for number in range(MONTHS):
            line = top + 2 + number
            day = f"MIN({today},EOMONTH({today},{number + 1 - MONTHS}))"
            until = {
                name: f'{places.column("requirements", name)},"<="&{day}' for name in ("raised_on", "status_since")
            }
            done = "+".join(
                f"COUNTIFS({own},{until['status_since']},{status},{places.code('req_status', code)})"
                for code in REALISED
            )
            month, scope, realised = self._scope(number)
            book.formula(self._sheet, (line, left), f'TEXT({day},"yyyy-mm")', self._body(), stored=month)
            raised = f"COUNTIFS({own},{until['raised_on']}{inside})"
            book.formula(self._sheet, (line, left + 1), raised, self._body(num_format="0"), stored=scope)
            book.formula(self._sheet, (line, left + 2), done, self._body(num_format="0"), stored=realised)

    def _scope(self, number: int) -> tuple[str, int, int]:
        """Month, requirements raised and realised until its end, in the workbook as it is built."""
        today = self._book.setting("status_date")
        if not isinstance(today, date):
            return "", 0, 0
        months = today.year * 12 + today.month - 1 + number + 2 - MONTHS
        day = min(date(months // 12, months % 12 + 1, 1) - timedelta(1), today)
        rows = self._book.rows.get("requirements", ())
        raised = sum(_on(row, "raised_on") <= day and row.get("status") not in WITHDRAWN for row in rows)
        done = sum(_on(row, "status_since") <= day and row.get("status") in REALISED for row in rows)
        return f"{day:%Y-%m}", raised, done

    def _elapsed(self) -> float:
        begin, end = plain(self._book.project("start_planned")), plain(self._book.project("finish_deadline"))
        now = plain(self._book.setting("status_date"))
        if isinstance(begin, str) or isinstance(end, str) or isinstance(now, str):
            return 0
        return max(0.0, min(100.0, 100 * (now - begin + 1) / (end - begin + 1)))

    def _add_milestones(self, place: tuple[int, int]) -> None:
        """The first milestones of the plan: their row numbers by array formula, the rest by index."""
        book, places, (top, left) = self._book, self._book.places, place
        self._add_block("slips", place, [book.say(text) for text in _MILESTONE], [str(n) for n in range(MILESTONES)])
        kind, status, own = (places.rows("plan", column) for column in ("kind", "status", "project_id"))
        chosen = (
            f"({kind}={places.code('task_kind', 'milestone')})*({status}<>{places.code('task_status', 'cancelled')})"
            f'*((dashboard_project="")+({own}=dashboard_project)>0)'
        )
        found = self._milestones()
        for number in range(MILESTONES):
            line, row = top + 2 + number, xl_rowcol_to_cell(top + 2 + number, left + 4, col_abs=True)
            formula = f'{{=IFERROR(SMALL(IF({chosen},ROW({kind})),{number + 1}),"")}}'
            stored = found[number] if number < len(found) else ("", "", "", "", "")
            self._sheet.write_array_formula(line, left + 4, line, left + 4, formula, self._body(), stored[4])
            for offset, column in enumerate(("name", "baseline_finish", "forecast_finish", "slip_days")):
                cell = f"INDEX({places.column('plan', column)},{row})"
                if column == "name" and book.language == "en":
                    english = f"INDEX({places.column('plan', 'name_en')},{row})"
                    cell = f'IF({english}="",{cell},{english})'
                style = self._body(num_format="yyyy-mm-dd" if "finish" in column else "General")
                text = f'IF({row}="","",IF({cell}="","",{cell}))'
                book.formula(self._sheet, (line, left + offset), text, style, stored=stored[offset])

    def _milestones(self) -> list[tuple[Value, ...]]:
        names = ("name_en", "name") if self._book.language == "en" else ("name",)
        return [
            (
                next((row[name] for name in names if row.get(name)), ""),
                *(
                    self._book.cell("plan", row, column)
                    for column in ("baseline_finish", "forecast_finish", "slip_days")
                ),
                line,
            )
            for line, row in enumerate(self._book.rows.get("plan", ()), start=2)
            if row.get("kind") == "milestone" and row.get("status") != "cancelled"
        ]

    def milestone(self, line: int) -> tuple[Value, ...]:
        """Name, baseline, forecast and slip of a milestone in the workbook as it is built; empty beyond the last."""
        found = self._milestones()
        return found[line] if line < len(found) else ("", "", "", "")


def _on(row: Mapping[str, Value], column: str) -> date:
    """The day in a cell; the last there is for an empty one."""
    value = row.get(column)
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else date.max
