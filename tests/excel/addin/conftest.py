"""What the tests of the add-in share: an office that runs macros, skipped where there is none."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from tests.excel.addin import office
from tests.judges import give_up


@pytest.fixture(scope="session")
def an_office():
    """Nothing where there is LibreOffice with UNO; in CI a missing one fails the test, elsewhere the test is skipped."""
    if office.missing():
        give_up(office.missing())


@pytest.fixture(scope="session")
def macro_office(an_office, tmp_path_factory):
    """LibreOffice with UNO, running."""
    with office.LibreOffice(tmp_path_factory.mktemp("macro-office")) as running:
        yield running


@pytest.fixture(scope="session")
def plain_book():
    """A macro-free workbook with one sheet, as bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Plan").write("A1", "as it was")
    return target.getvalue()
