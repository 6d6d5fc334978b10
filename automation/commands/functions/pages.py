"""The manual's page on worksheet functions in each language, made from the list of functions.

Not here: writing the files (``front``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.functions.record import CATEGORIES
from automation.commands.functions.registry import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Language
    from automation.commands.functions.record import Argument, Example, Function

PAGE = "docs/functions.{language}.md"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
TITLE = Text("# 工作表函数", "# Worksheet functions")
MADE = Text(
    "由 deliverybook schema docs 生成，请勿手工修改。", "Made by deliverybook schema docs; do not edit by hand."
)
INTRODUCTION = Text(
    """\
在单元格里像 Excel 自带函数一样输入，都以 DB_ 开头。只在 Windows 版 Excel 中可用，需要安装加载项；Mac 版和网页版 Excel
不能计算，单元格保留上次的结果，直到在那里重算为止。

- **区域**：日期、工作日、服务时限和列表函数可以给一个单元格，也可以给一列、一行或一块区域，结果的形状相同。Microsoft 365 和
  Excel 2021 中结果自动填满；更早的版本先选中同样大小的区域，输入后按 Ctrl+Shift+Enter。几个区域要同样大小；单个单元格与整列配合使用。
  挣值函数把区域合计成一个数；区域不要包含标题行。整列（如 `A:A`）只读到工作表用到的最后一行。
- **空白**：必填参数的单元格为空时，结果为空。挣值函数里空白按 0 计，预算（DB_AC 为成本）全部为空时结果为空。
- **错误**：以 # 开头的一句话，说明怎样更正，例如 `#日期无法识别：“abc”，请输入日期，例如 2026-06-12`。它是文本，IFERROR 识别不了，
  请用 `=LEFT(A1)="#"` 判断。引用了出错单元格的函数显示同一句话。
- **日期**：可以是日期、日期时间、数字序列值（如 `A1+1`）或文字日期（2026-06-12、2026.6.12、2026年6月12日、20260612），
  须在 1990 年至 2199 年之间。结果如显示为数字，请把单元格格式设为日期。
- **百分比**：0 至 100，与工作簿各表相同。显示为 50% 的单元格里实际是 0.5，请乘以 100。
- **日历**：省略时用本工作簿“日历”表：法定假日和公司假日不上班，调休上班日上班，其余周一至周五上班。日历表改动后，单元格不会自动重算，
  请按 Ctrl+Alt+F9；想让它自动重算，就把区域写进公式，例如 `=DB_WORKDAY(A2, 5, tbl_calendar)`。区域的第一列是日期、第二列是类型
  （可含标题行，多余的列不看）；只有一列时都是休息日。日历里没有的年份按普通周一至周五计算，每年公布放假安排后请补上。
- **其他工作簿**：函数以公式所在的工作簿为准，与当前激活的是哪个无关；没有“日历”表的工作簿须给出日历区域。
- **示例**：下面的例子用示例项目的日历和默认的工作时段（8:30-12:00，13:00-17:30）。
""",
    """\
Type them in a cell like Excel's own functions; all begin with DB_. They work in Excel for Windows with the add-in
installed; Excel for Mac and on the web cannot compute them and keep the last results until they recalculate the cells.

- **Ranges**: functions on dates, working days, service hours and lists take one cell, a column, a row or a block and
  give the same shape. Results fill the cells by themselves in Microsoft 365 and Excel 2021; before that, select
  as many cells, type the formula and press Ctrl+Shift+Enter. Several ranges must have one size; a single cell goes with
  a whole column. Earned-value functions sum ranges up to one number; leave the header row out. Of whole columns (`A:A`)
  only the rows that the sheet uses are read.
- **Blank cells**: where a necessary argument is blank, the result is blank. To earned-value functions blank cells are 0;
  the result is blank when the whole budget (for DB_AC the cost) is.
