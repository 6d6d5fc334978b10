"""One file out of a zip from outside, and no bomb."""

import io
import zipfile

import pytest

from automation.base.errors import UsageError
from automation.exchange import archive
from automation.exchange.archive import unpacked


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("_", "."), content)
    return target.getvalue()


def locked(data):
    """The zip with the bit set that says that its entries need a password."""
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + bytes([data[place] | 1]) + data[place + 1 :]


def test_the_largest_file_with_the_ending_is_taken():
    assert unpacked(zipped(a_reqif=b"1", b_reqif=b"22", c_png=b"333"), "x", ".reqif") == b"22"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "DAMAGED"),
        (b"PK\x03\x04 cut", "DAMAGED"),
        (zipped(a_reqif=b"1" * 5000)[:-30], "DAMAGED"),
        (zipped(a_png=b"1"), "EMPTY"),
        (zipped(a_reqif=b"\0" * 5_000_000), "TOO_LARGE"),
        (locked(zipped(a_reqif=b"1")), "ENCRYPTED"),
    ],
)
def test_what_cannot_be_unpacked_is_one_clear_error(data, code):
    with pytest.raises(UsageError) as refused:
        unpacked(data, "x.reqifz", ".reqif")
    assert refused.value.code == code
    assert "x.reqifz" in refused.value.text.zh


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    with pytest.raises(UsageError) as refused:
        unpacked(zipped(a_reqif=b"1" * 11), "x", ".reqif")
    assert refused.value.code == "TOO_LARGE"
