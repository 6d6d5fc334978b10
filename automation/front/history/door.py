"""The command lines of ``trend`` and ``audit``. Not here: what they do (``trend``, ``audit``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    import argparse

    from automation.front.output import Result
    from automation.front.session import Common

_PLACE = "工作簿或文件夹(默认历史记录中的全部) / a workbook or folder (default: all that the history knows)"


def trend_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``trend``."""
    parser.add_argument("place", nargs="?", type=Path, metavar="BOOK|DIR", help=_PLACE)
    parser.add_argument("--since", metavar="YYYY-MM-DD", help="从哪天起 / from this day on")
    parser.add_argument("--by", choices=("day", "week"), default="day", help="按天或按周 / by day or week")
    parser.add_argument("--chart", type=Path, metavar="DIR", help="图片(PNG)写到这个文件夹 / pictures into this folder")
    parser.add_argument("--sheet", type=Path, metavar="FILE.xlsx", help="带图表的工作簿 / a workbook with charts")


def run_trend(options: argparse.Namespace, common: Common) -> Result:
    """What ``trend`` tells."""
    from automation.front.history.trend import Asked, trend  # noqa: PLC0415 - the parser does not wait for it

    asked = Asked(options.place, _day(options.since), options.by == "week", options.chart, options.sheet)
    return trend(asked, common)


def audit_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``audit``."""
    parser.add_argument("place", nargs="?", type=Path, metavar="BOOK|DIR", help=_PLACE)
    parser.add_argument("--since", metavar="YYYY-MM-DD", help="从哪天起 / from this day on")
    parser.add_argument(
        "--who", default="", metavar="NAME", help="只限这个用户(部分名称即可) / of this user (a part will do)"
    )


def run_audit(options: argparse.Namespace, common: Common) -> Result | None:
    """What ``audit`` tells; ``None`` when it is on the standard output already."""
    from automation.front.history.audit import Asked, audit  # noqa: PLC0415 - as above

    asked = Asked(_there(options.place), _day(options.since), options.who, options.format, common.out)
    return audit(asked, common)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            Text(
                f"--since 应为日期，例如 2026-06-12，不是“{text}”。",
                f"--since takes a date such as 2026-06-12, not '{text}'.",
            ),
            code="USAGE",
        ) from None


def _there(place: Path | None) -> Path | None:
    """The place. Raises UsageError when nothing is there."""
    if place is not None and not place.exists():
        raise UsageError(
            Text(f"没有找到 {place}：请检查路径。", f"There is no {place}: check the path."), code="NO_FILE"
        )
    return place