- **Errors** are a sentence that begins with # and says what to do, such as
  `#Not a date: “abc”; type a date such as 2026-06-12`, in the workbook's language. They are text, so IFERROR does not
  see them: use `=LEFT(A1)="#"`. A function that refers to such a cell shows the same sentence.
- **Dates** may be dates, dates with time, serial numbers (as from `A1+1`) or plain text (2026-06-12, 2026.6.12,
  2026年6月12日, 20260612), of the years 1990 to 2199. Where a result shows as a number, format the cell as a date.
- **Percentages** go from 0 to 100 as everywhere in the workbook. A cell that shows 50% holds 0.5: multiply it by 100.
- **Calendar**: left out, it is the calendar sheet of this workbook: statutory holidays and company days off are not
  worked, make-up days are, otherwise Monday to Friday. After a change there press Ctrl+Alt+F9, since cells do not follow
  by themselves; they do when the range stands in the formula, as in `=DB_WORKDAY(A2, 5, tbl_calendar)`. Its first
  column holds dates, its second kinds (a header row may be there, further columns are not looked at); a single column
  holds days off. Years that the calendar lacks count as plain weeks: add the holidays each year when they are announced.
- **Other workbooks**: what counts is the workbook that the formula stands in, whichever is active; one without a
  calendar sheet needs the calendar argument.
- **Examples** below use the calendar of the demonstration project and the default working hours (8:30-12:00, 13:00-17:30).
""",
)
SOURCE = Text(
    "公式与术语：ISO 21508:2018《项目和项目群的挣值管理》附录 B；《PMBOK 指南》第六版 7.4.2 节。",
    "Formulas and terms: ISO 21508:2018, Earned value management in project and programme management, annex B; "
    "PMBOK Guide, sixth edition, section 7.4.2.",
)
SOURCES: Mapping[str, Text] = {"earned_value": SOURCE}
_ARGUMENTS = Text("| 参数 | 含义 |\n|---|---|", "| argument | meaning |\n|---|---|")
_EXAMPLES = Text("| 公式 | 结果 | |\n|---|---|---|", "| formula | result | |\n|---|---|---|")
_OPTIONAL = Text("（可省略）", " (may be left out)")


def pages() -> dict[str, str]:
    """The pages by path from the root of the source tree."""
    return {PAGE.format(language=language): _page(language) for language in LANGUAGES}


def _page(language: Language) -> str:
    parts = [TITLE.in_(language), MADE.in_(language), INTRODUCTION.in_(language).rstrip()]
    for category, name in CATEGORIES:
        parts.append(f"## {name.in_(language)}")
        if category in SOURCES:
            parts.append(SOURCES[category].in_(language))
        parts += [_section(function, language) for function in FUNCTIONS if function.category == category]
    return "\n\n".join(parts) + "\n"


def _section(function: Function, language: Language) -> str:
    parts = [f"### {_call(function)}", f"{function.help.in_(language)}{'。' if language == 'zh' else '.'}"]
    if function.note.zh:
        parts.append(function.note.in_(language))
    parts.append("\n".join((_ARGUMENTS.in_(language), *(_argument(one, language) for one in function.arguments))))
    if function.examples:
        parts.append("\n".join((_EXAMPLES.in_(language), *_example_rows(function.examples, language))))
    return "\n\n".join(parts)


def _call(function: Function) -> str:
    """The function as it is typed, optional arguments in brackets."""
    names = (f"[{one.name}]" if one.optional else one.name for one in function.arguments)
    return f"{function.name}({', '.join(names)})"


def _argument(argument: Argument, language: Language) -> str:
    optional = _OPTIONAL.in_(language) if argument.optional else ""
    return f"| {argument.name} | {argument.help.in_(language)}{optional} |"


def _example_rows(examples: tuple[Example, ...], language: Language) -> Iterator[str]:
    return (f"| `{one.formula}` | {one.result} | {one.note.in_(language)} |" for one in examples)
