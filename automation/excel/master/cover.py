"""The cover: which project this is, how it stands, where everything is, how to read it and how to begin.

Not here: the figures' formulas (``tally``) and the dashboard (``dashboard``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from automation.base.findings import Text
from automation.excel.master.look import (
    BLUE,
    HEADERS,
    INK,
    LINE,
    MARKS,
    MIST,
    NAVY,
    SEVERITY_COLOURS,
    SKY,
    SLATE,
    TAB_COLOURS,
    WHITE,
)
from automation.excel.master.places import COVER, literal
from automation.excel.master.sheets import set_print
from automation.excel.master.tally import open_findings

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Value
    from automation.excel.master.book import Book
    from automation.schema.catalogue import Sheet

PRODUCT: Final = Text("交付簿 Deliverybook", "Deliverybook")
HEADING: Final = Text("客户项目交付管理工作簿", "Client delivery workbook")
NO_VALUE: Final = "—"
_UNNAMED: Final = Text("（请在“{}”表登记项目）", "(enter the project on the sheet “{}”)")
_CUSTOMER: Final = Text("客户", "Customer")
_STATUS_DATE: Final = Text("状态日期", "Status date")
_NOT_SET: Final = Text("未设置", "not set")
_GROUPS: Final = {
    "project": Text("项目交付", "Project"),
    "customer": Text("客户与商务", "Customer and sales"),
    "quality": Text("质量与交付物", "Quality and deliverables"),
    "service": Text("服务与沟通", "Service and communication"),
    "improvement": Text("改进与绩效", "Improvement and performance"),
    "analysis": Text("分析（由命令写入）", "Analyses (written by commands)"),
    "system": Text("系统", "System"),
}
_ROWS: Final = Text("行数", "Rows")
_NAVIGATION: Final = Text("工作表导航", "Sheets")
_STATE: Final = Text("项目状态", "Project status")
_FINDINGS: Final = Text("未关闭的检查结果", "Open findings")
_LEGEND: Final = Text("表头颜色", "Header colours")
_BEGIN: Final = Text("四步上手", "Four steps to begin")
_OPEN_TIP: Final = Text("打开此表", "Open this sheet")
_STATE_FIELDS: Final = (
    ("health", Text("健康度", "Health"), "@"),
    ("status", Text("项目状态", "Status"), "@"),
    ("percent_complete", Text("完成率", "Complete"), '0.0"%"'),
    ("forecast_finish", Text("预测完成日", "Forecast finish"), "yyyy-mm-dd"),
    ("finish_deadline", Text("合同交付截止", "Contract deadline"), "yyyy-mm-dd"),
    ("slip_days", Text("预测延期（工作日）", "Forecast slip (wd)"), "0"),
)
_LEGEND_FIELDS: Final = (
    ("key", Text("编号", "Id"), Text("每行的编号，必填且不重复", "Identifies the row; required and unique")),
    ("required", Text("必填", "Required"), Text("每行都要填写", "Fill in on every row")),
    (
        "conditional",
        Text("条件必填", "Conditional"),
        Text("满足条件时必填，见表头提示", "Needed in the cases its tip names"),
    ),
    ("optional", Text("选填", "Optional"), Text("有则填写", "Fill in if known")),
    ("computed", Text("自动计算", "Computed"), Text("由程序填写，请勿输入", "Filled in by the program; do not type")),
)
_STEPS: Final = (
    (
        Text("1  设置", "1  Set up"),
        Text(
            "在“参数”表填写状态日期和公司名称，核对“日历”中的节假日。",
            "Enter the status date and the company on Settings; check the holidays on Calendar.",
        ),
    ),
    (
        Text("2  登记", "2  Enter"),
        Text(
            "先登记客户、联系人、资源和项目，再录入需求、计划、风险。选中表头可看填写说明。",
            "Start with customers, contacts, resources and the project; then requirements, plan and risks."
            " Select a header to read its help.",
        ),
    ),
    (
        Text("3  检查", "3  Check"),
        Text(
            "运行“检查全部”（deliverybook check），按“检查结果”逐条处理，再重排计划、更新预测。",
            "Run Check all (deliverybook check), work through Findings, then reschedule and forecast.",
        ),
    ),
    (
        Text("4  交付", "4  Deliver"),
        Text(
            "在“看板”了解全局；用“生成文档”（deliverybook document）制作规格书和验收报告。",
            "See the whole on the Dashboard; Generate document (deliverybook document) makes the specification and the report.",
        ),
    ),
)
_WIDTHS: Final = (1.5, 19, 45, 7, 1.5, 19, 45, 7, 1.5, 20, 22, 1.5)
_LEFT, _MIDDLE, _RIGHT, _LAST = 1, 5, 9, 10
_FIRST_GRID_ROW: Final = 5
_GRID_HEIGHT: Final = 31
_LEFT_GROUPS: Final = ("project", "customer", "quality", "system")


def add_cover(book: Book) -> None:
    """Adds the cover as the workbook's first sheet."""
    sheet = book.workbook.add_worksheet(book.say(COVER))
    sheet.set_tab_color(NAVY)
    sheet.hide_gridlines(2)
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width, book.styles())
    _add_title(book, sheet)
    left = _add_groups(book, sheet, _LEFT, [group for group in _GROUPS if group in _LEFT_GROUPS])
    middle = _add_groups(book, sheet, _MIDDLE, [group for group in _GROUPS if group not in _LEFT_GROUPS])
    right = _add_legend(book, sheet, _add_findings(book, sheet, _add_state(book, sheet, _FIRST_GRID_ROW)))
    bottom = max(left, middle, right)
    for row in range(_FIRST_GRID_ROW, bottom):
        sheet.set_row(row, _GRID_HEIGHT)
    last = _add_steps(book, sheet, bottom)
    sheet.print_area(0, 0, last, len(_WIDTHS) - 1)
    set_print(book, sheet)
    sheet.set_first_sheet()
    sheet.activate()


