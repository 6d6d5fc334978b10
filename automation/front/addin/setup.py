"""``deliverybook addin install`` and ``uninstall``: what belongs into Excel's folders of one person, and with what content.

Not here: the writing itself (``files``), where the folders are (``places``), and looking for what is wrong (``doctor``).
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from automation import __version__
from automation.base.errors import UsageError
from automation.base.findings import EMPTY, Text
from automation.excel.addin.ribbon import TAB
from automation.front import library
from automation.front.addin import files
from automation.front.addin.files import Step, Wanted
from automation.front.addin.places import ADDIN, require_excel, strange_signs
from automation.front.addin.stamp import stamp_of
from automation.front.output import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Language
    from automation.front.addin.places import Places

ADDIN_TEXT = Text("Excel 加载项", "the Excel add-in")
CONFIGURATION_TEXT = Text("解释器配置", "the interpreter configuration")
SCRIPT_TEXT = Text("macOS 启动脚本", "the AppleScript that starts Python")
LOG_ON_TEXT = Text("登录时启动常驻服务", "the log-on entry of the persistent server")
SERVER_KEYS = ("USE UDF SERVER", "DEBUG UDFS")
"""Both on: the add-in connects to a server that runs already, and starts no process."""
KEY = re.compile(rb'\s*"([^"]*)"\s*,')


def install(
    places: Places, *, language: Language = "zh", addin: Path | None = None, server: bool = False, dry_run: bool = False
) -> Result:
    """Put the add-in, its configuration and what the system needs into place; doing it again changes nothing.

    ``addin`` is a copy that the company has signed, in place of the shipped one; ``server`` is the mode in which Excel
    starts no process (Windows). Raises UsageError when something is in use, missing or not for this system.
    """
    require_excel(places)
    if server and not places.windows:
        raise _windows_only()
    if not places.windows and (strange := strange_signs(places.python())):
        raise _strange_path(places.python(), strange)
    wanted = _wanted(places, _addin_bytes(addin), server=server)
    steps = _forecast(wanted) if dry_run else files.put(places, wanted)
    lines = [_line(step, dry_run=dry_run) for step in steps]
    lines += _next(places, server=server) if not dry_run else []
    return Result(
        command="addin install",
        book=str(places.addin),
        exit=0,
        lines=tuple(lines),
        tables={"files": [_row(step) for step in steps]},
        dry_run=dry_run,
        language=language,
    )


def uninstall(places: Places, *, language: Language = "zh", dry_run: bool = False) -> Result:
    """Take away what install put, and nothing else; a file changed since then is kept aside."""
    record = files.read_record(places)
    paths = [Path(path) for path in record.files]
    if dry_run:
        steps = [Step(EMPTY, path, "removed" if path.exists() else "gone") for path in paths]
    else:
        steps = [_take_away(places, path) for path in paths]
        files.close(places)
    lines = [_line(step, dry_run=dry_run) for step in steps]
    if not record.exists:
        lines.append(Text("没有安装记录，没有需要删除的文件。", "Nothing is recorded as installed; nothing to remove."))
    return Result(
        command="addin uninstall",
        book=str(places.addin),
        exit=0,
        lines=tuple(lines),
        tables={"files": [_row(step) for step in steps]},
        dry_run=dry_run,
        language=language,
    )


def configuration(places: Places, *, server: bool) -> dict[str, str]:
    """The keys that the add-in's VBA reads, with their values.

    The folder of the workbook is never searched for Python code: it may be an address of SharePoint, and code beside a
    workbook could take the place of ours. Errors are shown in a box, since the other choice adds a sheet to the workbook.
    """
    interpreter = "INTERPRETER_WIN" if places.windows else "INTERPRETER_MAC"
    values = {
        interpreter: places.portable(places.python()),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW CONSOLE": "False",
        "SHOW_ERROR_POPUPS": "True",
    }
    return values | (dict.fromkeys(SERVER_KEYS, str(server)) if places.windows else {})


def read_configuration(places: Places) -> dict[str, str]:
    """The installed configuration by key; empty when there is none."""
    data = files.content(places.configuration) or b""
    rows = (re.match(rb'\s*"([^"]*)"\s*,\s*"([^"]*)"', line) for line in data.splitlines())
    return {_decoded(row[1], places): _decoded(row[2], places) for row in rows if row}


def xlwings_version() -> str:
    """The version of the xlwings that stands beside this package, ``""`` when there is none."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return ""


