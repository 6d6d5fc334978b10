"""Formulas as typed in a cell, computed with the demonstration project's calendar, and results as a cell shows them.

Arguments are texts, numbers, TRUE and FALSE, array constants (``;`` parts rows, ``,`` columns) and nothing at all.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

from automation.commands.functions.facts import BookFacts
from automation.commands.functions.registry import FUNCTIONS, answer
from automation.schema.parameters import defaults
from tests.tables import catalogue

DEMO = Path(__file__).parents[3] / "automation" / "demo" / "calendar.yaml"
TOKEN = re.compile(r'"((?:[^"]|"")*)"|([-+]?\d+(?:\.\d+)?)|(TRUE|FALSE)|([{};,])|\s+')
BY_NAME = {function.name: function for function in FUNCTIONS}


@cache
def demo_days():
    codes = {value.label.zh: value.code for value in catalogue().lists["calendar_kind"].values}
    rows = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    return tuple((row["date"], codes[row["kind"]]) for row in rows)


def facts(language="zh", **changes):
    """What a workbook knows: the demonstration calendar unless ``days`` says otherwise, default settings."""
    known = {"days": demo_days(), "working_hours": defaults(catalogue())["working_hours"], **changes}
    return BookFacts(catalogue(), language=language, **known)


def block(value):
    """One argument as a function gets it."""
    return value if isinstance(value, list) and value and isinstance(value[0], list) else [[value]]


def call(name, *values, known=None):
    """What a function gives for cells and blocks; ``None`` for an argument left out, ``[[None]]`` for a blank cell."""
    given = tuple(None if value is None else block(value) for value in values)
    return answer(BY_NAME[name], known or facts(), given)


def one(name, *values, known=None):
    """The same for a function that fills one cell."""
    ((found,),) = call(name, *values, known=known)
    return found


def computed(formula, known=None):
    """What the cells of a formula show: rows parted by ``;``, columns by ``,``."""
    name, _, rest = formula.removeprefix("=").partition("(")
    rows = call(name, *_arguments(rest.removesuffix(")")), known=known)
    return "; ".join(", ".join(map(shown, row)) for row in rows).rstrip()


def shown(value):
    """A value as a cell shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def table(text):
    """The rows of a text table of formulas and results parted by ``->``."""
    return [tuple(part.strip() for part in line.split("->")) for line in text.strip().splitlines()]


def _arguments(text):
    found, rows, is_empty = [], None, True
    for token in TOKEN.finditer(text):
        quoted, number, truth, sign = token.groups()
        if sign == "{":
            rows, is_empty = [[]], False
        elif sign == "}":
            found, rows = [*found, rows], None
        elif sign == ";":
            rows.append([])
        elif sign == ",":
            if rows is None and is_empty:
                found.append(None)
            is_empty = rows is None
        elif token[0].strip():
            value = quoted if quoted is not None else float(number) if number else truth == "TRUE"
            is_empty = False
            if rows is None:
                found.append(value)
            else:
                rows[-1].append(value)
    return found
