"""``deliverybook addin bundle``: one folder with every wheel and a script, for computers without network.

pip fetches the wheels through the machine's own configuration. Asked for another system, pip still judges conditions
such as ``platform_system == 'Windows'`` by the system it runs on, and would leave pywin32 out; so the conditions of
every wheel are judged here for the target, and what is missing is asked for by name until nothing is. Not here: the
scripts and the page in the folder (``bundle_files``).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from email.parser import HeaderParser
from typing import TYPE_CHECKING, NamedTuple

from automation import __version__
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.front import library
from automation.front.addin import bundle_files
from automation.front.output import Result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packaging.requirements import Requirement
    from packaging.utils import NormalizedName

    from automation.base.findings import Language

Pip = Callable[[Sequence[str]], None]
"""Runs pip with these words."""
ROUNDS = 5
"""How often what conditions add may add something in its turn."""
WHEELS, SUMS = "wheels", "SHA256SUMS"
SYSTEMS = {
    "win": ("win32", "Windows", "nt"),
    "macosx": ("darwin", "Darwin", "posix"),
    "manylinux": ("linux", "Linux", "posix"),
    "linux": ("linux", "Linux", "posix"),
}
"""How the first word of a platform tag is called by conditions: ``sys_platform``, ``platform_system``, ``os_name``."""


class Target(NamedTuple):
    """The computers a bundle is for: a platform tag of wheels (``""``: this system) and a version of Python."""

    platform: str
    python: str

    @property
    def here(self) -> bool:
        """Whether it is this very system and version."""
        return not self.platform and self.python == f"{sys.version_info.major}.{sys.version_info.minor}"

    def conditions(self) -> dict[str, str]:
        """The values that conditions of requirements are judged with."""
        from packaging.markers import default_environment  # noqa: PLC0415 - for bundles only

        values = dict(default_environment().items()) | {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0" if not self.here else sys.version.split()[0],
        }
        if self.platform:
            word, _, machine = self.platform.partition("_")
            system, name, os_name = SYSTEMS[re.match("[a-z]+", word)[0]]  # type: ignore[index]
            machine = re.sub(r"^\d+_\d+_", "", machine)
            values |= {
                "sys_platform": system,
                "platform_system": name,
                "os_name": os_name,
                "platform_machine": "AMD64" if machine == "amd64" else machine,
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
            }
        return {key: str(value) for key, value in values.items()}

    def options(self) -> list[str]:
        """The options that make pip choose wheels for it."""
        if self.here:
            return ["--only-binary=:all:"]
        platform = ["--platform", self.platform] if self.platform else []
        return ["--only-binary=:all:", *platform, "--python-version", self.python, "--implementation", "cp"]


def bundle(
    folder: Path, target: Target, *, wheel: Path | None = None, language: Language = "zh", pip: Pip | None = None
) -> Result:
    """Fill a new folder with wheels, scripts, a page and SHA-256 sums. Raises UsageError when pip cannot, or it exists.

    ``wheel`` is that of this package (default: made from the source tree, else fetched).
    """
    call = pip or run_pip
    _checked(folder, target)
    wheels = folder / WHEELS
    wheels.mkdir(parents=True)
    try:
        _filled(wheels, _own_wheel(wheels, wheel, call), target, call)
    except BaseException:  # half a bundle is none
        shutil.rmtree(wheels, ignore_errors=True)
        raise
    for name, data, mode in bundle_files.scripts(target.python, __version__):
        (folder / name).write_bytes(data)
        (folder / name).chmod(mode)
    _sums(folder)
    size = sum(path.stat().st_size for path in wheels.iterdir())
    count = len(list(wheels.iterdir()))
    line = Text(
        f"{count} 个 wheel，共 {size / 2**20:.0f} MB。把整个文件夹复制到目标电脑，双击 install.cmd(Windows)或 install.command(macOS)。",
        f"{count} wheels, {size / 2**20:.0f} MB. Copy the whole folder to the computer and double-click install.cmd "
        "(Windows) or install.command (macOS).",
    )
    figures = {"wheels": count, "bytes": size, "platform": target.platform or sys.platform, "python": target.python}
    return Result("addin bundle", str(folder), 0, figures=figures, lines=(line,), language=language)


def run_pip(words: Sequence[str]) -> None:
    """Run this Python's pip with the machine's configuration. Raises UsageError with its last complaint."""
    done = subprocess.run(  # noqa: S603 - this Python's pip; words of ours and paths the user gave
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    complaints = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
    last = complaints[-1].removeprefix("ERROR: ") if complaints else f"exit {done.returncode}"
    raise UsageError(
        Text(
            f"pip 未能取得所需的包：{last}。请检查网络和 pip 的设置，或换一个 --platform、--python-version。",
            f"pip could not get what is needed: {last}. Check the network and pip's settings, or name another "
            "--platform or --python-version.",
        ),
        code="ADDIN_BUNDLE",
    )


def missing(wheels: Path, target: Target) -> list[str]:
    """Requirements of the wheels in a folder that the target meets the conditions of but that no wheel there fulfils."""
    from packaging.requirements import Requirement  # noqa: PLC0415 - for bundles only
    from packaging.utils import canonicalize_name  # noqa: PLC0415 - as above

    metadata = {path: HeaderParser().parsestr(_metadata(path)) for path in sorted(wheels.glob("*.whl"))}
    versions = {canonicalize_name(one["Name"]): one["Version"] for one in metadata.values()}
    wanted = [Requirement(line) for one in metadata.values() for line in one.get_all("Requires-Dist", [])]
    conditions = target.conditions()
    lacking = [one for one in wanted if _applies(one, conditions) and not _fulfilled(one, versions)]
    return sorted({f"{one.name}{one.specifier}" for one in lacking})


def _fulfilled(requirement: Requirement, versions: Mapping[NormalizedName, str]) -> bool:
    from packaging.utils import canonicalize_name  # noqa: PLC0415 - for bundles only

    version = versions.get(canonicalize_name(requirement.name))
    return version is not None and requirement.specifier.contains(version, prereleases=True)


def _applies(requirement: Requirement, conditions: dict[str, str]) -> bool:
    """Whether a requirement holds for the target; those of extras do not, since nothing asks for extras."""
    return requirement.marker is None or requirement.marker.evaluate({**conditions, "extra": ""})


def _metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as package:
        name = next(one for one in package.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one))
        return package.read(name).decode("utf-8")


def _checked(folder: Path, target: Target) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            Text(
                f"{folder} 已经存在且不是空文件夹，请换一个。",
                f"{folder} exists and is not empty: name another folder.",
            ),
            code="EXISTS",
        )
    if not re.fullmatch(r"3\.(1[1-9]|[2-9]\d)", target.python):
        raise UsageError(
            Text(
                f"Python 版本 {target.python} 不能用：需要 3.11 或更新，例如 --python-version 3.11。",
                f"{target.python} will not do: 3.11 or newer is needed, for example --python-version 3.11.",
            ),
            code="ADDIN_TARGET",
        )
    if target.platform and not re.fullmatch(rf"({'|'.join(SYSTEMS)})\w*", target.platform):
        raise UsageError(
            Text(
                f"不认识平台 {target.platform}：例如 win_amd64、macosx_11_0_arm64。",
                f"{target.platform} is no known platform: write for example win_amd64 or macosx_11_0_arm64.",
            ),
            code="ADDIN_TARGET",
        )


def _own_wheel(wheels: Path, wheel: Path | None, pip: Pip) -> Path:
    """The wheel of this package, in the folder of wheels."""
    if wheel is not None:
        try:
            target = wheels / wheel.name
            target.write_bytes(wheel.read_bytes())
        except OSError:
            raise UsageError(
                Text(f"无法读取 {wheel}：请检查文件是否存在。", f"Cannot read {wheel}: check that it exists."),
                code="NO_FILE",
            ) from None
        return target
    source = library.PACKAGE.parent
    if (source / "pyproject.toml").is_file():
        pip(["wheel", "--no-deps", "--wheel-dir", str(wheels), str(source)])
    else:
        pip(["download", "--no-deps", "--dest", str(wheels), f"deliverybook=={__version__}"])
    return next(wheels.glob("deliverybook-*.whl"))


def _filled(wheels: Path, own: Path, target: Target, pip: Pip) -> None:
    """Fetch everything the package needs on the target."""
    extra: list[str] = []
    for _ in range(ROUNDS):
        pip(["download", "--dest", str(wheels), *target.options(), str(own.resolve()), *extra])
        lacking = missing(wheels, target)
        if not lacking:
            return
        extra += lacking
    names = "、".join(missing(wheels, target))
    raise UsageError(
        Text(
            f"安装包缺少 {names}：请换一个 --platform 或 --python-version。",
            f"The bundle lacks {names}: name another platform or Python.",
        ),
        code="ADDIN_BUNDLE",
    )


def _sums(folder: Path) -> None:
    """List the SHA-256 of every file, as ``sha256sum -c`` and the install scripts read it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in paths
    ]
    (folder / SUMS).write_bytes("".join(lines).encode())
