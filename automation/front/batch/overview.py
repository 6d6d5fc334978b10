"""The overview of a batch as one HTML page that needs nothing else: workbooks, projects, findings to sort and filter.

Not here: running (``running``), drafts of mails (``drafts``).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from automation.base.findings import FindingStatus, Severity, Text
from automation.front.batch.page import SCRIPT, STYLE
from automation.model.runs import RunOutcome
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from automation.base.findings import Language
    from automation.model.runs import BookRun, ProjectFacts

MOST = 5000
"""So many findings are on the page, the gravest first; the workbooks have all."""
NAME = "overview.html"
_OUTCOMES = {
    RunOutcome.DONE: Text("完成", "done"),
    RunOutcome.SKIPPED: Text("跳过", "skipped"),
    RunOutcome.FAILED: Text("未完成", "failed"),
    RunOutcome.CRASHED: Text("程序中断", "crashed"),
    RunOutcome.TIMED_OUT: Text("超时", "timed out"),
    RunOutcome.OUT_OF_MEMORY: Text("内存超限", "out of memory"),
}
_SEVERITIES = {
    Severity.ERROR: Text("错误", "Error"),
    Severity.HIGH: Text("高", "High"),
    Severity.MEDIUM: Text("中", "Medium"),
    Severity.LOW: Text("低", "Low"),
    Severity.REMINDER: Text("提醒", "Reminder"),
}
_HEALTH = {"red": Text("红", "red"), "amber": Text("黄", "amber"), "green": Text("绿", "green")}
_OPEN = frozenset({FindingStatus.NEW, FindingStatus.CONTINUING})


def write(folder: Path, runs: Sequence[BookRun], *, language: Language, name: str = NAME) -> Path:
    """The page of these runs in a folder, over an earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    return files.create(folder / name, page(runs, language).encode(), overwrite=True)


def page(runs: Sequence[BookRun], language: Language) -> str:
    """The page as text; whatever came from a workbook is escaped."""

    def say(zh: str, en: str) -> str:
        return escape(zh if language == "zh" else en)

    when = max((run.started_at for run in runs), default=None)
    title = say("批处理总览", "Batch overview")
    stamp = f"{when.astimezone():%Y-%m-%d %H:%M}" if when else ""
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1><p>{stamp}</p>"
        + _tiles(runs, language)
        + _section(say("工作簿", "Workbooks"), _BOOKS, (_book(run, language) for run in runs), language)
        + _section(
            say("项目", "Projects"),
            _PROJECTS,
            (_project(run, one, language) for run in runs for one in run.projects),
            language,
        )
        + f'<label class="find">{say("查找", "Find")} <input type="search" id="find"></label>'
        + _section(say("问题", "Findings"), _FINDINGS, _findings(runs, language), language, identity="findings")
        + f"</main><script>{SCRIPT}</script></body></html>"
    )


_BOOKS = tuple(
    Text(*pair)
    for pair in (
        ("工作簿", "Workbook"), ("结果", "Result"), ("错误", "Errors"), ("高", "High"), ("中", "Medium"), ("新增", "New"),
        ("秒", "Seconds"), ("说明", "Reason"),
    )
)  # fmt: skip
_PROJECTS = tuple(
    Text(*pair)
    for pair in (
        ("项目", "Project"), ("健康度", "Health"), ("完成率", "Complete"), ("计划", "Planned"), ("基线完成", "Baseline"),
        ("预测完成", "Forecast"), ("偏差(工作日)", "Slip (days)"), ("SPI", "SPI"), ("CPI", "CPI"), ("高风险", "High risks"),
        ("满意度", "Satisfaction"), ("项目经理", "Manager"),
    )
)  # fmt: skip
_FINDINGS = tuple(
    Text(*pair)
    for pair in (
        ("级别", "Severity"), ("规则", "Rule"), ("工作簿", "Workbook"), ("行", "Row"), ("内容", "Finding"),
        ("建议", "What to do"), ("负责人", "Owner"), ("状态", "Status"),
    )
)  # fmt: skip


