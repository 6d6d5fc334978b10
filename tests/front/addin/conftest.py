"""Invented Windows and macOS machines: folders of one person below a temporary folder, and a shipped add-in."""

import pytest

from automation.front.addin import setup
from automation.front.addin.places import Places
from tests.front.addin.addins import addin_bytes


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The add-in that comes with the package, as a file that a test may change."""
    path = tmp_path / "package" / "deliverybook.xlam"
    path.parent.mkdir()
    path.write_bytes(addin_bytes())
    monkeypatch.setattr(setup, "shipped_addin", lambda: path)
    return path


@pytest.fixture
def windows(tmp_path, shipped):
    """A person called 张三 on Windows, with Deliverybook in an environment below the home folder."""
    home = tmp_path / "Users" / "张三"
    scripts = home / "AppData" / "Local" / "Deliverybook" / "py311" / "Scripts"
    scripts.mkdir(parents=True)
    for name in ("python.exe", "pythonw.exe"):
        (scripts / name).write_bytes(b"")
    return Places(
        platform="win32",
        home=home,
        roaming=home / "AppData" / "Roaming",
        state=home / ".deliverybook",
        executable=scripts / "python.exe",
        base=tmp_path / "Programs" / "Python311",
        encoding="cp1252",
    )


@pytest.fixture
def macos(tmp_path, shipped):
    """A person on macOS who has started Excel before."""
    home = tmp_path / "Users" / "zhang"
    (home / "Library/Group Containers/UBF8T346G9.Office").mkdir(parents=True)
    (home / "Library/Containers/com.microsoft.Excel/Data").mkdir(parents=True)
    python = home / ".deliverybook" / "py311" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_bytes(b"")
    return Places(
        platform="darwin",
        home=home,
        roaming=home / "unused",
        state=home / ".deliverybook",
        executable=python,
        base=tmp_path / "Library" / "Python",
    )
