"""The command line ``deliverybook``: arguments made from the registry, exit codes, one error handler.

Exit codes: 0 done, 1 done with findings at or above ``fail_on``, 2 could not be done (one line says what to do),
3 a bug (logged), 128 and the signal's number when asked to stop (130 after Ctrl-C, 143 after SIGTERM). Not here: what the commands do (``commands``) and the performing (``front.runner``).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from automation import __version__
from automation.base.collecting import paused
from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Text
from automation.base.secrets import without_passwords
from automation.commands.registry import COMMANDS
from automation.front import doors, plan_files, state
from automation.front.output import Result, as_json, as_text
from automation.front.runner import perform
from automation.front.session import Common
from automation.store.interruption import Interrupted, interruptible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Language
    from automation.commands.command import Command, Option
    from automation.schema.catalogue import Catalogue

CANNOT, BUG, INTERRUPTED = 2, 3, 128


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            Text(
                f"命令行有误：{in_chinese(message)}。用 {self.prog} --help 查看用法。",
                f"{message}; see {self.prog} --help.",
            ),
            code="USAGE",
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one run; results on stdout, progress and errors on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language_of(given)
    _use_utf8()
    try:
        with interruptible(), paused():
            options = _parser(given[0] if given else "").parse_args(given)
            result, catalogue = _run(options)
    except AutomationError as error:
        return _cannot(error, given, language)
    except KeyboardInterrupt as stop:
        return _interrupted(stop, language)
    except Exception:  # noqa: BLE001 - the one catch-all: a bug is logged, never shown as a trace
        return _bug(language)
    if result is not None:
        _show(result, catalogue, options)
        return result.exit
    return 0


def command_of(words: Sequence[str]) -> tuple[Command, Common]:
    """The command on a workbook that the words of a command line without BOOK ask for, with its options.

    Raises UsageError for words that are none.
    """
    name = words[0] if words else ""
    command = next((one for one in COMMANDS if one.id == name), None)
    if command is None or {"-h", "--help"} & set(words):
        import difflib  # noqa: PLC0415 - only what is misspelt waits for it

        near = difflib.get_close_matches(name, [one.id for one in COMMANDS], 1)
        zh, en = (f"，是否应为“{near[0]}”？", f"; did you mean '{near[0]}'?") if near else ("。", ".")
        raise UsageError(
            Text(f"“{name}”不是对工作簿的命令{zh}", f"'{name}' is no command on a workbook{en}"), code="USAGE"
        )
    options = _parser(name).parse_args([name, "BOOK", *words[1:]])
    return command, _common_of(options)


def _common_of(options: argparse.Namespace) -> Common:
    """The options that every command understands, and the parameters of its own."""
    return Common(
        language=options.lang,
        status_date=options.status_date,
        config=options.config,
        out=options.out,
        dry_run=options.dry_run,
        quiet=options.quiet or options.format == "json",
        json=options.format == "json",
        parameters={name: value for name, value in vars(options).items() if name not in _COMMON},
    )


def _run(options: argparse.Namespace) -> tuple[Result | None, Catalogue | None]:
    common = _common_of(options)
    command = next((one for one in COMMANDS if one.id == options.command), None)
    if command is not None and plan_files.is_plan_file(options.book):
        return plan_files.perform(command.id, options.book, common)
    if command is not None:
        return perform(command, options.book, common)
    return doors.DOORS[options.command].run(options, common)


_COMMON = frozenset({"command", "book", "format", "lang", "status_date", "config", "out", "dry_run", "quiet"})


def _parser(wanted: str = "") -> argparse.ArgumentParser:
    """The parser; that of the subcommand ``wanted`` alone where there is such a one, since making all takes time."""
    alone = wanted in doors.DOORS or any(command.id == wanted for command in COMMANDS)
    common = _common()
    parser = _Parser(
        prog="deliverybook",
        description="交付簿：一个工作簿管好一个客户项目。 Deliverybook: a client project in one workbook.",
    )
    parser.add_argument("--version", action="version", version=f"deliverybook {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, door in doors.DOORS.items():
        if alone and name != wanted:
            continue
        sub = commands.add_parser(
            name, help=_both(door.help), description=_both(door.help), parents=[_common(door.formats)]
        )
        door.arguments(sub)
    for command in COMMANDS:
        if alone and command.id != wanted:
            continue
        _add_command(commands.add_parser, command, common)
    return parser


def _add_command(add: object, command: Command, common: _Parser) -> None:
    sub = add(command.id, help=_both(command.help), description=_both(command.help), parents=[common])  # type: ignore[operator]
    sub.add_argument("book", metavar="BOOK", type=Path, help=_both(Text("工作簿", "the workbook")))
    for option in command.options:
        _add_option(sub, option)


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    name = option.name if option.positional else f"--{option.name.replace('_', '-')}"
    if option.kind == "flag":
        parser.add_argument(name, action="store_true", help=_both(option.help))
    else:
        parser.add_argument(name, metavar=option.metavar or None, help=_both(option.help))


def _common(formats: Sequence[str] = ("text", "json")) -> _Parser:
    common = _Parser(add_help=False)
    group = common.add_argument_group("公共选项 / common options")
    group.add_argument("--format", choices=formats, default="text", help="输出形式 / form of the result")
    group.add_argument("--lang", choices=("zh", "en"), help="说明文字的语言 / language of messages")
    group.add_argument("--status-date", type=_day, metavar="YYYY-MM-DD", help="状态日期 / the day everything stands at")
    group.add_argument("--config", type=Path, metavar="FILE", help="配置文件 / configuration instead of config.yaml")
    group.add_argument("--out", type=Path, metavar="DIR", help="文档输出文件夹 / folder for documents")
    group.add_argument("--dry-run", action="store_true", help="只显示，不写入 / show what would be done, write nothing")
    group.add_argument("--quiet", action="store_true", help="不显示进度 / no progress")
    return common


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD (2026-06-12)") from None


def _both(text: Text) -> str:
    return f"{text.zh} / {text.en}".replace("%", "%%")


def _language_of(given: Sequence[str]) -> Language:
    """The language of errors: ``--lang`` if it was given, else English only where the system says so."""
    for position, word in enumerate(given):
        if word == "--lang" and given[position + 1 : position + 2] == ["en"]:
            return "en"
        if word in {"--lang=en", "--lang=zh"}:
            return "en" if word.endswith("en") else "zh"
        if word == "--lang":
            return "zh"
    return "en" if os.environ.get("LANG", "").startswith("en") else "zh"


_CHINESE = (
    (re.compile(r"the following arguments are required: (.*)"), r"缺少 \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"不认识 \1"),
    (re.compile(r"argument (\S+): invalid choice: '?([^' ]*)'? \(choose from (.*)\)"), r"\1 不能是“\2”，可以是 \3"),
    (re.compile(r"argument (\S+): expected one argument"), r"\1 后面缺少内容"),
    (re.compile(r"argument (\S+): invalid \S+ value: (.*)"), r"\1 不能是 \2"),
    (re.compile(r"argument (\S+): (.*)"), r"\1：\2"),
)


def in_chinese(message: str) -> str:
    """What argparse complains of, in Chinese; a complaint that is not known stays as it is."""
    for pattern, words in _CHINESE:
        if pattern.fullmatch(message):
            return pattern.sub(words, message)
    return message


def _use_utf8() -> None:
    """Windows consoles of old code pages would refuse Chinese text."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _show(result: Result, catalogue: Catalogue | None, options: argparse.Namespace) -> None:
    shown = options.lang or result.language
    text = as_json(result, shown) if options.format == "json" else as_text(result, catalogue, shown)
    sys.stdout.write(f"{text}\n")


