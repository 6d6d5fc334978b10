"""PDF files through LibreOffice, where it is installed.

Not here: page numbers for contents (``pages``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

TIME_LIMIT = 120
"""Seconds after which a conversion is given up."""

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def program() -> Path | None:
    """The LibreOffice program on this computer, ``None`` where there is none."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def to_pdf(document: bytes, *, seconds: float = TIME_LIMIT) -> bytes:
    """The PDF of a Word document, with its headings as bookmarks.

    LibreOffice runs with a profile of its own, so that one that is open is not disturbed. Raises AutomationError
    with code ``NO_LIBREOFFICE``, ``PDF_TIME`` or ``PDF_FAILED``.
    """
    (found,) = to_pdfs([document], seconds=seconds)
    if found is None:
        raise not_made()
    return found


def to_pdfs(documents: Sequence[bytes], *, seconds: float = TIME_LIMIT) -> list[bytes | None]:
    """The PDF of each Word document, made in one start of LibreOffice; ``None`` for one that it cannot convert.

    ``seconds`` may each document take. Raises AutomationError as ``to_pdf``.
    """
    office = program()
    if office is None:
        raise AutomationError(
            Text(
                "没有找到 LibreOffice，不能生成 PDF：请安装 LibreOffice，或在 Word 中打开文档后另存为 PDF。",
                "LibreOffice was not found, so no PDF can be made: install it, or save the document as PDF in Word.",
            ),
            code="NO_LIBREOFFICE",
        )
    if not documents:
        return []
    with tempfile.TemporaryDirectory(prefix="deliverybook-") as folder:
        sources = [Path(folder, f"document{number}.docx") for number in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        _convert(office, sources, seconds * len(sources))
        targets = [source.with_suffix(".pdf") for source in sources]
        return [target.read_bytes() if target.is_file() else None for target in targets]


def _convert(office: Path, sources: Sequence[Path], seconds: float) -> None:
    folder = sources[0].parent
    profile = folder.joinpath("profile").as_uri()
    command = [
        str(office), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), *map(str, sources),
    ]  # fmt: skip
    try:
        subprocess.run(  # noqa: S603 - a fixed program with our own files
            command, check=True, timeout=seconds, capture_output=True, stdin=subprocess.DEVNULL, env=dict(os.environ)
        )
    except subprocess.TimeoutExpired as error:
        raise AutomationError(
            Text(
                f"LibreOffice 在 {seconds:g} 秒内没有转换完，已停止：请稍后重试，或在 Word 中另存为 PDF。",
                f"LibreOffice did not finish within {seconds:g} seconds and was stopped: try again later, or save the "
                "document as PDF in Word.",
            ),
            code="PDF_TIME",
        ) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise not_made() from error


def not_made() -> AutomationError:
    """The error for a document that LibreOffice could not convert."""
    return AutomationError(
        Text(
            "LibreOffice 没有生成 PDF：请在 LibreOffice 中打开该文档看原因，或在 Word 中另存为 PDF。",
            "LibreOffice made no PDF: open the document there to see why, or save it as PDF in Word.",
        ),
        code="PDF_FAILED",
    )
