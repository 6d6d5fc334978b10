"""The demonstration project and new projects: a workbook built from the schemas, filled through the faithful writer.

Not here: the rows (``automation/demo``), the building (``excel.master``), the commands that are shown.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.filenames import safe_file_name
from automation.base.findings import Text
from automation.commands.registry import COMMANDS
from automation.excel.master import building
from automation.front import circumstances, library
from automation.front.output import Result
from automation.front.progress import Progress
from automation.front.runner import perform, save_edits
from automation.front.session import Common
from automation.model.effects import AppendRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.base.findings import Language, Value
    from automation.model.effects import BookEdit
    from automation.schema.catalogue import Catalogue, Column, Sheet

STATUS_DATE = date(2026, 6, 12)
BASELINE_DATE = date(2026, 3, 2)


class Step(NamedTuple):
    """A command of the main job, the status date at which it is given, and its parameters."""

    command: str
    status_date: date
    parameters: Mapping[str, Any]


STEPS = (
    Step("reschedule", BASELINE_DATE, {}),
    Step("baseline", BASELINE_DATE, {}),
    Step("forecast", STATUS_DATE, {}),
    Step("gantt", STATUS_DATE, {}),
    Step("trace", STATUS_DATE, {"write": True}),
    Step("load", STATUS_DATE, {"write": True}),
    Step("quality", STATUS_DATE, {"write": True}),
    Step("service-figures", STATUS_DATE, {"write": True}),
    Step("satisfaction", STATUS_DATE, {"write": True}),
    Step("process-analysis", STATUS_DATE, {"write": True}),
    Step("dashboard", STATUS_DATE, {"write": True}),
    Step("check", STATUS_DATE, {"write": True}),
)
"""The baseline as it was set at the start, then the day of the report: forecast, analyses, and last the check."""

PLANNING = ("reschedule", "baseline", "forecast")
"""The steps whose results documents show."""
DOCUMENTS = (
    "D01 D02 D03:DEAL-001 D04:DEAL-003 D04I:DEAL-003 D05:DEAL-002 D06 D07 D07I D08:CHG-006 D09:T-032 D10 D10C D11 D12 D13 "
    "D14:DEAL-002 D15:CUS-001 D16:CUS-001 D16R:CUS-001 D17:FB-009 D18:EVT-006 D19:CON-001 D20:CUS-001 D21:P-SVC "
    "D22:P-SVC D23 D24 D25 D26:RES-008 D27:DEAL-002 D27C:DEAL-002 D28 D29:IMP-004"
)
"""Every kind of document, with the row that it is about where the demonstration project has several."""
DOCUMENTS_SIZE = 30
"""About how many other steps it takes to make all the documents."""


def run(folder: Path, common: Common) -> tuple[Result, Catalogue]:
    """The main job on the demonstration project: its workbook, and its documents in both languages, in ``folder``.

    The documents of the other language come from a workbook of that language, which is not kept. An earlier
    workbook of the same name is kept aside with the time in its name.
    """
    language = common.language or "zh"
    catalogue = library.Library().catalogue()
    with Progress(len(STEPS) + len(PLANNING) + 2 * DOCUMENTS_SIZE + 1, quiet=common.quiet) as progress:
        rows = _in_language(library.demo_rows(), language, catalogue)
        book = folder / f"{_stem(rows)}.xlsx"
        _prepare(folder, book)
        out = common.out or folder / "output"
        progress.step(Text("建立工作簿", "building the workbook").in_(language))
        build(book, catalogue, language, rows)
        for step in STEPS:
            result = _performed(step, book, Common(language, out=out), progress)
        documents = _documents(book, Common(language, out=out), progress)
        other: Language = "en" if language == "zh" else "zh"
        with tempfile.TemporaryDirectory() as temporary:
            progress.say(Text("另一种语言的文档", "documents in the other language").in_(language))
            twin = Path(temporary) / book.name
            build(twin, catalogue, other, _in_language(library.demo_rows(), other, catalogue))
            for step in STEPS:
                if step.command in PLANNING:
                    _performed(step, twin, Common(other, out=out), progress)
            documents += _documents(twin, Common(other, out=out), progress)
    return _summary(result, book, documents), catalogue


def _performed(step: Step, book: Path, common: Common, progress: Progress, *, size: float = 1.0) -> Result:
    command = _command(step.command)
    progress.step(command.name.in_(common.language or "zh"), size=size)
    asked = replace(common, status_date=step.status_date, quiet=True, parameters=step.parameters)
    return perform(command, book, asked, backup=False)[0]


def _documents(book: Path, common: Common, progress: Progress) -> list[Path]:
    step = Step("document", STATUS_DATE, {"id": DOCUMENTS, "language": common.language})
    return list(_performed(step, book, common, progress, size=DOCUMENTS_SIZE).documents)


def _command(name: str) -> Any:
    return next(command for command in COMMANDS if command.id == name)


def _summary(result: Result, book: Path, documents: list[Path]) -> Result:
    where = Text(f"工作簿：{book}(用 Excel 或 LibreOffice 打开)", f"Workbook: {book} (open it in Excel or LibreOffice)")
    return replace(
        result, command="demo", exit=0, documents=tuple(documents), notices=(*result.notices, where), backup=None
    )


def new(folder: Path, common: Common, *, name: str, customer: str) -> tuple[Result, Catalogue]:
    """A fresh workbook in ``folder``, with the configuration and templates to edit. Raises UsageError if it exists."""
    language = common.language or "zh"
    catalogue = library.Library().catalogue()
    stem = safe_file_name(name) or Text("客户项目", "Client project").in_(language)
    book = folder / f"{stem}.xlsx"
    if book.exists():
        raise UsageError(
            Text(
                f"{book} 已经存在，请换一个文件夹或项目名称。", f"{book} exists already: choose another folder or name."
            ),
            code="EXISTS",
        )
    if common.dry_run:
        return Result("new", str(book), 0, dry_run=True, language=language), catalogue
    _make_folder(folder)
    permissions = _in_language(library.demo_rows(), language, catalogue)["permissions"]
    building.build(
        catalogue,
        language=language,
        path=book,
        name=name,
        customer=customer,
        calendar_rows=library.calendar_rows(),
        permission_rows=permissions,
        settings={"status_date": common.status_date or circumstances.now().date(), "language": language},
    )
    for shipped in ("config.yaml", "templates"):
        _copy(library.shipped(shipped), folder / shipped)
    notice = Text(
        f"已建立 {book}；参数在 config.yaml 和工作簿的“参数”表，Word 模板在 templates 文件夹。",
        f"{book} is ready; settings are in config.yaml and the workbook's Settings sheet, Word templates in templates.",
    )
    return Result("new", str(book), 0, notices=(notice,), language=language), catalogue


def build(book: Path, catalogue: Catalogue, language: Language, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """A workbook with these rows (values as they stand in cells), filled by the writer of users' edits."""
    project = rows["projects"][0]
    customer = next(row for row in rows["customers"] if row["customer_id"] == project["customer_id"])
    settings = {row["key"]: row.get("value") for row in rows["settings"]}
    building.build(
        catalogue,
        language=language,
        path=book,
        name=project["name"],
        customer=customer["name"],
        calendar_rows=rows["calendar"],
        permission_rows=rows["permissions"],
        settings={**settings, "language": language},
    )
    edits: list[BookEdit] = [
        AppendRows(sheet.label.in_(language), tuple(_cells(sheet, row) for row in rows[sheet.id]))
        for sheet in catalogue.business
        if rows.get(sheet.id)
    ]
    save_edits(book, edits, common=Common(), keep=0)


