"""PDF files through LibreOffice, where it is installed.

Not here: page numbers for contents (``pages``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from automation.base.errors import AutomationError
from automation.base.findings import Text

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
    office = program()
    if office is None:
        raise AutomationError(
            Text(
                "没有找到 LibreOffice，不能生成 PDF：请安装 LibreOffice，或在 Word 中打开文档后另存为 PDF。",
                "LibreOffice was not found, so no PDF can be made: install it, or save the document as PDF in Word.",
            ),
            code="NO_LIBREOFFICE",
        )
    with tempfile.TemporaryDirectory(prefix="deliverybook-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(document)
        _convert(office, source, seconds)
        target = source.with_suffix(".pdf")
        if not target.is_file():
            raise _failed()
        return target.read_bytes()


def _convert(office: Path, source: Path, seconds: float) -> None:
    profile = source.parent.joinpath("profile").as_uri()
    command = [
        str(office), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    try:
        subprocess.run(  # noqa: S603 - a fixed program with our own file
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
        raise _failed() from error


def _failed() -> AutomationError:
    return AutomationError(
        Text(
            "LibreOffice 没有生成 PDF：请在 LibreOffice 中打开该文档看原因，或在 Word 中另存为 PDF。",
            "LibreOffice made no PDF: open the document there to see why, or save it as PDF in Word.",
        ),
        code="PDF_FAILED",
    )