def _cannot(error: AutomationError, given: Sequence[str], language: Language) -> int:
    """Say in one line why nothing was done, with the code of the reason; programs get it as JSON as well."""
    spoken = language if "--lang" in " ".join(given) else error.language or language
    line = without_passwords(error.in_(spoken))
    code = f" [{error.code}]" if error.code else ""
    sys.stderr.write(f"deliverybook: {line}{code}\n")
    if "json" in given or "--format=json" in given:
        value = {"command": given[0], "exit": CANNOT, "error": {"code": error.code, "message": line}}
        sys.stdout.write(f"{json.dumps(value, ensure_ascii=False)}\n")
    return CANNOT


def _interrupted(stop: KeyboardInterrupt, language: Language) -> int:
    """Say in one line how the workbook stands after somebody asked to stop."""
    kept = Text("已中断，工作簿保持原样。", "interrupted; the workbook is as it was.")
    written = Text("已中断，此前的写入已完整保存。", "interrupted; what had been written before is complete.")
    number, saved = (stop.number, stop.saved) if isinstance(stop, Interrupted) else (signal.SIGINT, False)
    sys.stderr.write(f"deliverybook: {(written if saved else kept).in_(language)}\n")
    return INTERRUPTED + number


def _bug(language: Language) -> int:
    """Log what went wrong and say where the log is."""
    log = state.log_bug(str(sys.argv[1:]))
    text = Text(
        f"程序内部错误，工作簿未被改动；详细记录在 {log}，请把它发给维护人员。",
        f"an internal error, the workbook was not changed; details are in {log}, please send it to the maintainers.",
    )
    sys.stderr.write(f"deliverybook: {text.in_(language)}\n")
    return BUG
