"""XML from outside is read without a document type, without entities and within limits."""

import pytest

from automation.base.errors import AutomationError
from automation.exchange import markup
from automation.exchange.markup import parse


def test_elements_are_read_without_their_namespace():
    root = parse(
        b'<Project xmlns="http://schemas.microsoft.com/project"><Tasks><Task> a &amp; b </Task></Tasks></Project>'
    )
    assert root.name == "Project"
    assert [node.text for node in root.all("Tasks", "Task")] == [" a & b "]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "plan-xml"),
        (b"<Project>", "plan-xml"),
        (b"PK\x03\x04 a zip", "plan-xml"),
        (b"\xff\xfe\x00", "plan-xml"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "plan-xml"),
        (b"<Project>&unknown;</Project>", "plan-xml"),
        (b"<!DOCTYPE Project><Project/>", "plan-xml-doctype"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "plan-xml-doctype"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "plan-xml-doctype"),
        (b"<a>" * 1000 + b"</a>" * 1000, "plan-xml"),
    ],
)
def test_a_hostile_or_broken_document_gives_one_clear_error(document, code):
    with pytest.raises(AutomationError) as refused:
        parse(document)
    assert refused.value.code == code
    assert refused.value.text.zh.startswith("无法读取该计划文件：")
    assert refused.value.text.en.startswith("The plan file cannot be read: ")


def test_a_document_with_too_many_elements_or_bytes_is_refused(monkeypatch):
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 10)
    with pytest.raises(AutomationError, match="too many elements"):
        parse(b"<a>" + b"<b/>" * 20 + b"</a>")
    monkeypatch.setattr(markup, "MOST_BYTES", 10)
    with pytest.raises(AutomationError, match="too large"):
        parse(b"<Project></Project>")