def project_formula(book: Book, column: str, otherwise: str) -> str:
    """A formula that gives a cell of the project shown, or the fallback formula while it is empty."""
    cell = f"INDEX({book.places.column('projects', column)},project_row)"
    return f'IF({cell}="",{otherwise},{cell})'


def status_date_formula(book: Book) -> str:
    """A formula that gives the status date of the settings sheet, or the words for none."""
    key, value = book.places.column("settings", "key"), book.places.column("settings", "value")
    cell = f'INDEX({value},MATCH("status_date",{key},0))'
    missing = literal(book.say(_NOT_SET))
    return f'IFERROR(IF({cell}="",{missing},{cell}),{missing})'


def status_date(book: Book) -> Value:
    """What the formula of the status date gives in the workbook as it is built."""
    return book.setting("status_date") or book.say(_NOT_SET)


def title_formulas(book: Book) -> tuple[tuple[str, Value], tuple[str, Value]]:
    """Formula and present result of the project's name and of the customer's name."""
    places = book.places
    unnamed = book.name or book.say(_UNNAMED).format(places.name("projects"))
    name = "name_en" if book.language == "en" else "name"
    first = project_formula(book, "name", literal(unnamed))
    project = (first if name == "name" else project_formula(book, name, first), _first(book, name, "name") or unnamed)
    identifier = f"INDEX({places.column('projects', 'customer_id')},project_row)"
    row = f"MATCH({identifier},{places.column('customers', 'customer_id')},0)"
    fallback = book.customer or NO_VALUE
    found = next(
        (
            entry["name"]
            for entry in book.rows.get("customers", ())
            if entry.get("customer_id") == book.project("customer_id")
        ),
        None,
    )
    customer = f"IFERROR(INDEX({places.column('customers', 'name')},{row}),{literal(fallback)})"
    return project, (customer, found or fallback)


