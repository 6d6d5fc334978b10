"""Checks of the sheets in ``schemas/`` against each other and the lists: labels, order, columns, references, examples.

Not here: conditions and cross-column checks (``schema.meta_conditions``), lists and messages (``schema.meta_texts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from automation.schema.meta_conditions import check_problems, condition_problems, need_problems
from automation.schema.meta_problem import SchemaProblem, problem, repeated
from automation.schema.meta_texts import codes_of
from automation.schema.meta_views import ANALYSIS, order_problems, view_problems

Sheets = Mapping[str, Mapping[str, Any]]

LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = frozenset("[]:*?/\\")
TYPES: Mapping[str, tuple[str, str | None]] = {
    "int": ("integer", None),
    "num": ("number", None),
    "money": ("number", None),
    "pct": ("number", None),
    "date": ("string", "date"),
    "dt": ("string", "date-time"),
}
"""JSON type and format by kind; every other kind is a plain string."""
DEFAULT_WORDS: Mapping[str, str] = {"date": "status_date", "ref": "current_user"}
_WORD = re.compile(r"[^\s，。；：、“”（）]+")


def sheet_problems(files: Sheets, values: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Everything that sheets say wrongly about themselves, each other, the lists and the tables."""
    lists = values["lists.yaml"]
    sheets = {value["$id"]: value for value in files.values()}
    yield from _workbook_problems(files)
    for file, sheet in files.items():
        yield from _head_problems(file, sheet)
        yield from _label_problems(file, sheet)
        for name, column in sheet["properties"].items():
            key = f"properties.{name}"
            yield from _kind_problems(file, key, column)
            yield from _default_problems(file, key, column, codes_of(lists, column.get("x-list", "")))
            yield from _example_problems(file, key, column)
            if "x-list" in column and column["x-list"] not in lists["lists"]:
                yield _missing(file, key, "列表", "list", column["x-list"])
            if "x-reference" in column:
                yield from _reference_problems(file, key, sheet, column["x-reference"], (sheets, lists))
        yield from condition_problems(file, sheet, lists)
        yield from check_problems(file, sheet, sheets, lists)
        yield from view_problems(file, sheet, lists)
        yield from need_problems(file, sheet)


def _missing(file: str, key: str, zh: str, en: str, name: str) -> SchemaProblem:
    return problem(file, key, zh=f"没有{zh}“{name}”。", en=f"there is no {en} '{name}'.")


def _workbook_problems(files: Sheets) -> Iterator[SchemaProblem]:
    yield from order_problems(files)
    orders = sorted(head["order"] for sheet in files.values() if (head := sheet["x-sheet"])["kind"] != ANALYSIS)
    if orders != list(range(1, len(orders) + 1)):
        yield problem(
            "sheets",
            "x-sheet.order",
            zh=f"各表的序号应为 1 到 {len(orders)}，实为 {orders}。",
            en=f"the orders of the sheets should run from 1 to {len(orders)}; they are {orders}.",
        )
    for language in ("zh", "en"):
        labels = [sheet["x-sheet"]["label"][language].casefold() for sheet in files.values()]
        for label in repeated(labels):
            yield problem(
                "sheets", "x-sheet.label", zh=f"两张表都叫“{label}”。", en=f"two sheets are called '{label}'."
            )
    for file, sheet in files.items():
        if file != f"sheets/{sheet['$id']}.yaml":
            yield problem(
                file,
                "$id",
                zh=f"文件名应为 sheets/{sheet['$id']}.yaml。",
                en=f"the file should be called sheets/{sheet['$id']}.yaml.",
            )


