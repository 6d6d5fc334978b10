"""Reminders (C29; B19) as text by owner and as a sheet, and the history of a customer.

Nothing is sent. Not here: what is due (``deviations.reminders``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.deviations.reminders import history, reminders
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.commands.request import Request
    from automation.deviations.reminders import Reminder

SHEET = "reminders"
MOST_DAYS = 3660
_LONGEST = 60


def remind(request: Request) -> Outcome:
    """Everything due within some days or overdue, by owner.

    Parameter: ``days`` (default: the setting ``reminder_days``). Raises UsageError for days that are no whole number.
    """
    days = _days(request)
    found = reminders(request.case, days)
    people = {row.resource_id or "": row.name or "" for row in request.project.rows.resources}
    sheet = filled(
        request,
        SHEET,
        [_row(request, one, people) for one in found],
        caption=_caption(request, found, days),
        links=_links(request, found),
    )
    return Outcome(
        edits=sheet.edits,
        figures={"reminders": len(found), "overdue": sum(one.days < 0 for one in found), "days": days},
        lines=tuple(_lines(found, people)),
        tables={"reminders": [_value(one) for one in found]},
        notices=sheet.notices,
        log=(LogEntry("reminders", SHEET),),
        goto=sheet.goto,
        needs=(Need("read", "projects"),) if not sheet.edits else (Need("generate", "events"),),
    )


def _days(request: Request) -> int:
    text = str(request.parameters.get("days") or "").strip()
    if not text:
        return request.settings.whole("reminder_days")
    if not text.isdecimal() or int(text) > MOST_DAYS:
        raise UsageError(
            Text(
                f"--days 应为 0 到 {MOST_DAYS} 的整数，而不是“{text}”。",
                f"--days takes a whole number from 0 to {MOST_DAYS}, not “{text}”.",
            ),
            code="NOT_A_NUMBER",
        )
    return int(text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _row(request: Request, one: Reminder, people: Mapping[str, str]) -> dict[str, Any]:
    return {
        "day": one.day,
        "days": one.days,
        "kind": one.what,
        "key": one.key,
        "title": Text(_short(one.title.zh), _short(one.title.en)),
        "owner": people.get(one.owner) or one.owner or None,
        "place": request.project.tables[one.sheet].name,
    }


def _links(request: Request, found: Sequence[Reminder]) -> Mapping[tuple[int, str], str]:
    links = {}
    for number, one in enumerate(found):
        table = request.project.tables[one.sheet]
        cell = table.cell(one.row.row, table.sheet.key)
        if cell:
            links[number, "key"] = f"'{table.name}'!{cell}"
    return links


def _caption(request: Request, found: Sequence[Reminder], days: int) -> Text:
    late = sum(one.days < 0 for one in found)
    return Text(
        f"状态日期 {request.status_date}，今后 {days} 天：共 {len(found)} 项，其中已逾期 {late} 项。",
        f"At {request.status_date}, the next {days} days: {len(found)} items, of which {late} are overdue.",
    )


def _lines(found: Sequence[Reminder], people: Mapping[str, str]) -> Iterator[Text]:
    """By owner, those with most items first, each item with its day."""
    if not found:
        yield Text("没有到期事项。", "Nothing is due.")
    owners: dict[str, list[Reminder]] = {}
    for one in found:
        owners.setdefault(one.owner, []).append(one)
    for owner, items in sorted(owners.items(), key=lambda entry: (not entry[0], -len(entry[1]))):
        name = f"{owner} {people.get(owner, '')}".strip()
        yield Text(
            f"{name or '没有负责人'}({len(items)} 项)",
            f"{name or 'Nobody'} ({len(items)} {'item' if len(items) == 1 else 'items'})",
        )
        for one in items:
            zh = f"逾期 {-one.days} 天" if one.days < 0 else "今天" if one.days == 0 else f"还有 {one.days} 天"
            en = f"{-one.days} d overdue" if one.days < 0 else "today" if one.days == 0 else f"in {one.days} d"
            mark = "! " if one.days < 0 else "  "
            yield Text(
                f"  {mark}{one.day} {one.what.zh} {one.key} {_short(one.title.zh)}({zh})",
                f"  {mark}{one.day} {one.what.en} {one.key} {_short(one.title.en)} ({en})",
            )


def _value(one: Reminder) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "sheet": one.sheet,
        "key": one.key,
        "title": one.title.zh,
        "day": one.day,
        "days": one.days,
        "owner": one.owner,
    }


def customer_history(request: Request) -> Outcome:
    """What happened with a customer: events, requests and feedback, the newest first.

    Parameter: ``customer``. Raises UsageError for an unknown one.
    """
    key = str(request.parameters.get("customer") or "")
    table = request.project.tables["customers"]
    if key not in table.by_key:
        known = ", ".join(name for name in table.keys if name) or "—"
        raise UsageError(
            Text(f"没有客户“{key}”：现有 {known}。", f"There is no customer “{key}”: there are {known}."),
            code="NO_SUCH_ROW",
        )
    found = history(request.case, key)
    lines = []
    for one in found:
        column = request.catalogue.sheets[one.sheet].column("kind")
        zh, en = (request.catalogue.label(column, one.kind, language) if one.kind else "" for language in ("zh", "en"))
        title = _short(" ".join(one.title.split()))
        lines.append(Text(f"{one.day} {zh} {one.key} {title}", f"{one.day} {en} {one.key} {title}"))
    if not lines:
        lines.append(Text("没有记录。", "Nothing is recorded."))
    return Outcome(
        figures={"moments": len(found)}, lines=tuple(lines), tables={"history": [one._asdict() for one in found]}
    )