def _first(book: Book, *columns: str) -> Value:
    return next((value for value in map(book.project, columns) if value), None)


def _add_title(book: Book, sheet: Worksheet) -> None:
    look = book.styles
    band = {"bg_color": NAVY, "font_color": WHITE, "valign": "vcenter", "indent": 1}
    for row, height in enumerate((24, 42, 24, 9)):
        sheet.set_row(row, height)
        if row < 3:  # noqa: PLR2004 - the three rows of the title band
            for column in range(len(_WIDTHS)):
                sheet.write_blank(row, column, None, look(bg_color=NAVY))
    (project, project_now), (customer, customer_now) = title_formulas(book)
    product = f"{book.say(PRODUCT)}  ·  {book.say(HEADING)}"
    book.merged(sheet, (0, _LEFT, 0, 7), product, look(**band | {"font_size": 10, "font_color": "#B9C7DE"}))
    book.merged_formula(sheet, (1, _LEFT, 1, 7), project, look(**band, font_size=22, bold=True), stored=project_now)
    label = literal(f"{book.say(_CUSTOMER)}{'：' if book.language == 'zh' else ': '}")
    shown = label.strip('"') + str(customer_now)
    book.merged_formula(sheet, (2, _LEFT, 2, 7), f"{label}&{customer}", look(**band, font_size=11), stored=shown)
    right = band | {"align": "right", "num_format": "yyyy-mm-dd"}
    book.merged(sheet, (0, _RIGHT, 0, _LAST), book.say(_STATUS_DATE), look(**right | {"font_color": "#B9C7DE"}))
    book.merged_formula(
        sheet, (1, _RIGHT, 1, _LAST), status_date_formula(book), look(**right, font_size=18), stored=status_date(book)
    )
    sheet.set_row(4, 20)
    _section(book, sheet, (4, _LEFT, 4, 7), _NAVIGATION)
    _section(book, sheet, (4, _RIGHT, 4, _LAST), _STATE)


def _add_groups(book: Book, sheet: Worksheet, left: int, groups: list[str]) -> int:
    row = _FIRST_GRID_ROW
    for group in groups:
        members = [entry for entry in book.places.order() if entry.group == group]
        head = book.styles(bold=True, font_color=WHITE, bg_color=TAB_COLOURS[group], valign="vcenter", indent=1)
        book.merged(sheet, (row, left, row, left + 1), book.say(_GROUPS[group]), head)
        tail = book.styles(font_color=WHITE, bg_color=TAB_COLOURS[group], valign="vcenter", align="center", font_size=9)
        sheet.write_string(row, left + 2, book.say(_ROWS), tail)
        for line, entry in enumerate(members, start=row + 1):
            _add_link(book, sheet, (line, left), entry)
        row += len(members) + 1
    return row


def _add_link(book: Book, sheet: Worksheet, cell: tuple[int, int], entry: Sheet) -> None:
    row, left = cell
    places = book.places
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    link = book.styles(**line, bold=True, font_color=BLUE, indent=1)
    tip = f"{book.say(_OPEN_TIP)}: {places.name(entry.id)}"
    sheet.write_url(row, left, f"internal:{places.quoted(entry.id)}!A1", link, places.name(entry.id), tip)
    purpose = book.styles(**line, font_size=9, font_color=SLATE, text_wrap=True)
    sheet.write_string(row, left + 1, book.say(entry.purpose), purpose)
    count = book.styles(**line, align="center", font_color=INK, num_format="0")
    if entry.kind == "dashboard":
        sheet.write_blank(row, left + 2, None, count)
        return
    counted = f"COUNTA({places.column(entry.id, entry.key)})-{places.cells_above(entry)}"
    formula = f"MAX(0,{counted})"
    book.formula(
        sheet,
        (row, left + 2),
        formula,
        count,
        stored=sum(bool(held.get(entry.key)) for held in book.rows.get(entry.id, ())),
    )


