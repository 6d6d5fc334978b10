"""``deliverybook addin build``: the add-in, the master workbooks and their sources, made from the registries.

What is made stands in the folder ``workbook`` of the source tree; ``--check`` compares without writing. Packages are
compared part by part, since compression may differ between zlib libraries. Not here: how a ribbon, a VBA module or a
package is made (``excel.addin``, ``excel.master``), and installing (``front.addin``).
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from automation import __version__
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.buttons import buttons
from automation.commands.command import GROUPS
from automation.commands.functions.registry import FUNCTIONS
from automation.excel.addin import runtime, vba, vba_functions
from automation.excel.addin.package import contents, packed
from automation.excel.addin.project import Module, addin, with_macros
from automation.excel.addin.ribbon import NAMESPACES, Control, Group, custom_ui
from automation.excel.master import building
from automation.front import library
from automation.front.output import Result
from automation.front.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from automation.base.findings import Language
    from automation.commands.buttons import Button
    from automation.excel.addin.ribbon import Schema
    from automation.schema.catalogue import Catalogue, Sheet

FOLDER: Final = library.PACKAGE.parent / "workbook"
"""Where the files stand in the source tree."""
ADDIN: Final = "deliverybook.xlam"
SUMS: Final = "SHA256SUMS"
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_RIBBON_FILES: Final[dict[Schema, str]] = {"2006": "ribbon/customUI.xml", "2009": "ribbon/customUI14.xml"}
_PACKAGES: Final = (".xlam", ".xlsx", ".xlsm")


class Sources(NamedTuple):
    """What the packages are made of: a ribbon in each schema, VBA modules, and the version of xlwings in them."""

    ribbons: Mapping[Schema, str]
    modules: tuple[Module, ...]
    xlwings: str


def build(folder: Path, *, check: bool, quiet: bool = False, language: Language = "zh") -> Result:
    """Write the files into the folder, or compare them with what stands there; exit 1 when something is out of date.

    Raises AutomationError when a library for building is missing or the folder cannot be written.
    """
    with Progress(2 + 2 * len(LANGUAGES), quiet=quiet) as progress:
        files = _files(progress, language)
        stale = [name for name, content in files.items() if not _same(folder / name, content)]
        if check:
            return _compared(folder, files, stale, language)
        for name in stale:
            _write(folder / name, files[name])
        sums = sums_of({name: (folder / name).read_bytes() for name in files})
        _write(folder / SUMS, sums)
    done = Text(f"{len(files)} 个文件，更新 {len(stale)} 个。", f"{len(files)} files, {len(stale)} renewed.")
    made = tuple(folder / name for name in stale)
    return Result("addin", str(folder), 0, documents=made, notices=(done,), language=language)


def sources() -> Sources:
    """Ribbons and modules, from the registries of commands and of worksheet functions."""
    shown = tuple(control_of(one) for one in buttons())
    groups = tuple(Group(name, label) for name, label in GROUPS)
    functions = tuple(
        vba_functions.Function(
            one.name,
            tuple(vba_functions.Argument(argument.name, argument.optional) for argument in one.arguments),
            one.help.en,
        )
        for one in FUNCTIONS
    )
    xlwings = runtime.installed()
    return Sources(
        ribbons={schema: custom_ui(groups, shown, schema=schema) for schema in NAMESPACES},
        modules=(
            Module(runtime.MODULE, xlwings.source),
            Module(vba.MODULE, vba.ribbon_module(shown, version=__version__)),
            Module(vba_functions.MODULE, vba_functions.function_module(functions)),
        ),
        xlwings=xlwings.version,
    )


def control_of(button: Button) -> Control:
    """A button of the registry as the ribbon has it; in a menu, the value that it stands for is its key tip.

    That value begins its label in both languages, and is shown once.
    """
    value = next(iter(button.parameters.values()), "") if button.menu else ""
    short = value.upper() if value.isascii() and value.isalnum() and len(value) <= 3 else ""  # noqa: PLR2004 - Office's limit
    return Control(
        id=button.id,
        group=button.look.group,
        label=Text(button.label.zh, button.label.en.removeprefix(f"{value} ") if value else button.label.en),
        tip=button.tip,
        icon=button.look.icon,
        key_tip=short if button.menu else button.look.key_tip,
        large=button.look.large and not button.menu,
        menu=button.menu,
        is_menu=button.is_menu,
    )


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The list that ``sha256sum --check`` reads."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()


def _files(progress: Progress, language: Language) -> dict[str, bytes]:
    """Every file by its name in the folder, sources first."""
    progress.step(Text("功能区和宏", "ribbon and macros").in_(language))
    made = sources()
    files = {_RIBBON_FILES[schema]: text.encode("utf-8") for schema, text in made.ribbons.items()}
    files |= {f"vba/{one.name}.bas": one.source.encode("ascii") for one in made.modules if one.name != runtime.MODULE}
    progress.step(Text("加载项", "the add-in").in_(language))
    properties = {"deliverybook": __version__, "xlwings": made.xlwings}
    files[ADDIN] = addin(made.modules, made.ribbons, properties=properties)
    catalogue = library.Library().catalogue()
    for one in LANGUAGES:
        progress.step(Text(f"主工作簿({one})", f"master workbook ({one})").in_(language))
        master = _master(catalogue, one)
        files[f"deliverybook-{one}.xlsx"] = master
        progress.step(Text(f"带宏的工作簿({one})", f"workbook with macros ({one})").in_(language))
        files[f"deliverybook-{one}.xlsm"] = with_macros(master, made.modules, made.ribbons)
    return files


def _master(catalogue: Catalogue, language: Language) -> bytes:
    """An empty master workbook: no status date, China's holidays, the permissions of the demonstration project."""
    rows = library.demo_rows()
    target = BytesIO()
    building.build(
        catalogue,
        language=language,
        path=target,
        calendar_rows=library.calendar_rows(),
        permission_rows=_coded(catalogue, catalogue.sheets["permissions"], rows["permissions"]),
    )
    return packed(contents(target.getvalue()))


