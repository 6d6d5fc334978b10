"""What is said of mistakes in the section ``jobs:`` of a config.yaml. Not here: finding them (``jobs``)."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from automation.base.findings import Finding, Place, Severity, Text

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, ``""`` when none is near."""
    return next(iter(difflib.get_close_matches(word, [*known], 1)), "")


def _place(job: str, key: str) -> Place:
    return Place("config.yaml", f"jobs:{job}", key)


def _finding(place: Place, value: object, message: Text, hint: Text, severity: Severity) -> Finding:
    return Finding("CONFIG", severity, place, message, hint, value=str(value))


def unknown(job: str, key: str, known: tuple[str, ...]) -> Finding:
    """A key that a job does not have, with the one that was probably meant."""
    near = nearest(key, known)
    hint = Text("请删除该行。", "Remove the line.")
    if near:
        hint = Text(f"是否应为“{near}”？", f"Did you mean '{near}'?")
    message = Text(f"任务“{job}”的“{key}”不认识。", f"'{key}' of the job '{job}' is not known.")
    return _finding(_place(job, key), key, message, hint, Severity.MEDIUM)


def invalid(job: str, key: str, value: object, expected: Text, *, stops: bool) -> Finding:
    """A value that does not fit its key; ``stops`` when the job cannot be run with it."""
    empty = value is None or value == ""
    zh, en = _ended(expected.zh, "。"), _ended(expected.en, ".")
    message = Text(
        f"任务“{job}”的“{key}”{'没有填写' if empty else f'填了“{value}”'}，{zh}",
        f"'{key}' of the job '{job}' {'is empty' if empty else f'holds “{value}”'}: {en}",
    )
    hint = Text(
        "请在 config.yaml 中更正；其余部分照常执行。", "Correct it in config.yaml; the rest of the job goes on."
    )
    if stops:
        hint = Text(
            "请在 config.yaml 中更正；在此之前不执行这个任务。",
            "Correct it in config.yaml; until then the job is not run.",
        )
    return _finding(_place(job, key), value, message, hint, Severity.HIGH if stops else Severity.MEDIUM)


def _ended(sentence: str, stop: str) -> str:
    return sentence if sentence.endswith(("？", "?")) else f"{sentence}{stop}"


def shapeless() -> Finding:
    """A section that is no list of jobs."""
    return _finding(
        Place("config.yaml", "jobs"),
        "",
        Text("config.yaml 的“jobs”部分不是任务的列表。", "The section 'jobs' of config.yaml is no list of jobs."),
        Text(
            "请写成列表，每个任务以“- name: 名称”开头，下一行起为 folders、commands、times。",
            "Write a list: each job begins with '- name: NAME', followed by folders, commands and times.",
        ),
        Severity.HIGH,
    )
