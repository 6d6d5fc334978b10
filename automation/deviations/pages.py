"""The manual's pages on rules: one Markdown text a subject and language, and an index, made from the rules.

Statement, reason and examples come from the docstrings, names and advice from the messages, limits from the
parameters. Not here: writing the files (``front``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.deviations.examples import WORDS_APART, described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from automation.base.findings import Language
    from automation.base.rules import Rule
    from automation.deviations.examples import Example, ExampleTable
    from automation.schema.catalogue import Catalogue, Column, Parameter

FOLDER = "docs/rules"
SUBJECTS: Mapping[str, tuple[str, Text]] = {
    "V0": ("data", Text("客户档案数据", "Customer data")),
    "REQ": ("requirements", Text("需求", "Requirements")),
    "CHG": ("changes", Text("需求变更", "Changes")),
    "CAL": ("calendar", Text("日历", "Calendar")),
    "PLN": ("plan", Text("计划", "Plan")),
    "RES": ("resources", Text("资源", "Resources")),
    "CST": ("costs", Text("成本", "Costs")),
    "RSK": ("risks", Text("风险", "Risks")),
    "CHK": ("checks", Text("检查与质量", "Checks and quality")),
    "DLV": ("deliverables", Text("交付物", "Deliverables")),
    "SAL": ("sales", Text("销售与合同", "Sales and contracts")),
    "SVC": ("service", Text("服务", "Service")),
    "FBK": ("feedback", Text("反馈", "Feedback")),
    "COM": ("communication", Text("沟通与关怀", "Communication and care")),
    "IMP": ("improvement", Text("改进", "Improvement")),
    "PRC": ("process", Text("流程与指标", "Process and indicators")),
    "PPL": ("people", Text("人员", "People")),
    "SEC": ("security", Text("安全", "Security")),
}
_TIERS = {
    "must": Text("必备", "must"),
    "should": Text("推荐", "should"),
    "could": Text("可选", "could"),
}
_FIELDS = {
    "key": Text("编号", "ID"),
    "title": Text("名称", "title"),
    "cell": Text("单元格", "cell"),
    "value": Text("所列内容", "what is named"),
    "expected": Text("应有值", "expected"),
    "limit": Text("上限", "limit"),
    "date": Text("日期", "date"),
    "days": Text("天数", "days"),
    "forecast": Text("预测日期", "forecast"),
    "status": Text("状态", "status"),
    "owner": Text("负责人", "owner"),
    "level": Text("等级", "level"),
    "missing": Text("缺少的列", "missing columns"),
    "other": Text("另一行的编号", "other ID"),
    "other_title": Text("另一行的名称", "other title"),
    "rows": Text("相关编号", "IDs"),
    "percent": Text("百分比", "percent"),
    "score": Text("优先级分", "score"),
    "gap": Text("落后值", "gap"),
    "previous": Text("上次值", "previous"),
    "project": Text("项目", "project"),
    "projects": Text("相关项目", "projects"),
    "year": Text("年份", "year"),
    "category": Text("成本类别", "category"),
    "planned": Text("预算金额", "planned"),
    "actual": Text("实际值", "actual"),
    "budget": Text("预算总额", "budget"),
    "done": Text("完成率", "% complete"),
    "cost": Text("成本", "cost"),
    "price": Text("价格", "price"),
    "quote": Text("报价", "quotation"),
    "reserve": Text("风险预留", "reserve"),
    "market": Text("市场参考价", "market price"),
    "scope": Text("考核对象", "scope"),
    "period": Text("统计期", "period"),
    "target": Text("目标值", "target"),
    "reason": Text("理由", "reason"),
}
_FIELD = re.compile(r"\{(\w+)\}")
_TITLE = Text("检查规则", "Rules")
_LEAD = Text(
    "每条规则都可以在 config.yaml 的 rules 下关闭或改变严重程度，各上限可以在“参数”表里修改。已结项和已终止的项目不再检查。",
    "Each rule can be switched off or given another severity under rules in config.yaml, and each limit can be "
    "changed on the Settings sheet. Closed and terminated projects are no longer judged.",
)
_COUNTING = Text(
    "计数方法：容差是“超过”才报，等候时间是“达到该天数”即报；工作日按“日历”表计算，均以状态日期结束时为准。",
    "How limits count: a tolerance is reported when it is exceeded, a waiting time as soon as it is reached; working "
    "days are those of the Calendar sheet, and everything stands at the end of the status date.",
)


def pages(catalogue: Catalogue, rules: Iterable[Rule]) -> Mapping[str, str]:
    """The texts of the rule pages by path from the repository's root: an index and a page a subject, zh and en.

    Raises KeyError for a rule whose subject or message does not exist, ValueError for an incomplete docstring.
    """
    ordered = sorted(rules, key=lambda rule: rule.id)
    subjects = {prefix: [rule for rule in ordered if rule.id.startswith(prefix)] for prefix in SUBJECTS}
    found: dict[str, str] = {}
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        found[f"{FOLDER}/index.{language}.md"] = _text(_index(catalogue, subjects, language))
        for prefix, members in subjects.items():
            if members:
                path = f"{FOLDER}/{SUBJECTS[prefix][0]}.{language}.md"
                found[path] = _text(_page(catalogue, prefix, members, language=language))
    return found


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _index(catalogue: Catalogue, subjects: Mapping[str, list[Rule]], language: Language) -> Iterator[str]:
    yield from (f"# {_TITLE.in_(language)}", "", _LEAD.in_(language), "", _COUNTING.in_(language), "")
    heads = Text("规则|名称|要求|严重程度|级别", "Rule|Name|What must hold|Severity|Tier").in_(language).split("|")
    for prefix, rules in subjects.items():
        if not rules:
            continue
        file, name = SUBJECTS[prefix]
        yield from (f"## [{name.in_(language)}]({file}.{language}.md)", "")
        rows = [
            (
                f"[{rule.id}]({file}.{language}.md#{rule.id.lower()})",
                catalogue.rule_messages[rule.id].name.in_(language),
                described(rule).statement.in_(language),
                _severity(catalogue, rule, language),
                _TIERS[rule.tier].in_(language),
            )
            for rule in rules
        ]
        yield from (*_table(heads, rows), "")


def _page(catalogue: Catalogue, prefix: str, rules: list[Rule], *, language: Language) -> Iterator[str]:
    yield from (f"# {SUBJECTS[prefix][1].in_(language)}", "", _LEAD.in_(language), "")
    for rule in rules:
        yield from _section(catalogue, rule, language)


def _section(catalogue: Catalogue, rule: Rule, language: Language) -> Iterator[str]:
    description = described(rule)
    message = catalogue.rule_messages[rule.id]
    yield from (f'<a id="{rule.id.lower()}"></a>', "", f"## {rule.id} {message.name.in_(language)}", "")
    yield from (f"**{description.statement.in_(language)}** {description.reason.in_(language)}", "")
    facts = (
        (Text("严重程度", "Severity"), _severity(catalogue, rule, language)),
        (Text("级别", "Tier"), _TIERS[rule.tier].in_(language)),
        (Text("结果所在的表", "Findings stand on"), catalogue.sheets[rule.sheet].label.in_(language)),
        (Text("依据的列", "Columns judged"), _inputs(catalogue, rule, language)),
        *((Text("怎么办", "What to do"), hint) for hint in _hints(catalogue, rule, language)),
    )
    colon = "：" if language == "zh" else ": "
    yield from (f"- {name.in_(language)}{colon}{words}" for name, words in facts)
    yield ""
    if rule.parameters:
        heads = Text("参数|名称|默认值|说明", "Setting|Name|Default|Meaning").in_(language).split("|")
        parameters = [catalogue.parameters[key] for key in rule.parameters]
        yield from (*_table(heads, [_parameter(catalogue, one, language) for one in parameters]), "")
    passes, fails = Text("符合要求的例子", "An example that passes"), Text("会被提示的例子", "An example that fails")
    yield from _example(catalogue, passes.in_(language), description.passes, language=language)
    yield from _example(catalogue, fails.in_(language), description.fails, language=language)


def _hints(catalogue: Catalogue, rule: Rule, language: Language) -> list[str]:
    """What the rule advises, in each of its wordings."""
    messages = [each for name, each in catalogue.rule_messages.items() if name.partition(".")[0] == rule.id]
    return list(dict.fromkeys(_plain(each.hint.in_(language), language) for each in messages))


def _severity(catalogue: Catalogue, rule: Rule, language: Language) -> str:
    return catalogue.lists["severity"].label(rule.severity.code, language)


def _inputs(catalogue: Catalogue, rule: Rule, language: Language) -> str:
    """The labels of the columns that a rule looks at, grouped by sheet."""
    grouped: dict[str, list[str]] = {}
    for name in (*rule.inputs, *rule.regardless):
        sheet, _, column = name.partition(".")
        grouped.setdefault(sheet, []).append(catalogue.sheets[sheet].column(column).label.in_(language))
    comma, stop, left, right = ("、", "；", "（", "）") if language == "zh" else (", ", "; ", " (", ")")
    parts = [
        f"{catalogue.sheets[sheet].label.in_(language)}{left}{comma.join(labels)}{right}"
        for sheet, labels in grouped.items()
    ]
    return stop.join(parts)


def _parameter(catalogue: Catalogue, parameter: Parameter, language: Language) -> tuple[str, ...]:
    value = parameter.default
    default = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    unit = catalogue.lists["parameter_unit"].label(parameter.unit, language)
    label, meaning = parameter.label.in_(language), parameter.description.in_(language)
    return (f"`{parameter.key}`", label, f"{default} {unit}".strip(), meaning)


def _plain(template: str, language: Language) -> str:
    """A message template with its fields in words."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        return f"‹{_FIELDS[name].in_(language) if name in _FIELDS else name}›"

    return _FIELD.sub(word, template)


