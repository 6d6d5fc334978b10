"""``deliverybook template``: check templates, list those in force, put a shipped one back; the page of their fields.

Not here: the checking (``word.template_check``) and the fields (``commands.document.template_fields``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Finding, Place, Severity, Text
from automation.commands.documents import DOCUMENTS, document_kind
from automation.front import circumstances, library
from automation.front.demo import STATUS_DATE
from automation.front.output import Result
from automation.front.progress import Progress
from automation.front.session import Common, request_on, setting_rows
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from automation.schema.parameters import with_options, with_rows
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Language
    from automation.commands.document.kind import Document
    from automation.commands.request import Request
    from automation.word.template_check import Checked, Fault

LONGEST = 60
"""Characters of an example on the page of fields."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
RULE = "TPL"
"""What findings on templates are called."""


@lru_cache(maxsize=1)
def demonstration() -> Request:
    """The request on the demonstration project, whose documents show every field with an example."""
    shipped = library.Library()
    catalogue = shipped.catalogue()
    rows = library.demo_rows()
    sheets = []
    for name, content in rows.items():
        columns = [column.id for column in catalogue.sheets[name].columns]
        sheets.append(RawSheet(name, [list(columns), *([row.get(column) for column in columns] for row in content)]))
    project, findings = build(Raw("demo.xlsx", tuple(sheets)), catalogue)
    settings, _ = shipped.settings(None, catalogue)
    settings, _ = with_rows(settings, setting_rows(project), catalogue)
    settings = with_options(settings, {"status_date": STATUS_DATE})
    return request_on(project, findings, catalogue, settings, {})


def shape(kind: Document, language: Language = "zh") -> dict[str, Any]:
    """The shape of what a document's template may use: of all its contexts together."""
    from automation.commands.document.template_fields import contexts  # noqa: PLC0415 - only those who check wait for it
    from automation.word.template_check import merged_shape, shape_of  # noqa: PLC0415 - as above

    merged: Any = None
    for context in contexts(demonstration(), kind, language):
        found = shape_of(context)
        merged = found if merged is None else merged_shape(merged, found)
    return dict(merged or {})


def check(paths: Sequence[Path], common: Common, *, comments: Path | None) -> Result:
    """Every fault of templates as findings: those named, else all in force beside the folder in which one works.

    With ``comments`` a copy of the one template with a comment at each fault. Raises UsageError for a file that is not
    there or whose name tells no document, TemplateError for one that is no Word file.
    """
    language = common.language or "zh"
    chosen = list(paths) or _all(Path.cwd())
    if comments is not None and len(paths) != 1:
        raise UsageError(
            Text("--comments 一次只用于一个模板文件。", "--comments takes one template at a time."), code="ONE_FILE"
        )
    findings: list[Finding] = []
    lines: list[Text] = []
    with Progress(len(chosen), quiet=common.quiet) as progress:
        for path in chosen:
            progress.step(path.name)
            kind = _kind(path)
            found, data = _checked(path, kind)
            findings += [_finding(path, fault) for fault in found.faults]
            unused = "、".join(found.unused), ", ".join(found.unused)
            if paths and found.unused:
                lines.append(Text(f"{path.name} 没有用到：{unused[0]}", f"{path.name} does not use: {unused[1]}"))
            if comments is not None and not common.dry_run:
                from automation.word.template_check import with_comments  # noqa: PLC0415 - as above

                files.create(comments, with_comments(data, found.faults))
    lines.append(
        Text(f"已检查 {len(chosen)} 个模板，发现 {len(findings)} 处问题。",
             f"{len(chosen)} templates checked, {len(findings)} faults found.")
    )  # fmt: skip
    made = (comments,) if comments is not None and not common.dry_run else ()
    return Result(
        "template",
        "; ".join(str(path) for path in paths) or "templates",
        int(bool(findings)),
        findings=tuple(findings),
        lines=tuple(lines),
        documents=made,
        language=language,
    )


def _checked(path: Path, kind: Document) -> tuple[Checked, bytes]:
    from automation.word import template_check  # noqa: PLC0415 - as above

    try:
        data = path.read_bytes()
    except OSError:
        raise _no_file(path) from None
    return template_check.check(data, shape(kind)), data


def _no_file(path: Path) -> UsageError:
    return UsageError(
        Text(f"找不到模板文件 {path}：请检查路径。", f"There is no template {path}: check the path."), code="NO_FILE"
    )


def _kind(path: Path) -> Document:
    """The document whose template a file is, by its name such as D01.docx."""
    if not path.is_file():
        raise _no_file(path)
    name = path.stem.partition("_")[0].partition(" ")[0]
    try:
        return document_kind(name)
    except UsageError:
        raise UsageError(
            Text(
                f"从文件名“{path.name}”看不出是哪种文档：模板的文件名应以文档编号开头，例如 D01.docx。",
                f"The name '{path.name}' tells no document: a template's name begins with its id, such as D01.docx.",
            ),
            code="NAME",
        ) from None


def _finding(path: Path, fault: Fault) -> Finding:
    sentence = fault.sentence()
    name = f"{path.parent.name}/{path.name}"
    return Finding(
        RULE,
        Severity.ERROR,
        Place("templates", name, fault.field),
        Text(f"模板 {name} {sentence.zh}。", f"Template {name}: {sentence.en}."),
        Text("请在 Word 中改正该标记，或换回随附的模板。", "Correct the tag in Word, or take the shipped template."),
        value=fault.near,
    )


