"""Dated copies of a workbook that is open elsewhere: the pane hands over its bytes, they are kept beside it or here.

Not here: copies of workbooks as files (``store.backups``).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.filenames import safe_file_name
from automation.base.findings import Text
from automation.front import state
from automation.store import backups, files

if TYPE_CHECKING:
    from datetime import datetime

SUFFIXES = (".xlsx", ".xlsm")


def keep(data: bytes, name: str, folder: Path | None, *, now: datetime) -> Path:
    """The copy that was made of these bytes of the workbook ``name``.

    It goes where the backups of a workbook in ``folder`` go; without a folder on this computer, to the user's own.
    Raises UsageError for bytes that are no workbook.
    """
    if not data.startswith(b"PK\x03\x04"):
        raise UsageError(
            Text(
                "没有取得工作簿的内容，未做备份：请保存工作簿后再试。",
                "No workbook came, no copy was made: save it and try again.",
            ),
            code="NO_WORKBOOK",
        )
    given = Path(name.replace("\\", "/")).name
    suffix = Path(given).suffix.lower()
    stem = safe_file_name(Path(given).stem if suffix in SUFFIXES else given) or "workbook"
    book = Path(f"{stem}{suffix if suffix in SUFFIXES else '.xlsx'}")
    place = backups.folder_of(folder / book) if folder else state.folder("copies")
    place.mkdir(parents=True, exist_ok=True)
    path = place / backups.name_of(book, digest=hashlib.sha256(data).hexdigest(), now=now)
    return path if path.exists() else files.create(path, data, state=state.folder("locks"))
