"""One hidden LibreOffice of its own profile, driven through UNO. Not here: what is done with its documents."""

from __future__ import annotations

import builtins
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BRIDGE = "/usr/lib/python3/dist-packages"
"""Where Debian keeps the Python bridge; it works from any Python of the same version."""
MISSING = "LibreOffice with its Python bridge: apt-get install libreoffice-calc python3-uno"


def bridge():
    """The module ``uno``. It puts an import function of its own in place of Python's, which is put back."""
    kept = builtins.__import__
    sys.path.append(BRIDGE)
    try:
        import uno
    except ImportError as error:
        raise FileNotFoundError(MISSING) from error
    finally:
        sys.path.remove(BRIDGE)
        builtins.__import__ = kept
    return uno


class Office:
    """One hidden office of its own profile; ``close`` ends it."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise FileNotFoundError(MISSING)
        self.uno = bridge()
        pipe = f"deliverybook{uuid.uuid4().hex}"
        words = ["--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        self.process = subprocess.Popen(
            [program, profile, *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.context = self._connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self._service("com.sun.star.frame.Desktop")

    def _connected(self, url):
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + 90
        while True:
            try:
                return resolver.resolve(url)
            except Exception:
                if time.monotonic() > until or self.process.poll() is not None:
                    self.close()
                    raise
                time.sleep(0.1)

    def _service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def struct(self, name, **values):
        made = self.uno.createUnoStruct(name)
        for key, value in values.items():
            setattr(made, key, value)
        return made

    def load(self, path: Path):
        hidden = self.struct("com.sun.star.beans.PropertyValue", Name="Hidden", Value=True)
        document = self.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (hidden,))
        assert document is not None, f"LibreOffice does not open {path}"
        return document

    def close(self):
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