def script_source() -> Path | None:
    """The AppleScript inside the installed xlwings."""
    found = find_spec("xlwings")
    if found is None or found.origin is None:
        return None
    source = Path(found.origin).with_name(f"xlwings-{xlwings_version()}.applescript")
    return source if source.is_file() else None


def shipped_addin() -> Path:
    """The add-in that comes with this package."""
    return library.shipped("workbook") / ADDIN


def _addin_bytes(path: Path | None) -> bytes:
    source = path or shipped_addin()
    data = files.content(source)
    if data is None:
        raise UsageError(
            Text(
                f"找不到加载项 {source}：请重新安装交付簿，或用 --file 指定加载项文件。",
                f"The add-in {source} is missing: reinstall Deliverybook, or name the file with --file.",
            ),
            code="ADDIN_MISSING",
        )
    if stamp_of(data) is None:
        raise UsageError(
            Text(
                f"{source} 不是交付簿的加载项，或已损坏：请用随程序安装的文件，或重新取得签名后的文件。",
                f"{source} is not Deliverybook's add-in, or damaged: use the shipped file, or get the signed one again.",
            ),
            code="ADDIN_FOREIGN",
        )
    return data


def _wanted(places: Places, addin: bytes, *, server: bool) -> list[Wanted]:
    wanted = [
        Wanted(ADDIN_TEXT, places.addin, addin),
        Wanted(CONFIGURATION_TEXT, places.configuration, _configuration_bytes(places, server=server)),
    ]
    if not places.windows:
        wanted.append(_script(places, addin))
    if server:
        wanted.append(Wanted(LOG_ON_TEXT, places.log_on, _log_on(places)))
    return wanted


def _configuration_bytes(places: Places, *, server: bool) -> bytes:
    """Our keys first, then whatever other keys stand there already."""
    end = b"\r\n" if places.windows else b"\n"
    values = configuration(places, server=server)
    lines = [_encoded(f'"{key}","{value}"', places) for key, value in values.items()]
    return b"".join(line + end for line in (*lines, *_others(places)))


def _others(places: Places) -> list[bytes]:
    """Lines of the configuration that are not ours, as bytes: they may be in any code page."""
    ours = {key.lower().encode() for server in (True, False) for key in configuration(places, server=server)}
    lines = (files.content(places.configuration) or b"").splitlines()
    return [line for line in lines if (key := KEY.match(line)) and key[1].lower() not in ours]


def _encoded(line: str, places: Places) -> bytes:
    try:
        return line.encode(places.encoding)
    except UnicodeEncodeError:
        raise UsageError(
            Text(
                f"Excel 的 VBA 无法读取这个 Python 路径：{places.executable}。请把交付簿装到个人文件夹下，或路径只含英文字母的文件夹。",
                f"Excel's VBA cannot read the path of this Python: {places.executable}. Install Deliverybook below your "
                "own folder, or in a folder of plain letters.",
            ),
            code="ADDIN_PATH",
        ) from None


def _decoded(data: bytes, places: Places) -> str:
    return data.decode(places.encoding, errors="replace")


def _script(places: Places, addin: bytes) -> Wanted:
    """The AppleScript under the name that the add-in calls."""
    source, stamp = script_source(), stamp_of(addin)
    if source is None:
        raise UsageError(
            Text(
                "已安装的 xlwings 缺少 AppleScript：请运行 pip install --force-reinstall xlwings。",
                "The installed xlwings lacks its AppleScript: run pip install --force-reinstall xlwings.",
            ),
            code="ADDIN_XLWINGS",
        )
    called = stamp.xlwings if stamp and stamp.xlwings else xlwings_version()
    path = places.scripts / f"xlwings-{called}.applescript"
    return Wanted(SCRIPT_TEXT, path, source.read_bytes(), shared=True)


