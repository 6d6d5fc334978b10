"""New files that a command wants beside its documents: exports as their bytes, charts drawn as pictures.

Not here: Word documents (``outcomes``), the edits of workbooks (``runner``).
"""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from automation.front import state
from automation.planning.filed import FiledPlan
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from automation.model.effects import FileRequest


def write_files(folder: Path, wanted: Sequence[FileRequest]) -> list[Path]:
    """The paths of the files, made in a folder that exists; all are ready before the first is written.

    Raises UsageError when a picture cannot be drawn and WriteRefusedError when a file cannot be written.
    """
    ready = [made for request in wanted for made in _made(request)]
    locks = state.folder("locks")
    return [files.create(folder / name, data, overwrite=True, state=locks) for name, data in ready]


def _made(request: FileRequest) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of what a request comes to."""
    if isinstance(request.content, bytes):
        yield request.name, request.content
        return
    if isinstance(request.content, FiledPlan):
        from automation.exchange.mspdi_writing import plan_xml  # noqa: PLC0415 - few commands export

        yield request.name, plan_xml(request.content)
        return
    os.environ.setdefault("MPLCONFIGDIR", str(state.folder("matplotlib")))  # where it keeps its list of fonts
    from automation.word.charts.drawing import pictures  # noqa: PLC0415 - matplotlib loads only for pictures

    found = pictures(request.content, request.language, titled=True)
    name = PurePath(request.name)
    for number, picture in enumerate(found, start=1):
        yield (request.name if len(found) == 1 else f"{name.stem}-{number}{name.suffix}"), picture.png
