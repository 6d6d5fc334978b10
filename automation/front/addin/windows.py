"""Checks of what only Windows has: trust settings, the mark of the web, Defender's rules, the persistent server.

All of it is read as the person who runs it, without rights; what cannot be read is said to be so. Not here: changing
any of it, which is IT's to do (``docs/it-department.en.md``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.base.findings import EMPTY, Text
from automation.front.addin.checks import Check
from automation.front.addin.stamp import stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from automation.front.addin.checks import Scene, State

USER, MACHINE = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"
SECURITY = tuple(rf"Software\{policies}Microsoft\Office\16.0\Excel\Security" for policies in ("Policies\\", ""))
"""Excel's trust settings of this person: set by IT first, then by the person."""
DEFENDER = r"Windows Defender Exploit Guard\ASR\Rules"
RULE_KEYS = (
    rf"SOFTWARE\Policies\Microsoft\Windows Defender\{DEFENDER}",
    rf"SOFTWARE\Microsoft\Windows Defender\{DEFENDER}",
)
MANAGER_KEY = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
CHILD_RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
"""Block all Office applications from creating child processes."""
CALLS_RULE = "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"
"""Block Win32 API calls from Office macros."""
OFF, BLOCK, AUDIT, NOT_CONFIGURED, WARN = 0, 1, 2, 5, 6
UNSEEN = Text("无法查看(没有读取权限)", "could not be looked at (no right to read it)")
MARK = ":Zone.Identifier"


def zone(scene: Scene) -> Check:
    """The add-in bears no mark of the web, with which Excel would block its macros."""
    looked = Text("来自网络的标记", "Mark of the web")
    path = scene.places.addin
    if path.with_name(path.name + MARK).exists():
        found = Text("加载项带有“来自其他计算机”的标记", "the add-in is marked as coming from another computer")
        advice = Text(
            "右键点击文件 > 属性 > 解除锁定，或运行 deliverybook addin uninstall 再 install。",
            "Right-click the file > Properties > Unblock, or run deliverybook addin uninstall, then install.",
        )
        return Check("zone", looked, "problem", found, advice)
    return Check("zone", looked, "ok", Text("加载项没有这个标记", "the add-in bears none"))


def trust(scene: Scene) -> Check:
    """Excel's trust settings let an unsigned add-in run from the start-up folder, a trusted location by default."""
    looked = Text("Excel 信任中心", "Excel's Trust Center")
    try:
        disabled = _setting(scene, "DisableAllAddins")
        signed = _setting(scene, "RequireAddinSig")
        untrusted = _setting(scene, "AllLocationsDisabled", below=r"\Trusted Locations")
        macros = _setting(scene, "VBAWarnings")
    except OSError:
        return Check("trust", looked, "unknown", UNSEEN)
    sign = Text(
        "请 IT 用公司证书签名，见 docs/it-department.zh.md。", "Ask IT to sign it, see docs/it-department.en.md."
    )
    if disabled == 1:
        found = Text("所有加载项被禁用(DisableAllAddins)", "all add-ins are disabled (DisableAllAddins)")
        allow = Text(
            "请 IT 允许加载项；任务窗格和命令行不受影响。",
            "Ask IT to allow add-ins; task pane and command line still work.",
        )
        return Check("trust", looked, "problem", found, allow)
    if signed == 1:
        found = Text("加载项必须由受信任的发布者签名(RequireAddinSig)", "add-ins must be signed (RequireAddinSig)")
        return Check("trust", looked, "warning", found, sign)
    if untrusted == 1:
        found = Text("受信任位置被停用(AllLocationsDisabled)", "trusted locations are off (AllLocationsDisabled)")
        signed_only, none = 3, 4
        state: State = "problem" if macros in {signed_only, none} else "warning"
        return Check("trust", looked, state, found, sign)
    found = Text(
        f"启动文件夹是 Excel 默认的受信任位置：{scene.places.startup}",
        f"the start-up folder is a trusted location by default: {scene.places.startup}",
    )
    hint = Text(
        "可在 Excel 文件 > 选项 > 信任中心 > 受信任位置 中看到它；工作簿本身不含宏，不需要受信任。",
        "Excel lists it under File > Options > Trust Center > Trusted Locations; workbooks hold no macros and need no trust.",
    )
    return Check("trust", looked, "ok", found, hint)


def _setting(scene: Scene, name: str, *, below: str = "") -> Any:
    values = (scene.probes.registry(USER, key + below, name) for key in SECURITY)
    return next((value for value in values if value is not None), None)


def child_processes(scene: Scene) -> Check:
    """Defender does not stop Excel from starting Python, or the persistent server makes that unnecessary."""
    looked = Text("Defender 规则“阻止 Office 创建子进程”", "Defender rule 'block Office from creating child processes'")
    mode = _mode(scene, CHILD_RULE)
    if mode is None:
        return Check("child_processes", looked, "unknown", UNSEEN, SERVER_ADVICE)
    if mode not in {BLOCK, WARN}:
        return Check("child_processes", looked, "ok", MODES.get(mode, MODES[NOT_CONFIGURED]))
    if scene.server:
        found = Text(
            f"{MODES[mode].zh}；已使用常驻服务，Excel 不启动进程",
            f"{MODES[mode].en}; the persistent server is used, Excel starts nothing",
        )
        return Check("child_processes", looked, "ok", found)
    return Check("child_processes", looked, "problem", MODES[mode], SERVER_ADVICE)


