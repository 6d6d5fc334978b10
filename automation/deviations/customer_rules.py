"""Rules on the customer file itself: no customer twice, profiles filled in.

Not here: contacts and care, satisfaction; how like two names are (``likeness``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import customers, wording
from automation.deviations.likeness import like_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.deviations.case import Case
    from automation.model.rows import CustomersRow

_ABROAD = re.compile(r"(?:\+|00)86|86(?=1\d{10}$)")
"""The country code of China, which people write or leave out."""
_SHORTEST = 5
"""Fewer digits are an extension, which says nothing."""


class _Match(NamedTuple):
    """What makes a customer look like an earlier one: the column, and in words why."""

    column: str
    why: Text
    likeness: float | None = None


def check_customer_once(case: Case) -> Iterator[Problem]:
    """No two customers have like names, or the same phone or e-mail.

    A customer that stands twice is called twice, and half of its history is missing whenever somebody looks. Names
    are compared without case, width, spaces, punctuation and legal forms (Co., Ltd.); numerals must agree.

    不应有两个客户名称相似，或电话、邮箱相同。
    同一客户建了两份档案，就会被重复联系，每次查到的历史也只有一半。比较名称时不区分大小写、全角半角、空格、标点和“有限公司”等组织形式；名称中的数字不同的不算。

    Options: ``dup_similarity``.

    Passes::

        customers
          customer_id | name                                          | phone        | status
          CUS-001     | 明川精密制造有限公司 // Mingchuan Machining   | 010-88880001 | active
          CUS-002     | 明川第一模具有限公司 // Mingchuan First Mould | 010-88880002 | active
          CUS-003     | 明川第二模具有限公司 // Mingchuan Other Mould |              | active

    Fails::

        customers
          customer_id | name                                           | phone            | status
          CUS-001     | 明川精密制造有限公司 // Mingchuan Machining    | 010-88880001     | active
        > CUS-002     | 明川精密制造（集团） // MINGCHUAN MACHINING    |                  | prospect
        > CUS-003     | 远泽食品 // Yuanze Food                        | +86 10 8888 0001 | prospect
    """
    least = case.settings.number("dup_similarity")
    rows = [row for row in case.rows.customers if row.customer_id]
    named = [row for row in rows if row.name]
    found: dict[int, dict[int, list[_Match]]] = {}
    places = {row.row: place for place, row in enumerate(rows)}
    for pair in like_pairs([row.name or "" for row in named], least):
        why = Text(f"名称相似度 {pair.likeness:.2f}", f"names alike at {pair.likeness:.2f}")
        place, earlier = (places[named[one].row] for one in (pair.place, pair.earlier))
        found.setdefault(place, {})[earlier] = [_Match("name", why, pair.likeness)]
    for column in ("phone", "email"):
        label = wording.columns(case, "customers", (column,))
        why = Text(f"{label.zh}相同", f"the same {label.en}")
        for place, earlier in _repeats(rows, column):
            found.setdefault(place, {}).setdefault(earlier, []).append(_Match(column, why))
    for place in sorted(found):
        for earlier, matches in found[place].items():
            yield _twice(rows[place], rows[earlier], matches, least=least)


def _twice(row: CustomersRow, earlier: CustomersRow, matches: Sequence[_Match], *, least: float) -> Problem:
    first = matches[0]
    fields = {
        "other": earlier.customer_id,
        "other_title": earlier.name,
        "reason": Text("、".join(one.why.zh for one in matches), ", ".join(one.why.en for one in matches)),
    }
    return Problem(
        row,
        first.column,
        value=getattr(row, first.column) if first.likeness is None else first.likeness,
        threshold=least if first.likeness is not None else None,
        owner=row.account_manager or "",
        fields=fields,
    )


def _repeats(rows: Sequence[CustomersRow], column: str) -> Iterator[tuple[int, int]]:
    """The places of each outside customer and the first one with the same phone or e-mail.

    Our own departments share a switchboard and are left out.
    """
    first: dict[str, int] = {}
    for place, row in enumerate(rows):
        text = getattr(row, column)
        key = "" if text is None or row.customer_type == customers.INTERNAL else _reduced(column, str(text))
        if key and first.setdefault(key, place) != place:
            yield place, first[key]


def _reduced(column: str, text: str) -> str:
    """A phone number as its digits without country code, an e-mail address without case and width; ``""`` for none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if column == "email":
        return plain
    digits = "".join(character for character in plain if character.isdigit() or character == "+")
    number = _ABROAD.sub("", digits, count=1).removeprefix("0") if _ABROAD.match(digits) else digits.removeprefix("0")
    return number if len(number) >= _SHORTEST and number.strip("0") else ""


def check_profile_complete(case: Case) -> Iterator[Problem]:
    """The profile of an active customer is filled in at least as far as the limit.

    Whoever talks to the customer next should not have to ask what the customer has already told us.

    合作中客户的档案完整度，不应低于下限。
    客户说过的情况，下一个接手的人不应再问一遍。计入的栏目由参数“档案栏目”规定。

    Options: ``profile_min``, ``profile_columns``.

    Passes::

        customers
          customer_id | status   | industry   | company_size | address   | business_scope | main_products | market_position | it_status | pain_points | dev_plan | preferences
          CUS-001     | active   | Automotive  | medium       | 1 Road    | Castings       | Pumps         | Second tier     | ERP       | Paper       |          |
          CUS-002     | prospect | Food        |              |           |                |               |                 |           |             |          |

    Fails::

        customers
          customer_id | status | industry   | company_size | address | business_scope | main_products | market_position | it_status | pain_points | dev_plan | preferences
        > CUS-001     | active | Automotive | medium       | 1 Road  | Castings       | Pumps         | Second tier     | ERP       |             |          |
    """
    least = case.settings.number("profile_min")
    table = case.project.tables["customers"]
    columns = customers.profile_columns(case.settings, table.sheet, table.columns)
    for row in case.rows.customers:
        share = customers.profile_completeness(row, columns)
        if row.status != "active" or share is None or round(share, 6) >= least:
            continue
        empty = [name for name in dict.fromkeys(columns) if getattr(row, name) in {None, ()}]
        fields = {"missing": wording.columns(case, "customers", empty)}
        owner = row.account_manager or ""
        yield Problem(row, "profile_complete", value=share, threshold=least, owner=owner, fields=fields)


RULES: tuple[Rule, ...] = (
    Rule(
        "V07",
        check_customer_once,
        "customers",
        Severity.MEDIUM,
        ("customers.customer_id", "customers.name", "customers.phone", "customers.email"),
        ("dup_similarity",),
        "should",
    ),
    Rule(
        "V08",
        check_profile_complete,
        "customers",
        Severity.LOW,
        ("customers.status",),
        ("profile_min", "profile_columns"),
        "should",
    ),
)