def _tiles(runs: Sequence[BookRun], language: Language) -> str:
    done = sum(run.outcome == RunOutcome.DONE for run in runs)
    graves = [one for run in runs for one in run.findings if one.status in _OPEN and one.severity >= Severity.HIGH]
    new = sum(one.status == FindingStatus.NEW for one in graves)
    facts = (
        (Text("工作簿", "workbooks"), f"{done} / {len(runs)}"),
        (Text("未完成", "not done"), str(len(runs) - done)),
        (Text("高级别以上问题", "findings high or above"), str(len(graves))),
        (Text("其中新增", "of these new"), str(new)),
    )
    tiles = "".join(f"<li><b>{value}</b><span>{escape(label.in_(language))}</span></li>" for label, value in facts)
    return f'<ul class="tiles">{tiles}</ul>'


def _section(
    title: str, columns: Sequence[Text], rows: Iterable[Sequence[str]], language: Language, *, identity: str = ""
) -> str:
    heads = "".join(
        f'<th scope="col"><button type="button">{escape(column.in_(language))}</button></th>' for column in columns
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{escape(column.in_(language))}">{cell}</td>'
            for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    mark = f' id="{identity}"' if identity else ""
    return f"<h2>{title}</h2><table{mark}><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _book(run: BookRun, language: Language) -> list[str]:
    own = [one for one in run.findings if one.status in _OPEN]
    counts = [sum(one.severity == grade for one in own) for grade in (Severity.ERROR, Severity.HIGH, Severity.MEDIUM)]
    return [
        _link(run.book),
        f'<span class="{run.outcome.value}">{escape(_OUTCOMES[run.outcome].in_(language))}</span>',
        *map(str, counts),
        str(sum(one.status == FindingStatus.NEW for one in own)),
        f"{run.seconds:.1f}",
        escape(run.reason.in_(language)) if run.reason else "",
    ]


def _project(run: BookRun, one: ProjectFacts, language: Language) -> list[str]:
    def shown(value: object, form: str = "") -> str:
        return "" if value is None else escape(format(value, form))

    health = _HEALTH.get(one.health, Text(one.health, one.health)).in_(language)
    return [
        f"{_link(run.book, f'{one.project_id} {one.name.in_(language)}')}",
        f'<span class="{escape(one.health)}">{escape(health)}</span>',
        *(shown(value, ".1f") for value in (one.percent_complete, one.planned_percent)),
        *(shown(value) for value in (one.baseline_finish, one.forecast_finish, one.slip_days)),
        *(shown(value, ".2f") for value in (one.spi, one.cpi)),
        str(one.high_risks),
        shown(one.satisfaction, ".1f"),
        escape(one.manager),
    ]


def _findings(runs: Sequence[BookRun], language: Language) -> list[list[str]]:
    found = [(run, one) for run in runs for one in run.findings if one.status in _OPEN]
    found.sort(key=lambda pair: -pair[1].severity)
    new, old = Text("新增", "new"), Text("持续", "continuing")
    return [
        [
            _graded(one.severity, language),
            escape(one.rule),
            _link(run.book),
            escape(one.place.key),
            escape(one.message.in_(language)),
            escape(one.hint.in_(language)),
            escape(run.owners.get(one.owner, (one.owner, ""))[0]),
            escape((new if one.status == FindingStatus.NEW else old).in_(language)),
        ]
        for run, one in found[:MOST]
    ]


def _graded(severity: Severity, language: Language) -> str:
    name = escape(_SEVERITIES[severity].in_(language))
    return f'<span class="{severity.code}" data-order="{-int(severity)}">{name}</span>'


def _link(book: str, text: str = "") -> str:
    from pathlib import Path  # noqa: PLC0415 - only links need it

    path = Path(book)
    target = path.as_uri() if path.is_absolute() else book
    return f'<a href="{escape(target)}">{escape(text or path.name)}</a>'
