"""Workbooks with macros: the VBA project put in by pyOpenVBA, the sheet that an add-in must have by XlsxWriter.

Both libraries are for building only and load when something is built. No module runs by itself when a file opens.
Not here: the text of the modules (``vba``, ``vba_functions``, ``runtime``) and the zip package (``package``).
"""

from __future__ import annotations

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.base.records import dataclass
from automation.excel.addin.package import as_kind, contents, packed, with_ribbon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.excel.addin.ribbon import Schema

CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""In the properties of every add-in: fixed, so that the same input gives the same bytes."""
TITLE: Final = "交付簿 Deliverybook"
COMMENT: Final = "客户交付选项卡和工作表函数 / the Client Delivery tab and worksheet functions"
"""What Excel shows of the add-in in its list of add-ins."""


@dataclass(frozen=True, slots=True)
class Module:
    """A standard VBA module: its name and its whole text with CRLF line ends."""

    name: str
    source: str


def with_macros(workbook: bytes, modules: Sequence[Module], ribbons: Mapping[Schema, str]) -> bytes:
    """The macro-enabled workbook (``.xlsm``) made of a macro-free one. Raises AutomationError without pyOpenVBA."""
    return packed(with_ribbon(contents(_with_project(workbook, modules)), ribbons))


def addin(modules: Sequence[Module], ribbons: Mapping[Schema, str], *, properties: Mapping[str, str]) -> bytes:
    """The add-in (``.xlam``) with these document properties. Raises AutomationError without pyOpenVBA."""
    parts = contents(_with_project(_carrier(properties), modules))
    return packed(with_ribbon(as_kind(parts, "xlam"), ribbons))


def _with_project(workbook: bytes, modules: Sequence[Module]) -> bytes:
    try:
        from pyopenvba import ExcelFile  # noqa: PLC0415 - only who builds has it
    except ImportError as error:
        raise AutomationError(
            Text(
                "制作加载项需要 pyOpenVBA，请运行 pip install 'deliverybook[addin]'。",
                "Building the add-in needs pyOpenVBA: run pip install 'deliverybook[addin]'.",
            ),
            code="NO_PYOPENVBA",
        ) from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"
        path.write_bytes(packed(as_kind(contents(workbook), "xlsm")))
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            for module in modules:
                project.add_module(module.name, module.source)
            file.save()
        return path.read_bytes()


def _carrier(properties: Mapping[str, str]) -> bytes:
    """The workbook that becomes the add-in: one sheet, which Excel does not show, and the document properties."""
    import xlsxwriter  # noqa: PLC0415 - only who builds waits for it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Deliverybook")
        sheet.write_column("A1", [TITLE, COMMENT, *(f"{name} {value}" for name, value in properties.items())])
        workbook.set_properties(
            {"title": TITLE, "comments": COMMENT, "author": "Deliverybook", "created": CREATED.replace(tzinfo=None)}
        )
        for name, value in properties.items():
            workbook.set_custom_property(name, value, "text")
    return target.getvalue()