def _coded(catalogue: Catalogue, sheet: Sheet, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the demonstration project with codes of lists instead of Chinese labels."""
    codes = {
        column.id: {value.label.zh: value.code for value in catalogue.lists[column.list].values}
        for column in sheet.columns
        if column.list
    }
    return [{name: codes.get(name, {}).get(value, value) for name, value in row.items()} for row in rows]


def _same(path: Path, content: bytes) -> bool:
    """Whether a file holds this already; packages are compared by their parts and the order of these."""
    if not path.is_file():
        return False
    found = path.read_bytes()
    if found == content or path.suffix not in _PACKAGES:
        return found == content
    try:
        return list(contents(found).items()) == list(contents(content).items())
    except (ValueError, OSError, zipfile.BadZipFile, zlib.error):
        return False


def _compared(folder: Path, files: Mapping[str, bytes], stale: list[str], language: Language) -> Result:
    """Says which files are out of date, and whether the list of sums is that of the files beside it."""
    present = {name: (folder / name).read_bytes() for name in files if (folder / name).is_file()}
    listed = (folder / SUMS).read_bytes() if (folder / SUMS).is_file() else b""
    if not stale and listed != sums_of(present):
        stale = [SUMS]
    lines = tuple(Text(f"不是最新：{name}", f"Out of date: {name}") for name in stale)
    again = Text("请运行 deliverybook addin build。", "Run deliverybook addin build.")
    same = Text(f"{len(files)} 个文件均为最新。", f"{len(files)} files are up to date.")
    notices = (again,) if stale else (same,)
    return Result("addin", str(folder), int(bool(stale)), lines=lines, notices=notices, language=language)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            Text(f"无法写入 {path}:{error.strerror}。", f"Cannot write {path}: {error.strerror}."), code="FOLDER"
        ) from error
