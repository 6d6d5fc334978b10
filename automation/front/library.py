"""Where shipped files are: schemas, templates, configuration, demonstration data; and the catalogue made of them.

A user's own ``schemas/``, ``templates/`` or ``config.yaml`` beside the workbook win over the shipped ones, file by
file. Not here: what the files mean (``schema``).
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation import __version__
from automation.base.errors import SettingsError, TemplateError
from automation.base.findings import Text
from automation.base.records import dataclass
from automation.front import state
from automation.planning import statutory
from automation.schema import catalogue as schema_catalogue
from automation.schema.parameters import from_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Finding
    from automation.base.settings import Settings
    from automation.schema.catalogue import Catalogue

PACKAGE = Path(__file__).resolve().parent.parent
DEMO_DATA = PACKAGE / "demo"
KEPT = 16
"""How many parsed sets of files are remembered."""

Stamps = tuple[tuple[str, str, int, int], ...]
"""Name, path, time of change and size of each file that was parsed."""


def shipped(name: str) -> Path:
    """The path of a shipped file or folder: inside the installed package, or in the source tree."""
    inside = PACKAGE / "_shipped" / name
    return inside if inside.exists() else PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class Library:
    """Files in force for a workbook in ``folder`` (``None``: the shipped ones alone)."""

    folder: Path | None = None

    def schemas(self) -> dict[str, Path]:
        """YAML files of the catalogue by their path below ``schemas/``."""
        found: dict[str, Path] = {}
        for root in self._roots("schemas"):
            found.update({path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*.yaml"))})
        return found

    def catalogue(self) -> Catalogue:
        """The catalogue of the schemas in force. Raises SettingsError when a file cannot be parsed."""
        return _catalogue(_stamps(self.schemas()))

    def template(self, name: str) -> Path:
        """The Word template of that name, such as ``zh/D01.docx``. Raises TemplateError when there is none."""
        for root in reversed(self._roots("templates")):
            if (root / name).is_file():
                return root / name
        raise TemplateError(
            Text(
                f"找不到 Word 模板 {name}：请放到工作簿旁边的 templates 文件夹，或重新安装交付簿。",
                f"Word template {name} is missing: put it into the templates folder beside the workbook, "
                "or reinstall Deliverybook.",
            ),
            code="TEMPLATE_MISSING",
        )

    def settings(self, config: Path | None, catalogue: Catalogue) -> tuple[Settings, tuple[Finding, ...]]:
        """Settings of ``config`` (else of the config.yaml beside the workbook, else the shipped one) with findings."""
        path = config or self._own("config.yaml") or shipped("config.yaml")
        return from_config(config_of(path), catalogue)

    def _own(self, name: str) -> Path | None:
        if self.folder is None or not (self.folder / name).exists():
            return None
        return self.folder / name

    def _roots(self, name: str) -> list[Path]:
        own = self._own(name)
        return [shipped(name)] if own is None else [shipped(name), own]


def config_of(path: Path) -> Any:
    """The parsed content of a config.yaml. Raises SettingsError when it cannot be read."""
    try:
        stamps = _stamps({"config": path})
    except OSError:  # reading it says what is wrong
        stamps = ()
    return _parsed(stamps)["config"] if stamps else _yaml(path)


@lru_cache(maxsize=8)
def _catalogue(stamps: Stamps) -> Catalogue:
    values = _parsed(stamps)
    try:
        return schema_catalogue.from_values(values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SettingsError(
            Text(
                f"schemas 文件夹里的定义不完整（{error}）：请运行 deliverybook schema check 查看并改正。",
                f"The definitions in the schemas folder are not sound ({error}): run deliverybook schema check.",
            ),
            code="SCHEMAS_UNSOUND",
        ) from error


def _stamps(files: Mapping[str, Path]) -> Stamps:
    states = {name: path.stat() for name, path in files.items()}
    return tuple((name, str(files[name]), state.st_mtime_ns, state.st_size) for name, state in states.items())


def _parsed(stamps: Stamps) -> Mapping[str, Any]:
    """The values of YAML files by name, from memory where they are unchanged."""
    values = _remembered(stamps)
    if values is None:
        values = {name: _yaml(Path(path)) for name, path, _, _ in stamps}
        _remember(stamps, values)
    return values


def _memory(stamps: Stamps) -> Path:
    """Where parsed files are remembered: reading YAML takes ten times as long as reading JSON."""
    digest = hashlib.sha256(repr((__version__, stamps)).encode()).hexdigest()[:16]
    return state.folder("cache") / f"schemas-{digest}.json"


def _remembered(stamps: Stamps) -> dict[str, Any] | None:
    try:
        values = json.loads(_memory(stamps).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) else None


def _remember(stamps: Stamps, values: Mapping[str, Any]) -> None:
    """Keep what was parsed for the next start; not being able to is no harm."""
    place = _memory(stamps)
    temporary = place.with_suffix(f".{os.getpid()}")
    try:
        text = json.dumps(values, ensure_ascii=False)
        if json.loads(text) != values:  # a key that is no text would come back as one
            return
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(place)
        for old in sorted(place.parent.glob("schemas-*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink()
    except (OSError, TypeError):
        temporary.unlink(missing_ok=True)


def _yaml(path: Path) -> Any:
    import yaml  # noqa: PLC0415 - what is remembered is not parsed again

    try:
        return schema_catalogue.parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            Text(f"无法读取 {path}:{error}。请检查文件是否存在、编码是否为 UTF-8。", f"Cannot read {path}: {error}."),
            code="CONFIG_UNREADABLE",
        ) from None
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f":{where.line + 1}" if where else ""
        problem = getattr(error, "problem", "") or "YAML"
        raise SettingsError(
            Text(
                f"{path}{line} 不是正确的 YAML({problem})：请检查缩进和冒号后的空格。",
                f"{path}{line} is not valid YAML ({problem}): check indentation and the space after colons.",
            ),
            code="CONFIG_INVALID",
        ) from None


def calendar_rows() -> list[dict[str, Any]]:
    """The calendar sheet of a new workbook: China's statutory holidays and make-up days, with codes of lists."""
    return statutory.calendar_rows(_yaml(PACKAGE / "planning" / "calendars" / "china.yaml"))


def demo_rows() -> Mapping[str, list[dict[str, Any]]]:
    """The rows of the demonstration project by sheet identifier, values as they stand in a Chinese workbook."""
    return {path.stem: _yaml(path) for path in sorted(DEMO_DATA.glob("*.yaml")) if path.stem != "bad_rows"}


def demo_translations() -> Mapping[str, list[dict[str, Any]]]:
    """English texts of the demonstration project by sheet identifier, each row with its key."""
    return {path.stem: _yaml(path) for path in sorted((DEMO_DATA / "en").glob("*.yaml"))}
