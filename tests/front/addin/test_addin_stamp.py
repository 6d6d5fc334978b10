"""The versions that an add-in bears, read from its document properties."""

import io

import pytest
import xlsxwriter

from automation.front.addin.stamp import Stamp, order, stamp_of
from tests.front.addin.addins import addin_bytes


def test_properties_as_the_builder_writes_them():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.add_worksheet()
        workbook.set_custom_property("deliverybook", "1.2.3", "text")
        workbook.set_custom_property("xlwings", "0.37.8", "text")
        workbook.set_custom_property("Firma & Söhne", "<x>", "text")
    assert stamp_of(target.getvalue()) == Stamp("1.2.3", "0.37.8")


def test_an_add_in_without_the_version_of_xlwings():
    assert stamp_of(addin_bytes(version="1.0", xlwings="")) == Stamp("1.0", "")


@pytest.mark.parametrize("data", [b"", b"PK", addin_bytes()[:-30], addin_bytes(version="")], ids=range(4))
def test_what_bears_none_gives_none(data):
    assert stamp_of(data) is None


def test_versions_compare_by_numbers():
    assert order("0.10.1") > order("0.9.12")
