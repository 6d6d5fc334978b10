"""Reference pages made from the catalogue: the data dictionary and the settings, as Markdown.

Not here: the rule pages (``deviations.pages``) and the writing of files (``front.reference``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.schema.catalogue import Catalogue, Column, Parameter, Sheet

GENERATED = Text(
    "<!-- 由 deliverybook schema docs 生成，请勿手工修改 -->", "<!-- made by deliverybook schema docs: do not edit -->"
)
NEEDS: Mapping[str, Text] = {
    "required": Text("必填", "required"),
    "conditional": Text("条件必填", "conditional"),
    "optional": Text("可选", "optional"),
    "computed": Text("自动计算", "computed"),
}
KINDS: Mapping[str, Text] = {
    "id": Text("编号", "id"),
    "text": Text("文本", "text"),
    "long": Text("长文本", "long text"),
    "int": Text("整数", "whole number"),
    "num": Text("数字", "number"),
    "money": Text("金额", "money"),
    "pct": Text("百分数 0-100", "percent 0-100"),
    "date": Text("日期", "date"),
    "dt": Text("日期时间", "date and time"),
    "enum": Text("列表", "list"),
    "ref": Text("引用", "reference"),
    "mref": Text("多个引用", "references"),
}


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Every page by its path from the repository's root."""
    return {
        "docs/dictionary.zh.md": _dictionary(catalogue, "zh"),
        "docs/dictionary.en.md": _dictionary(catalogue, "en"),
        "docs/settings.md": _settings(catalogue),
    }


def _dictionary(catalogue: Catalogue, language: Language) -> str:
    title = Text("# 数据字典", "# Data dictionary").in_(language)
    parts = [GENERATED.in_(language), "", title, ""]
    for sheet in catalogue.sheets.values():
        parts += _sheet(sheet, catalogue, language)
    parts += ["", Text("## 列表", "## Lists").in_(language), ""]
    for values in catalogue.lists.values():
        shown = "; ".join(f"{value.label.in_(language)} (`{value.code}`)" for value in values.values)
        parts.append(f"- **{values.id}**: {shown}")
    return "\n".join(parts) + "\n"


def _sheet(sheet: Sheet, catalogue: Catalogue, language: Language) -> Iterator[str]:
    number = "" if sheet.kind == "analysis" else f"{sheet.order} "
    yield f"## {number}{sheet.label.in_(language)} (`{sheet.id}`)"
    yield ""
    yield sheet.purpose.in_(language)
    yield ""
    yield Text("| 列 | 标识 | 类型 | 填写 | 说明 |", "| Column | Identifier | Type | Need | Help |").in_(language)
    yield "|---|---|---|---|---|"
    for column in sheet.columns:
        yield _column(column, catalogue, language)
    yield ""
    for condition in sheet.conditions:
        names = ", ".join(
            sheet.by_id[name].label.in_(language) for name in condition.then.get("required", ()) if name in sheet.by_id
        )
        if names:
            yield f"- {condition.when.in_(language)}: {names}"
        elif condition.message.in_(language):
            yield f"- {condition.when.in_(language)}: {condition.hint.in_(language)}"
    yield ""


def _column(column: Column, catalogue: Catalogue, language: Language) -> str:
    kind = KINDS[column.kind].in_(language)
    if column.list:
        kind = f"{kind} {column.list}"
    if column.reference:
        kind = f"{kind} → {catalogue.sheets[column.reference.sheet].label.in_(language)}"
    need = NEEDS[column.need].in_(language) + (f" {column.computed_by}" if column.computed_by else "")
    if column.confidential:
        need += Text(",保密", ", confidential").in_(language)
    return f"| {column.label.in_(language)} | `{column.id}` | {kind} | {need} | {_cell(column.hint.in_(language))} |"


def _settings(catalogue: Catalogue) -> str:
    parts = [
        GENERATED.en,
        "",
        "# 参数 Settings",
        "",
        "优先级 precedence: `config.yaml` < 工作簿“参数”表 the workbook's Settings sheet < 命令行选项 command-line options.",
        "",
        "| 参数 Key | 默认 Default | 单位 Unit | 说明 | Meaning | 规则 Rules |",
        "|---|---|---|---|---|---|",
    ]
    parts += [_parameter(parameter, catalogue) for parameter in catalogue.parameters.values()]
    return "\n".join(parts) + "\n"


def _parameter(parameter: Parameter, catalogue: Catalogue) -> str:
    default = "" if parameter.default is None else parameter.default
    shown = "; ".join(map(str, default)) if isinstance(default, (list, tuple)) else str(default)
    units = catalogue.lists["parameter_unit"]
    unit = " ".join(dict.fromkeys(units.label(parameter.unit, language) for language in ("zh", "en")))
    return (
        f"| `{parameter.key}` | {_cell(shown)} | {unit} | {_cell(parameter.description.zh)} "
        f"| {_cell(parameter.description.en)} | {', '.join(parameter.rules)} |"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
