"""Doors that are not commands on a workbook, from ``demo`` and ``new`` to ``batch``, ``trend`` and ``audit``.

To add one, write its two functions and add a line to ``DOORS``. One list for all, hence its length: a door is no more than its
arguments and a call. Not here: commands on a workbook (``commands``).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import dataclass, replace
from automation.front.output import Result
from automation.front.runner import save_edits
from automation.model.effects import CellEdit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Door:
    """A subcommand: its help, how it adds its arguments, and what it does."""

    help: Text
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Common], tuple[Result | None, Catalogue | None]]
    formats: tuple[str, ...] = ("text", "json")


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", nargs="?", type=Path, default=Path("demo"), metavar="DIR", help="文件夹 / folder (demo)")


def _demo(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front import demo  # noqa: PLC0415 - XlsxWriter loads only to build a workbook

    return demo.run(options.dir, common)


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", type=Path, metavar="DIR", help="新项目的文件夹 / folder of the new project")
    parser.add_argument("--name", default="", help="项目名称 / name of the project")
    parser.add_argument("--customer", default="", help="客户名称 / name of the customer")


def _new(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front import demo  # noqa: PLC0415 - as above

    return demo.new(options.dir, common, name=options.name, customer=options.customer)


def _write_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", type=Path, metavar="BOOK", help="任意工作簿 / any workbook")
    parser.add_argument(
        "--cells",
        type=Path,
        required=True,
        metavar="FILE.json",
        help='[{"sheet","cell","value"}] 列表 / a list of cells',
    )


def _write(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    edits = cells_of(options.cells)
    change = save_edits(options.book, edits, common=common)
    result = Result(
        command="write",
        book=str(options.book),
        exit=0,
        edits=change.cells,
        backup=change.backup,
        notices=change.notices,
        dry_run=common.dry_run,
        language=common.language or "zh",
    )
    return result, None


def cells_of(path: Path) -> tuple[CellEdit, ...]:
    """The edits of a JSON file: a list of ``{"sheet", "cell", "value"}``. Raises UsageError when it is not one.

    A value is a text, a number, true, false or null; ``{"date": "2026-06-12"}`` is a date, and
    ``{"datetime": "2026-06-12T09:10"}`` a date with its time.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise UsageError(
            Text(f"无法读取 {path}：请检查文件是否存在。", f"Cannot read {path}: check that it exists."), code="NO_FILE"
        ) from None
    except json.JSONDecodeError as error:
        raise UsageError(
            Text(
                f"{path} 第 {error.lineno} 行第 {error.colno} 列不是正确的 JSON，请检查引号、逗号和括号。",
                f"{path} is not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}.",
            ),
            code="BAD_JSON",
        ) from None
    except ValueError:
        raise UsageError(
            Text(f"{path} 不是 UTF-8 编码的文本。", f"{path} is not text in UTF-8."), code="BAD_JSON"
        ) from None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict)
        and isinstance(row.get("sheet"), str)
        and isinstance(row.get("cell"), str)
        and "value" in row
        for row in rows
    ):
        raise UsageError(
            Text(
                f'{path} 应为列表，每项形如 {{"sheet": "计划", "cell": "B5", "value": 3}}。',
                f'{path} must be a list of {{"sheet": "Plan", "cell": "B5", "value": 3}}.',
            )
        )
    return tuple(CellEdit(row["sheet"], row["cell"], _value(row["value"], path)) for row in rows)


def _value(value: Any, path: Path) -> Any:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    moment = _moment(value)
    if moment is None:
        raise UsageError(
            Text(
                f"{path} 中的值 {value} 不是文本、数字或日期。",
                f"{path}: the value {value} is no text, number or date.",
            )
        )
    return moment


def _moment(value: Any) -> date | datetime | None:
    if isinstance(value, dict) and len(value) == 1:
        ((kind, text),) = value.items()
        try:
            if kind == "date":
                return date.fromisoformat(text)
            if kind == "datetime":
                return datetime.fromisoformat(text)
        except (TypeError, ValueError):
            return None
    return None