def _example(catalogue: Catalogue, title: str, example: Example, *, language: Language) -> Iterator[str]:
    day = Text(f"状态日期 {example.status_date}", f"status date {example.status_date}").in_(language)
    brackets = f"（{day}）" if language == "zh" else f" ({day})"
    yield from (f"### {title}{brackets}", "")
    for table in example.tables:
        yield from (catalogue.sheets[table.sheet].label.in_(language), "")
        yield from (*_example_table(catalogue, table, language), "")


def _example_table(catalogue: Catalogue, table: ExampleTable, language: Language) -> Iterator[str]:
    sheet = catalogue.sheets[table.sheet]
    columns = [sheet.column(name) for name in table.columns]
    heads = [column.label.in_(language) for column in columns]
    rows = [[_shown(catalogue, *pair, language) for pair in zip(columns, row, strict=True)] for row in table.rows]
    if table.marked:
        heads = ["", *heads]
        rows = [["✗" if number in table.marked else "", *row] for number, row in enumerate(rows)]
    return _table(heads, rows)


def _shown(catalogue: Catalogue, column: Column, value: str, language: Language) -> str:
    chinese, _, english = value.partition(WORDS_APART)
    if english:
        return chinese if language == "zh" else english
    return catalogue.label(column, value, language) if value else ""


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(heads)
    yield _line(names)
    yield _line(["---"] * len(names))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
