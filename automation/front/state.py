"""Where this user's own files lie: logs, locks, what clicks changed, parsed schemas, the certificate of the task pane.

Not here: anything of a workbook, which stays beside it.
"""

from __future__ import annotations

import os
from pathlib import Path


def folder(name: str = "") -> Path:
    """A folder of this user, made if need be: ``$DELIVERYBOOK_STATE``, else ``~/.deliverybook``, else a temporary one."""
    root = Path(os.environ.get("DELIVERYBOOK_STATE") or Path.home() / ".deliverybook")
    wanted = root / name
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)  # cells, documents and copies of customers lie in it
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        import tempfile  # noqa: PLC0415 - hardly ever needed

        wanted = Path(tempfile.gettempdir()) / "deliverybook" / name
        wanted.mkdir(parents=True, exist_ok=True)
    return wanted


def log_bug(what: str) -> Path:
    """The log to which the error that is being handled was added, with what was asked for."""
    import traceback  # noqa: PLC0415 - only a bug waits for it
    from datetime import datetime  # noqa: PLC0415 - as above

    from automation import __version__  # noqa: PLC0415 - as above
    from automation.base.secrets import without_passwords  # noqa: PLC0415 - as above

    log = folder() / "error.log"
    with log.open("a", encoding="utf-8") as stream:
        stream.write(
            f"{datetime.now().astimezone().isoformat()} deliverybook {__version__} {without_passwords(what)}\n"
        )
        stream.write(f"{without_passwords(traceback.format_exc())}\n")
    return log