def _schema_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("check", "docs", "rows"),
        help="check 检查定义 meta-checks;docs 生成文档 reference pages;rows 行类型 row types",
    )
    parser.add_argument("--check", action="store_true", help="只比较，不写入 / compare only, do not write")


def _schema(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front import reference  # noqa: PLC0415 - only those who change schemas wait for it

    return reference.run(options.what, common, compare=options.check)


def _template_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("check", "list", "restore"),
        help="check 检查模板 look for faults;list 列出 list;restore 恢复随附模板 put the shipped one back",
    )
    parser.add_argument(
        "names", nargs="*", metavar="FILE|ID", help="模板文件，restore 时为文档编号 / templates, or an id"
    )
    parser.add_argument(
        "--comments", type=Path, metavar="COPY.docx", help="把问题写成 Word 批注的副本 / a copy with faults as comments"
    )


def _template(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front import templates  # noqa: PLC0415 - only those who change templates wait for it

    if options.what == "check":
        return templates.check([Path(name) for name in options.names], common, comments=options.comments), None
    if options.what == "list":
        return templates.overview(Path(options.names[0]) if options.names else Path.cwd(), common), None
    if len(options.names) != 1:
        raise UsageError(
            Text("请写一个文档编号，例如 template restore D01。", "Name one document, such as template restore D01.")
        )
    return templates.restore(Path.cwd(), options.names[0], common), None


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="旧工作簿 / the old workbook")
    parser.add_argument("new", type=Path, metavar="NEW", help="新工作簿 / the new workbook")
    parser.add_argument("--all", action="store_true", help="全部列出，不省略 / list everything")


def _diff(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front import undo  # noqa: PLC0415 - only those who compare or restore wait for it

    return undo.diff(options.old, options.new, common, complete=options.all)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", type=Path, metavar="BOOK", help="工作簿 / the workbook")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--number", type=int, metavar="N", help="恢复第 N 号备份，1 为最新 / restore backup N, 1 the newest"
    )
    choice.add_argument("--at", metavar="TIME", help="恢复该时间的备份 / restore the backup of 2026-06-12 09:30")
    parser.add_argument("--all", action="store_true", help="全部列出，不省略 / list everything")


