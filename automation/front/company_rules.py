"""Rules of a company's own: a Python file named in config.yaml, whose ``RULES`` and ``MESSAGES`` join ours.

A rule is a program, so a file is taken only from where this user put it: beside a configuration that was named with
``--config``, or in the folder ``rules`` of the user's own folder. A file that comes with a workbook is never run. What fails
is one finding with file, line and error, and the run goes on. Not here: the shape of a rule (``base.rules``).
"""

from __future__ import annotations

import importlib.util
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.rules import Rule
from automation.deviations.registry import RULES
from automation.front import state
from automation.schema.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from automation.base.rules import Problem
    from automation.deviations.case import Case

FOLDER = "rules"
NAME = "COMPANY"
"""What findings about a company's file are called."""


class CompanyRules(NamedTuple):
    """Rules and messages of a company, and what is wrong with its file; ``failures`` grows while rules are judged."""

    rules: tuple[Rule, ...]
    messages: Mapping[str, Message]
    failures: list[Finding]


def company_rules(name: str, config: Path | None) -> CompanyRules:
    """The rules of the file of that name, ``config`` being the configuration named with ``--config``."""
    places = [*([config.resolve().parent / name] if config is not None else []), state.folder(FOLDER) / Path(name).name]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        where = state.folder(FOLDER)
        return CompanyRules((), {}, [_missing(name, where)])
    try:
        module = _module(path)
        rules, messages = _taken(module)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - whatever a company's file does, the run goes on
        return CompanyRules((), {}, [_failed(path, error)])
    failures: list[Finding] = []
    return CompanyRules(tuple(_guarded(rule, path, failures) for rule in rules), messages, failures)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"company_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


def _taken(module: ModuleType) -> tuple[list[Rule], dict[str, Message]]:
    """The rules and messages of a module. Raises TypeError or ValueError for what is none."""
    rules = list(getattr(module, "RULES", ()))
    texts: Mapping[str, Any] = getattr(module, "MESSAGES", {})
    ours = {rule.id for rule in RULES}
    for rule in rules:
        if not isinstance(rule, Rule):
            message = f"RULES holds {rule!r}, which is no Rule of automation.base.rules"
            raise TypeError(message)
        if rule.id in ours:
            message = f"{rule.id} is the id of a rule of Deliverybook; choose another, such as X-{rule.id}"
            raise ValueError(message)
        if rule.id not in texts:
            message = f"MESSAGES has no entry {rule.id}"
            raise ValueError(message)
    messages = {
        name: Message(*(Text(entry[part]["zh"], entry[part]["en"]) for part in ("message", "hint", "name")))
        for name, entry in texts.items()
    }
    return rules, messages


def _guarded(rule: Rule, path: Path, failures: list[Finding]) -> Rule:
    """The rule, an exception of which is a finding."""
    judge: Callable[[Any], Iterator[Problem]] = rule.check

    def check(case: Case) -> Iterator[Problem]:
        try:
            yield from judge(case)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - as above
            if not any(rule.id == one.place.key for one in failures):
                failures.append(_failed(path, error, rule.id))

    return rule._replace(check=check)


def _failed(path: Path, error: BaseException, rule: str = "") -> Finding:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == path]
    line = getattr(error, "lineno", None) or (lines[-1] if lines else None) or "?"
    reason = f"{type(error).__name__}: {error}"[:200]
    which = Text(f"中的规则 {rule} ", f", rule {rule}") if rule else Text(" ", "")
    return Finding(
        NAME,
        Severity.HIGH,
        Place("config.yaml", rule or path.name),
        Text(
            f"公司规则文件 {path.name}{which.zh}第 {line} 行出错：{reason}。",
            f"The company's rules {path.name}{which.en} failed at line {line}: {reason}.",
        ),
        Text("其余检查照常进行；请编写该规则的人更正。", "All other checks went on; ask who wrote it to correct it."),
    )


def _missing(name: str, where: Path) -> Finding:
    return Finding(
        NAME,
        Severity.HIGH,
        Place("config.yaml", "company_rules"),
        Text(f"找不到公司规则文件 {name}。", f"The company's rules {name} were not found."),
        Text(
            f"请把它放到 {where}，或放到用 --config 指定的 config.yaml 旁边；随工作簿一起收到的文件不会运行。",
            f"Put it into {where}, or beside a config.yaml that is named with --config; a file that came with a workbook is "
            "never run.",
        ),
    )
