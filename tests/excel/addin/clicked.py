"""What the shim of RunPython starts for a whole click: real xlwings over the very LibreOffice that runs the macro.

``python clicked.py COMMAND --wb=NAME --from_xl=1`` connects to the office by its pipe, gives xlwings the workbook that is
open there, runs the command, and notes in ``NOTE`` what the status bar says. Not here: the click (``front.ribbon``).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NOTE = "DELIVERYBOOK_TEST_NOTE"
"""The environment variable that names the file which says that the click is over."""


def attached():
    """An office as ``tests.excel.live.soffice.Office`` has it, but the one whose macro started this process."""
    from tests.excel.addin.office import PIPE
    from tests.excel.live.soffice import Office, bridge

    class Attached(Office):
        def __init__(self):
            self.uno = bridge()
            self.process = None
            self.context = self._connected(f"uno:pipe,name={os.environ[PIPE]};urp;StarOffice.ComponentContext")
            self.desktop = self._service("com.sun.star.frame.Desktop")

        def load(self, path):
            documents = self.desktop.Components.createEnumeration()
            while documents.hasMoreElements():
                document = documents.nextElement()
                if path.resolve().as_uri() == document.URL:
                    return document
            raise FileNotFoundError(path)

        def only_book(self):
            documents = self.desktop.Components.createEnumeration()
            return Path(self.uno.fileUrlToSystemPath(documents.nextElement().URL))

    return Attached()


def main() -> None:
    sys.path.insert(0, str(ROOT))
    import xlwings

    from tests.excel.live.engine import App, Engine

    App.pid = property(lambda _: os.getppid())
    office = attached()
    impl = Engine(office)
    impl.app.own.open(office.only_book())
    engine = xlwings.main.Engine(impl=impl)
    xlwings.engines.add(engine)
    xlwings.engines.active = engine
    try:
        exec(sys.argv[1], {})
        said = {"status": impl.app.own.StatusBar, "asked": impl.app.asked}
    except BaseException as error:
        said = {"error": repr(error)}
        raise
    finally:
        note = Path(os.environ[NOTE])
        note.with_suffix(".new").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        note.with_suffix(".new").replace(note)


if __name__ == "__main__":
    main()