def _restore(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front import undo  # noqa: PLC0415 - as above

    return undo.restore(options.book, common, number=options.number, at=options.at, complete=options.all)


def _addin_arguments(parser: argparse.ArgumentParser) -> None:
    from automation.front.addin import door  # noqa: PLC0415 - only those who set up Excel wait for it

    door.arguments(parser)


def _addin(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.addin import door  # noqa: PLC0415 - as above

    return door.run(options, common)


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    from automation.front.pane.starting import PORT  # noqa: PLC0415 - only those who serve wait for it

    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"端口 / port ({PORT})")


def _serve(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.pane import starting  # noqa: PLC0415 - as above

    starting.serve(options.port, common)
    return None, None


def _batch_arguments(parser: argparse.ArgumentParser) -> None:
    from automation.front.batch import door  # noqa: PLC0415 - only those who run batches wait for it

    door.arguments(parser)


def _batch(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.batch import door  # noqa: PLC0415 - as above

    return door.run(options, common)


def _portfolio_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="工作簿所在的文件夹 / the folder of workbooks")


def _portfolio(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.portfolio import portfolio  # noqa: PLC0415 - as above

    return portfolio(options.folder, common), None


def _trend_arguments(parser: argparse.ArgumentParser) -> None:
    from automation.front.history import door  # noqa: PLC0415 - only those who ask the history wait for it

    door.trend_arguments(parser)


def _trend(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.history import door  # noqa: PLC0415 - as above

    return door.run_trend(options, common), None


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    from automation.front.history import door  # noqa: PLC0415 - as above

    door.audit_arguments(parser)


def _audit(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.history import door  # noqa: PLC0415 - as above

    return door.run_audit(options, common), None


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        type=Path,
        metavar="SOURCE",
        help="xlsx、csv、ReqIF，或 Microsoft Project 的 XML / xlsx, csv, ReqIF or a plan in XML",
    )
    parser.add_argument("book", type=Path, metavar="BOOK", help="工作簿 / the workbook")
    parser.add_argument("--project", metavar="PRJ-nnn", help="计划导入到哪个项目 / the project for a plan")
    parser.add_argument(
        "--sheet", metavar="SHEET", help="导入到哪张表(默认按列标题判断) / the sheet (default: by headings)"
    )
    parser.add_argument("--map", type=Path, metavar="FILE", help="列对应关系(YAML) / headings to columns (YAML)")
    parser.add_argument("--update", action="store_true", help="已有的编号也更新 / change rows that are there already")


def _import(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    from automation.front.importing import import_file  # noqa: PLC0415 - as above

    given = {"project": options.project, "sheet": options.sheet, "map": options.map, "update": options.update}
    asked = replace(common, parameters={**common.parameters, **given})
    return import_file(options.source, options.book, asked)


DOORS: dict[str, Door] = {
    "demo": Door(
        Text("演示项目：建工作簿、检查、重排、标记偏差、生成文档", "the main job on the demonstration project"),
        _demo_arguments,
        _demo,
    ),
    "new": Door(
        Text("新建主工作簿、配置和模板", "a fresh master workbook, config and templates"), _new_arguments, _new
    ),
    "write": Door(
        Text("按单元格写入任意工作簿", "write cells of any workbook through the faithful writer"),
        _write_arguments,
        _write,
    ),
    "import": Door(
        Text(
            "导入其他表格(xlsx、csv)、ReqIF 需求或 Project 的计划(XML)",
            "rows of another table (xlsx, csv), requirements in ReqIF, or a plan in XML",
        ),
        _import_arguments,
        _import,
    ),
    "diff": Door(Text("逐行比较两个工作簿", "what changed between two workbooks, row by row"), _diff_arguments, _diff),
    "restore": Door(Text("列出并恢复备份", "list backups and bring one back"), _restore_arguments, _restore),
    "addin": Door(
        Text("Excel 加载项：制作、安装、诊断、卸载", "the add-in for Excel: build, install, doctor, uninstall"),
        _addin_arguments,
        _addin,
    ),
    "serve": Door(
        Text(
            "任务窗格：在本机提供 Excel 的 Office 加载项",
            "the task pane: an Office add-in for Excel, served on this computer",
        ),
        _serve_arguments,
        _serve,
    ),
    "portfolio": Door(
        Text(
            "许多工作簿一张表：健康度、预测、费用、风险、人员冲突",
            "many workbooks, one table, with conflicts of people",
        ),
        _portfolio_arguments,
        _portfolio,
    ),
    "batch": Door(
        Text(
            "批处理：按 config.yaml 的任务检查许多工作簿，一次或常驻",
            "unattended: the jobs of config.yaml over many workbooks, once or resident",
        ),
        _batch_arguments,
        _batch,
    ),
    "trend": Door(
        Text(
            "走势：检查结果逐日增减，预测完成、绩效指数和满意度的变化(表、图片、工作簿)",
            "how workbooks went: findings opened and closed, forecasts, indices (table, pictures, workbook)",
        ),
        _trend_arguments,
        _trend,
    ),
    "audit": Door(
        Text(
            "变更记录：谁在什么时候改了哪个工作簿(可导出 csv、xlsx)",
            "what was changed by whom in which workbook and when (also as csv or xlsx)",
        ),
        _audit_arguments,
        _audit,
        formats=("text", "json", "csv", "xlsx"),
    ),
    "template": Door(
        Text("Word 模板：检查、列出、恢复", "Word templates: check, list, put back"), _template_arguments, _template
    ),
    "schema": Door(
        Text("检查表结构定义，生成数据字典", "check the schemas, write dictionary and row types"),
        _schema_arguments,
        _schema,
    ),
}