def win32_calls(scene: Scene) -> Check:
    """Defender does not stop the add-in's VBA from calling Windows, which it does to find the Python server."""
    looked = Text("Defender 规则“阻止宏调用 Win32 API”", "Defender rule 'block Win32 API calls from Office macros'")
    mode = _mode(scene, CALLS_RULE)
    if mode is None:
        return Check("win32_calls", looked, "unknown", UNSEEN, PANE_ADVICE)
    if mode in {BLOCK, WARN}:
        return Check("win32_calls", looked, "warning", MODES[mode], PANE_ADVICE)
    return Check("win32_calls", looked, "ok", MODES.get(mode, MODES[NOT_CONFIGURED]))


MODES = {
    OFF: Text("规则关闭", "the rule is off"),
    BLOCK: Text("规则生效：阻止", "the rule is in force: block"),
    AUDIT: Text("规则只记录，不阻止", "the rule only records, it blocks nothing"),
    NOT_CONFIGURED: Text("没有设置这条规则", "the rule is not set"),
    WARN: Text("规则生效：警告用户", "the rule is in force: warn"),
}
SERVER_ADVICE = Text(
    "如果点击按钮没有反应或提示被阻止：运行 deliverybook addin install --server(常驻服务，Excel 不再启动进程)，或使用任务窗格 deliverybook serve。",
    "If a click does nothing or is said to be blocked: run deliverybook addin install --server (a server that runs already, "
    "Excel starts no process), or use the task pane, deliverybook serve.",
)
PANE_ADVICE = Text(
    "如果加载项被拦截：使用任务窗格 deliverybook serve，它不含任何 VBA。",
    "If the add-in is blocked: use the task pane, deliverybook serve, which has no VBA at all.",
)


def _mode(scene: Scene, rule: str) -> int | None:
    """The mode of a Defender rule as the registry shows it to this person, ``None`` when none of it may be read.

    Group policy has a value by rule, Intune one text ``rule=mode|rule=mode`` for all.
    """
    seen, modes = False, []
    for key, name in (*((key, rule) for key in RULE_KEYS), (MANAGER_KEY, "ASRRules")):
        try:
            value = scene.probes.registry(MACHINE, key, name)
        except OSError:
            continue
        seen = True
        modes += _modes_of(str(value), rule) if name == "ASRRules" and value is not None else _numbers(value)
    if not modes:
        return NOT_CONFIGURED if seen else None
    return BLOCK if BLOCK in modes else modes[0]


def _modes_of(text: str, rule: str) -> list[int]:
    return [int(mode) for name, mode in re.findall(r"\{?([0-9A-Fa-f-]{36})\}?=(\d+)", text) if name.upper() == rule]


def _numbers(value: object) -> list[int]:
    return [int(str(value))] if value is not None and str(value).isdigit() else []


def library(scene: Scene) -> Check:
    """In server mode, the library by which VBA reaches the server lies beside the interpreter, in the add-in's version."""
    looked = Text("xlwings 的 DLL", "xlwings' DLL")
    stamp = stamp_of(scene.addin) if scene.addin else None
    version = (stamp.xlwings if stamp else "") or scene.told.xlwings
    names = [f"xlwings{bits}-{version}.dll" for bits in ("64", "32")]
    folders = _folders(scene)
    missing = [name for name in names if not any((folder / name).is_file() for folder in folders)]
    if not missing:
        bits = Text(
            f"{names[0]} 和 32 位版本都在，Excel 是 32 位还是 64 位都可以",
            f"{names[0]} and its 32-bit brother are there: Excel may be either",
        )
        return Check("library", looked, "ok", bits)
    found = Text(f"缺少 {'、'.join(missing)}", f"missing: {', '.join(missing)}")
    advice = Text(
        f'运行 pip install --force-reinstall "xlwings=={version}"。',
        f'Run pip install --force-reinstall "xlwings=={version}".',
    )
    return Check("library", looked, "problem" if scene.server else "warning", found, advice)


def _folders(scene: Scene) -> tuple[Path, ...]:
    """Where the VBA looks: beside the interpreter and one above."""
    path = scene.interpreter
    return (path.parent, path.parent.parent) if path else ()


def server(scene: Scene) -> Check:
    """The persistent server runs where it is wanted."""
    looked = Text("常驻服务", "Persistent server")
    running = scene.probes.running(scene.places)
    if not scene.server:
        found = Text("未使用：每次点击启动一次 Python", "not used: each click starts Python once")
        return Check("server", looked, "ok", found, EMPTY)
    if running:
        return Check("server", looked, "ok", Text("正在运行", "it runs"))
    found = Text("已设置使用，但没有运行", "it is to be used, but does not run")
    if not scene.places.log_on.is_file():
        advice = Text("运行 deliverybook addin install --server。", "Run deliverybook addin install --server.")
    else:
        advice = Text(
            f"双击 {scene.places.log_on}，或重新登录。", f"Double-click {scene.places.log_on}, or log on again."
        )
    return Check("server", looked, "problem", found, advice)


CHECKS = (zone, trust, child_processes, win32_calls, library, server)
"""In the order in which they are shown, after those of both systems."""