def _head_problems(file: str, sheet: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    head, columns = sheet["x-sheet"], sheet["properties"]
    for language, label in head["label"].items():
        wrong = sorted(FORBIDDEN_IN_SHEET_NAMES & set(label))
        if wrong or len(label) > LONGEST_SHEET_NAME or label.startswith("'") or label.endswith("'"):
            yield problem(
                file,
                f"x-sheet.label.{language}",
                zh=f"“{label}”不能作为 Excel 工作表名：最多 {LONGEST_SHEET_NAME} 个字符，不含 []:*?/\\。",
                en=f"'{label}' is no name for an Excel sheet: at most {LONGEST_SHEET_NAME} characters, none of []:*?/\\.",
            )
    named = [head["key"], head.get("title", head["key"]), *(name for group in head.get("unique", ()) for name in group)]
    for name in dict.fromkeys(named):
        if name not in columns:
            yield _missing(file, "x-sheet", "列", "column", name)
    needed = [name for name, column in columns.items() if column["x-need"] == "required"]
    if sorted(needed) != sorted(sheet["required"]):
        names = ", ".join(sorted(set(needed) ^ set(sheet["required"])))
        yield problem(
            file,
            "required",
            zh=f"与各列的 x-need 不一致：{names}。",
            en=f"not the columns whose x-need is required: {names}.",
        )
    orders = sorted(column["x-order"] for column in columns.values())
    if orders != list(range(1, len(orders) + 1)):
        yield problem(
            file,
            "properties",
            zh=f"各列的 x-order 应为 1 到 {len(orders)}，不重不漏。",
            en=f"x-order should run from 1 to {len(orders)}, each number once.",
        )


def _label_problems(file: str, sheet: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """A header that could mean two columns."""
    owner: dict[str, str] = {}
    for name, column in sheet["properties"].items():
        for text in {name.casefold(), *(label.casefold() for label in column["x-label"].values())}:
            other = owner.setdefault(text, name)
            if other != name:
                yield problem(
                    file,
                    f"properties.{name}.x-label",
                    zh=f"“{text}”也是列“{other}”的名称。",
                    en=f"'{text}' also is a name of the column '{other}'.",
                )


def _kind_problems(file: str, key: str, column: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    kind = column["x-kind"]
    wanted = TYPES.get(kind, ("string", None))
    is_free = column.get("x-format") == "any" and kind == "text"
    if not is_free and (column["type"], column.get("format")) != wanted:
        yield problem(
            file,
            key,
            zh=f"类型“{kind}”的 type 和 format 应为 {wanted}。",
            en=f"type and format of the kind '{kind}' should be {wanted}.",
        )
    partner = {"enum": "x-list", "ref": "x-reference", "mref": "x-reference"}.get(kind)
    for extra in ("x-list", "x-reference"):
        if (extra == partner) != (extra in column):
            yield problem(
                file,
                key,
                zh=f"类型“{kind}”与 {extra} 不相配。",
                en=f"{extra} does not go with the kind '{kind}'.",
            )
    if (kind == "mref") != bool(column.get("x-reference", {}).get("many")):
        yield problem(
            file, key, zh="只有 mref 列才写 many: true。", en="many: true is for mref columns, and all of them."
        )
    if (column["x-need"] == "computed") != ("x-computed" in column):
        yield problem(
            file,
            key,
            zh="计算列必须并且只有计算列写 x-computed。",
            en="x-computed is for computed columns, and all of them.",
        )
    if "pattern" in column:
        try:
            re.compile(column["pattern"])
        except re.error as error:
            yield problem(file, key, zh=f"正则表达式不对：{error}。", en=f"not a regular expression: {error}.")


def _default_problems(file: str, key: str, column: Mapping[str, Any], codes: frozenset[str]) -> Iterator[SchemaProblem]:
    if "x-default" not in column:
        return
    value, kind = column["x-default"], column["x-kind"]
    if kind == "enum":
        fits = value in codes
    elif kind in DEFAULT_WORDS:
        fits = value == DEFAULT_WORDS[kind]
    else:
        plain = {name: part for name, part in column.items() if not name.startswith("x-")}
        fits = Draft202012Validator(plain).is_valid(value)
    if not fits:
        yield problem(
            file, f"{key}.x-default", zh=f"默认值“{value}”不合适。", en=f"the default '{value}' does not fit."
        )


def _example_problems(file: str, key: str, column: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """A column with a pattern whose help shows no value of the right form."""
    pattern = column.get("pattern", "")
    for language, text in column["x-hint"].items() if pattern else ():
        words = [word.rstrip(".,;:") for word in _WORD.findall(text)]
        if not any(re.search(pattern, word) for word in words):
            yield problem(
                file,
                f"{key}.x-hint.{language}",
                zh="说明中没有符合格式的例子。",
                en="the help shows no example of the right form.",
            )


def _reference_problems(
    file: str,
    key: str,
    sheet: Mapping[str, Any],
    reference: Mapping[str, Any],
    world: tuple[Sheets, Mapping[str, Any]],
) -> Iterator[SchemaProblem]:
    sheets, lists = world
    other = sheets.get(reference["sheet"])
    if other is None:
        yield _missing(file, key, "工作表", "sheet", reference["sheet"])
        return
    for name in reference.get("same", ()):
        if name not in sheet["properties"] or name not in other["properties"]:
            yield problem(
                file,
                f"{key}.x-reference.same",
                zh=f"两张表都要有列“{name}”。",
                en=f"both sheets need a column '{name}'.",
            )
    for name, codes in reference.get("where", {}).items():
        column = other["properties"].get(name)
        if column is None:
            yield _missing(file, f"{key}.x-reference.where", "列", "column", name)
            continue
        for code in codes:
            if code not in codes_of(lists, column.get("x-list", "")):
                yield _missing(file, f"{key}.x-reference.where.{name}", "代码", "code", code)
    if reference["sheet"] != sheet["$id"] and {"not_itself", "symmetric", "acyclic"} & set(reference):
        yield problem(
            file,
            f"{key}.x-reference",
            zh="not_itself、symmetric 和 acyclic 只用于引用本表的列。",
            en="not_itself, symmetric and acyclic are for references to the same sheet.",
        )
