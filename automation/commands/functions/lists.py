"""Worksheet functions on list values: label and code of what stands in a cell, in either language.

Not here: the lists (``schemas/lists.yaml``) and how texts are compared (``model.spelling``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.functions.cells import InputError, each, is_blank, text_in
from automation.commands.functions.record import Argument, Example, Function
from automation.model.spelling import fold

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.commands.functions.cells import Block, Cell
    from automation.commands.functions.facts import BookFacts

_LANGUAGES: dict[str, Language] = {
    "zh": "zh",
    "中文": "zh",
    "chinese": "zh",
    "en": "en",
    "英文": "en",
    "english": "en",
}
_DEFAULT: Block = [[None]]


def label(facts: BookFacts, value: Block, list_name: Block, language: Block | None = None) -> Block:
    """The label of each value of a list in one language, that of the workbook where none is given."""

    def one(value: Cell, list_name: Cell, language: Cell) -> str | None:
        if is_blank(value):
            return None
        name, wanted = _list(facts, list_name), _language(facts, language)
        return facts.catalogue.lists[name].label(_code(facts, name, value), wanted)

    return each(one, value, list_name, language or _DEFAULT, language=facts.language)


def code(facts: BookFacts, value: Block, list_name: Block) -> Block:
    """The code of each value of a list."""

    def one(value: Cell, list_name: Cell) -> str | None:
        return None if is_blank(value) else _code(facts, _list(facts, list_name), value)

    return each(one, value, list_name, language=facts.language)


def _list(facts: BookFacts, cell: Cell) -> str:
    """The identifier of the list that a cell names. Raises InputError."""
    text = text_in(cell)
    name = fold(text)
    if name in facts.lists:
        return name
    import difflib  # noqa: PLC0415 - only what is misspelt waits for it

    near = difflib.get_close_matches(name, facts.lists, 1)
    example = near[0] if near else "priority"
    sheet = facts.catalogue.sheets["lists"].label
    raise InputError(
        Text(
            f"没有列表“{text}”，请填写“{sheet.zh}”表第一列中的名称，例如 {example}",
            f"No list “{text}”; type a name of the first column of the sheet “{sheet.en}”, such as {example}",
        ),
        code="LIST",
    )


def _code(facts: BookFacts, name: str, cell: Cell) -> str:
    """The code of what stands in a cell. Raises InputError."""
    text = text_in(cell)
    found = facts.lists[name].folded.get(fold(text))
    if found is None:
        choices = facts.catalogue.lists[name].choices
        raise InputError(
            Text(
                f"“{text}”不在列表 {name} 中，请填写其中之一：{choices.zh}",
                f"“{text}” is not in the list {name}; type one of {choices.en}",
            ),
            code="VALUE",
        )
    return found


def _language(facts: BookFacts, cell: Cell) -> Language:
    text = text_in(cell)
    found = _LANGUAGES.get(fold(text)) if text else facts.language
    if found is None:
        raise InputError(
            Text(f"语言无法识别：“{text}”，请填写 zh 或 en", f"Not a language: “{text}”; type zh or en"),
            code="LANGUAGE",
        )
    return found


_VALUE = Argument("value", Text("代码或任一语言的名称", "A code, or a label in either language"))
_LIST = Argument(
    "list_name",
    Text(
        "“列表”表第一列中的名称，例如 task_status",
        "A name of the first column of the sheet Lists, such as task_status",
    ),
)
_NOTE = Text("大小写、全角半角和空格不影响识别。", "Case, full-width letters and spaces make no difference.")

FUNCTIONS: tuple[Function, ...] = (
    Function(
        name="DB_LABEL",
        category="lists",
        help=Text("列表取值的名称：中文或英文", "The label of a list value, in Chinese or English"),
        arguments=(
            _VALUE,
            _LIST,
            Argument(
                "language",
                Text("zh 或 en；省略时用工作簿的语言", "zh or en; left out: the workbook's language"),
                optional=True,
            ),
        ),
        run=label,
        note=_NOTE,
        examples=(
            Example(
                '=DB_LABEL("in_progress", "task_status", "zh")', "进行中", Text("代码译为中文", "A code in Chinese")
            ),
            Example(
                '=DB_LABEL("进行中", "task_status", "en")', "In progress", Text("中文译为英文", "Chinese into English")
            ),
        ),
    ),
    Function(
        name="DB_CODE",
        category="lists",
        help=Text("列表取值的代码，与语言无关", "The code of a list value, the same in both languages"),
        arguments=(_VALUE, _LIST),
        run=code,
        note=_NOTE,
        examples=(Example('=DB_CODE("高", "priority")', "high", Text("名称换成代码", "A label into its code")),),
    ),
)