def _add_state(book: Book, sheet: Worksheet, row: int) -> int:
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter", "indent": 1}
    for offset, (column, label, number_format) in enumerate(_STATE_FIELDS):
        sheet.write_string(row + offset, _RIGHT, book.say(label), book.styles(**line, font_color=SLATE))
        look = book.styles(**line, bold=True, font_size=12, align="right", num_format=number_format)
        definition = book.catalogue.sheets["projects"].column(column)
        stored = book.project(column)
        cell = (row + offset, _LAST)
        formula = project_formula(book, column, literal(NO_VALUE))
        book.formula(sheet, cell, formula, look, stored=NO_VALUE if stored is None else stored)
        for code, colours in MARKS.get(definition.list, {}).items():
            rule = {"type": "cell", "criteria": "==", "value": f"={book.places.code(definition.list, code)}"}
            sheet.conditional_format(*cell, *cell, rule | {"format": book.styles.mark(colours)})
    return row + len(_STATE_FIELDS)


def _add_findings(book: Book, sheet: Worksheet, row: int) -> int:
    _section(book, sheet, (row, _RIGHT, row, _LAST), _FINDINGS)
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter", "indent": 1}
    severities = book.catalogue.lists["severity"].values
    for offset, severity in enumerate(severities, start=1):
        fill, ink = SEVERITY_COLOURS[severity.code]
        name = book.styles(**line, bg_color=fill, font_color=ink, bold=True)
        formula = f"={book.places.code('severity', severity.code)}"
        sheet.write_formula(row + offset, _RIGHT, formula, name, severity.label.in_(book.language))
        number = book.styles(**line, bold=True, font_size=12, align="right", num_format="0")
        book.tally(sheet, (row + offset, _LAST), open_findings(severity.code), number)
    return row + len(severities) + 1


def _add_legend(book: Book, sheet: Worksheet, row: int) -> int:
    _section(book, sheet, (row, _RIGHT, row, _LAST), _LEGEND)
    for offset, (need, label, meaning) in enumerate(_LEGEND_FIELDS, start=1):
        look = book.styles(**HEADERS[need], align="center", valign="vcenter", border=1, border_color=LINE)
        sheet.write_string(row + offset, _RIGHT, book.say(label), look)
        words = book.styles(font_size=9, font_color=SLATE, text_wrap=True, valign="vcenter", indent=1)
        sheet.write_string(row + offset, _LAST, book.say(meaning), words)
    return row + len(_LEGEND_FIELDS) + 1


def _add_steps(book: Book, sheet: Worksheet, row: int) -> int:
    """Two lines of two steps below the grid; returns the last row used."""
    sheet.set_row(row, 8)
    sheet.set_row(row + 1, 20)
    _section(book, sheet, (row + 1, _LEFT, row + 1, 7), _BEGIN)
    for number, (head, body) in enumerate(_STEPS):
        line, left = row + 2 + number % 2, (_LEFT, _MIDDLE)[number // 2]
        sheet.set_row(line, 40)
        top = book.styles(
            bold=True, font_color=BLUE, bg_color=SKY, indent=1, valign="vcenter", bottom=1, bottom_color=WHITE
        )
        sheet.write_string(line, left, book.say(head), top)
        text = book.styles(text_wrap=True, valign="vcenter", font_size=9, bg_color=MIST, bottom=1, bottom_color=WHITE)
        book.merged(sheet, (line, left + 1, line, left + 2), book.say(body), text)
    return row + 3


def _section(book: Book, sheet: Worksheet, area: tuple[int, int, int, int], text: Text) -> None:
    style = book.styles(bold=True, font_size=12, font_color=NAVY, bottom=2, bottom_color=BLUE, valign="vcenter")
    book.merged(sheet, area, book.say(text), style)