def _cells(sheet: Sheet, row: Mapping[str, Any]) -> dict[int, Value]:
    return {
        column.order: value_of(column, row[column.id]) for column in sheet.columns if row.get(column.id) is not None
    }


def value_of(column: Column, value: Any) -> Any:
    """A value of the data files as its cell holds it: date-times are written as text there."""
    if column.kind == "dt" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if column.kind == "date" and isinstance(value, datetime):
        return value.date()
    if column.kind in {"text", "long", "id", "ref", "mref", "enum"} and not isinstance(value, str):
        return str(value)
    return value


def _in_language(
    rows: Mapping[str, list[dict[str, Any]]], language: Language, catalogue: Catalogue
) -> dict[str, list[dict[str, Any]]]:
    """The rows as they stand in a workbook of that language: list labels and, where translated, texts."""
    if language == "zh":
        return dict(rows)
    translated = library.demo_translations()
    return {
        sheet: _translated(catalogue.sheets[sheet], content, translated.get(sheet, []), catalogue)
        for sheet, content in rows.items()
    }


def _translated(
    sheet: Sheet, rows: list[dict[str, Any]], texts: Iterable[Mapping[str, Any]], catalogue: Catalogue
) -> list[dict[str, Any]]:
    by_key = {row[sheet.key]: row for row in texts}
    labels = {
        column.id: {value.label.zh: value.label.en for value in catalogue.lists[column.list].values}
        for column in sheet.columns
        if column.list
    }
    result = []
    for row in rows:
        changed = {name: labels[name].get(value, value) if name in labels else value for name, value in row.items()}
        result.append({**changed, **by_key.get(row[sheet.key], {})})
    return result


def _stem(rows: Mapping[str, list[dict[str, Any]]]) -> str:
    project = rows["projects"][0]
    return safe_file_name(f"{project['project_id']} {project['name']}")


def _prepare(folder: Path, book: Path) -> None:
    _make_folder(folder)
    if book.exists():
        book.rename(book.with_name(f"{book.stem} {circumstances.now():%Y%m%d-%H%M%S}{book.suffix}"))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            Text(f"无法建立文件夹 {folder}:{error.strerror}。", f"Cannot make the folder {folder}: {error.strerror}."),
            code="FOLDER",
        ) from None


def _copy(source: Path, target: Path) -> None:
    """Copy a shipped file or folder unless the user has one of that name."""
    if target.exists():
        return
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