def _log_on(places: Places) -> bytes:
    """A command file that starts the server without a window; Explorer runs it, not Excel."""
    program = places.portable(places.python(windowless=True))
    if not program.startswith("%USERPROFILE%"):
        program = program.replace("%", "%%")
    lines = (
        "@echo off",
        "chcp 65001 >nul",
        'rem Deliverybook: starts its Python server for Excel. Written by "deliverybook addin install --server".',
        f'start "" "{program}" -P -m automation addin server --quiet',
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _forecast(wanted: Sequence[Wanted]) -> list[Step]:
    """What put would do, looked at without writing."""
    steps = []
    for one in wanted:
        now = files.content(one.path)
        done: files.Done = "written" if now is None else "unchanged" if now == one.data else "replaced"
        steps.append(Step(one.what, one.path, done))
    return steps


def _take_away(places: Places, path: Path) -> Step:
    """Remove a recorded file; of the configuration, keys that are not ours stay."""
    if path == places.configuration and (others := _others(places)):
        end = b"\r\n" if places.windows else b"\n"
        files.replace(places, path, b"".join(line + end for line in others))
        files.forget(places, path)
        return Step(CONFIGURATION_TEXT, path, "left")
    return files.take_away(places, path)


DONE = {
    "written": Text("已写入", "written"),
    "replaced": Text("已更新", "updated"),
    "unchanged": Text("已是最新", "already so"),
    "removed": Text("已删除", "removed"),
    "kept": Text("已删除", "removed"),
    "left": Text("保留了其他程序的设置", "other programs' settings stay"),
    "gone": Text("本来就没有", "was gone already"),
}
PLANNED = {
    "written": Text("将写入", "would be written"),
    "replaced": Text("将更新", "would be updated"),
    "removed": Text("将删除", "would be removed"),
}


def _line(step: Step, *, dry_run: bool) -> Text:
    done = PLANNED.get(step.done, DONE[step.done]) if dry_run else DONE[step.done]
    what = Text(f"{step.what.zh}：", f"{step.what.en[0].upper()}{step.what.en[1:]}: ") if step.what.en else EMPTY
    zh, en = f"{what.zh}{done.zh} {step.path}", f"{what.en}{done.en} {step.path}"
    if step.copy:
        zh, en = f"{zh}(原来的文件保存在 {step.copy})", f"{en} (the file that stood there is kept as {step.copy})"
    return Text(f"  {zh}", f"  {en}")


def _row(step: Step) -> dict[str, str | None]:
    return {"path": str(step.path), "done": step.done, "kept": str(step.copy) if step.copy else None}


def _next(places: Places, *, server: bool) -> list[Text]:
    """What the person does now."""
    lines = [
        Text(
            f"交付簿 {__version__} 已装好。请退出并重新启动 Excel，功能区会出现“{TAB.zh}”选项卡；有问题时运行 deliverybook addin doctor。",
            f"Deliverybook {__version__} is in place. Quit Excel and start it again: the ribbon shows the tab {TAB.en}. "
            "If something does not work, run deliverybook addin doctor.",
        )
    ]
    if server:
        lines.append(
            Text(
                f"常驻服务在下次登录 Windows 时启动；现在就要用，请双击 {places.log_on}。",
                f"The persistent server starts when you next log on to Windows; to use it now, double-click {places.log_on}.",
            )
        )
    if not places.windows:
        lines.append(
            Text(
                "第一次点击按钮时，macOS 会询问是否允许控制 Microsoft Excel，请选择“好”。",
                "At the first click macOS asks whether Microsoft Excel may be controlled: choose OK.",
            )
        )
    return lines


def _windows_only() -> UsageError:
    return UsageError(
        Text(
            "常驻服务只用于 Windows：在 macOS 上请直接运行 deliverybook addin install。",
            "The persistent server is for Windows only: on macOS run deliverybook addin install without --server.",
        ),
        code="ADDIN_PLATFORM",
    )


def _strange_path(python: Path, strange: str) -> UsageError:
    return UsageError(
        Text(
            f"Python 的路径 {python} 含有 {strange}，macOS 的启动脚本会把它拆开；请把交付簿装到只含英文字母和数字的文件夹，再安装加载项。",
            f"The path of Python, {python}, holds {strange}, which the script of macOS would take apart: install Deliverybook in a "
            "folder of plain letters and digits, then the add-in.",
        ),
        code="ADDIN_PYTHON",
    )