def _all(folder: Path) -> list[Path]:
    """The templates in force for workbooks of a folder, in both languages."""
    there = library.Library(folder)
    return [there.template(f"{language}/{kind.id}.docx") for kind in DOCUMENTS for language in LANGUAGES]


def overview(folder: Path, common: Common) -> Result:
    """Every template in force, and whether it is the shipped one or the folder's own."""
    lines, rows = [], []
    for kind in DOCUMENTS:
        for language in LANGUAGES:
            name = f"{language}/{kind.id}.docx"
            path = library.Library(folder).template(name)
            own = path != library.shipped("templates") / name
            state = Text("自己的", "your own") if own else Text("随附", "shipped")
            changed = own and not files.holds(path, (library.shipped("templates") / name).read_bytes())
            if own:
                state = Text("已修改", "changed") if changed else Text("与随附相同", "as shipped")
            lines.append(Text(f"{name}  {kind.name.zh}  {state.zh}", f"{name}  {kind.name.en}  {state.en}"))
            rows.append({"template": name, "path": str(path), "own": own, "changed": changed})
    return Result(
        "template", str(folder), 0, lines=tuple(lines), tables={"templates": rows}, language=common.language or "zh"
    )


def restore(folder: Path, name: str, common: Common) -> Result:
    """The shipped template of a document put back beside the workbooks of a folder; what was there is kept aside.

    Raises UsageError for an unknown document.
    """
    kind = document_kind(name)
    made, notices = [], []
    for language in LANGUAGES:
        path = folder / "templates" / language / f"{kind.id}.docx"
        data = (library.shipped("templates") / language / f"{kind.id}.docx").read_bytes()
        if common.dry_run or files.holds(path, data):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = files.set_aside(path, now=circumstances.now())
        if kept is not None:
            notices.append(
                Text(f"原来的模板已另存为 {kept.name}。", f"The template that was there is kept as {kept.name}.")
            )
        made.append(files.create(path, data))
    return Result(
        "template", str(folder), 0, documents=tuple(made), notices=tuple(notices), language=common.language or "zh"
    )


def pages() -> dict[str, str]:
    """The pages of the fields that each template may use, by path: name, and an example from the demonstration."""
    return {f"docs/templates.{language}.md": _page(language) for language in LANGUAGES}


def _page(language: Language) -> str:
    from automation.commands.document.template_fields import contexts  # noqa: PLC0415 - as above

    title, intro, head = _PAGE[language]
    parts = [f"# {title}", "", intro, ""]
    common: dict[str, str] = {}
    for kind in DOCUMENTS:
        fields: dict[str, str] = {}
        for context in contexts(demonstration(), kind, language):
            for name, example in _flat(context):
                if example or name not in fields:
                    fields.setdefault(name, example)
                    fields[name] = fields[name] or example
        if not common:
            common = {name: text for name, text in fields.items() if name.partition(".")[0].partition("[")[0] in _FRAME}
            parts += [f"## {_SHARED.in_(language)}", "", *head, *_rows(common), ""]
        own = {name: text for name, text in fields.items() if name.partition(".")[0].partition("[")[0] not in _FRAME}
        parts += [f"## {kind.id} {kind.name.in_(language)}", "", *head, *_rows(own), ""]
    return "\n".join(parts).rstrip() + "\n"


_FRAME = frozenset(
    [
        "document",
        "subject",
        "project",
        "customer",
        "supplier",
        "addressee",
        "sender",
        "revisions",
        "approvals",
        "signatures",
        "properties",
        "pictures",
        "differences",
    ]
)
"""What every document has."""
_SHARED = Text("所有文档都有的字段", "Fields that every document has")
_PAGE = {
    "zh": (
        "模板可用的字段",
        (
            "每种文档的 Word 模板可以使用下列字段，写作 `{{ 字段 }}`；名称里的 `[]` 表示列表，用 `{%tr for row in 列表 %}`（表格行）或 "
            "`{%p for row in 列表 %}`（段落）逐项显示，再写 `{{ row.字段 }}`。示例取自示范项目。改完模板后运行 "
            "`deliverybook template check 模板.docx`，会指出写错的标记和最接近的字段。"
        ),
        ("| 字段 | 示例 |", "|---|---|"),
    ),
    "en": (
        "Fields of templates",
        (
            "The Word template of each document may use these fields as `{{ field }}`. `[]` stands for a list: show it with "
            "`{%tr for row in list %}` (table rows) or `{%p for row in list %}` (paragraphs) and `{{ row.field }}`. Examples are "
            "from the demonstration project. After a change run `deliverybook template check TEMPLATE.docx`: it names wrong tags "
            "and the nearest field."
        ),
        ("| Field | Example |", "|---|---|"),
    ),
}
"""Title, introduction and table heading of the page in each language."""


def _flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Every field below a value with its text."""
    if isinstance(value, dict):
        return [pair for key, content in value.items() for pair in _flat(content, f"{name}.{key}" if name else key)]
    if isinstance(value, (list, tuple)):
        found = [pair for element in value for pair in _flat(element, f"{name}[]")]
        return found or [(f"{name}[]", "")]
    return [(name, " ".join(str(value).split()))]


def _rows(fields: dict[str, str]) -> list[str]:
    deeper = {name.rpartition("[]")[0] for name in fields if "[]." in name}
    rows = []
    for name, text in fields.items():
        if name.endswith("[]") and name.removesuffix("[]") in deeper:
            continue
        shown = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
        rows.append(f"| `{name}` | {shown.replace('|', '｜')} |")
    return rows
