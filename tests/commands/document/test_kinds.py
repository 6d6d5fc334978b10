"""All documents of the field are there, each with a template in both languages and its own number."""

from automation.commands.documents import DOCUMENTS
from automation.word.design.templates import TEMPLATES

ANNEXES = {"D04I", "D07I", "D10C", "D16R", "D27C"}
"""Second files of a document: what the customer, or only we, may see."""


def test_all_twenty_nine_are_there():
    numbers = {f"D{number:02}" for number in range(1, 30)}
    assert {kind.id for kind in DOCUMENTS} == numbers | ANNEXES
    assert [kind.id for kind in DOCUMENTS] == sorted(kind.id for kind in DOCUMENTS)
    assert {template.id for template in TEMPLATES} == numbers | ANNEXES


def test_names_are_in_both_languages_and_no_two_alike():
    for language in ("zh", "en"):
        names = [kind.name.in_(language) for kind in DOCUMENTS]
        assert all(names)
        assert len(set(names)) == len(names)
