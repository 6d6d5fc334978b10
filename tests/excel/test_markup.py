"""XML with places: every node knows its own bytes, and splicing leaves all others alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.excel.markup import MarkupError, blanked, cell_text, parse, plain_text, splice, tag_with

NAMES = st.sampled_from(["a", "b", "x:c"])
TREES = st.recursive(
    st.builds(lambda name: f"<{name}/>", NAMES),
    lambda inner: st.builds(
        lambda name, value, children: f"<{name} k='>{value}'>{''.join(children)}text</{name} >",
        NAMES,
        st.text("ab &;/", max_size=5).map(lambda text: text.replace("&", "&amp;")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(TREES, st.booleans())
def test_every_node_begins_and_ends_with_its_own_tags(tree, has_mark):
    xml = (b"\xef\xbb\xbf" if has_mark else b"") + f'<r xmlns:x="u">{tree}</r>'.encode()
    pending = [parse(xml)]
    while pending:
        node = pending.pop()
        whole = xml[node.start : node.end]
        assert whole.startswith(b"<")
        assert whole.endswith(b">")
        parse(whole.replace(b" k=", b' xmlns:x="u" k=', 1) if b" k=" in whole else whole.replace(b"x:", b""))
        assert node.is_empty_tag == whole.endswith(b"/>")
        pending += node.children


def test_splicing_keeps_the_order_of_pieces_at_one_place():
    assert splice(b"abcdef", [(4, 6, b"X"), (2, 2, b"1"), (2, 2, b"2"), (2, 3, b"C")]) == b"ab12CdX"
    with pytest.raises(ValueError, match="1"):
        splice(b"abc", [(0, 2, b""), (1, 3, b"")])


def test_a_tag_keeps_everything_but_the_named_attributes():
    tag = b'<c r="B2"\n s=\'5\' t="s" x:y="1" />'
    assert tag_with(tag, {b"s": b"7"}) == b'<c r="B2"\n s="7" t="s" x:y="1" />'
    assert tag_with(tag, {b"t": None}) == b'<c r="B2"\n s=\'5\' x:y="1" />'
    assert tag_with(b"<c/>", {b"t": b"b", b"q": None}) == b'<c t="b"/>'


def test_comments_cdata_and_instructions_are_blanked_at_the_same_length():
    xml = b"<a><!-- <b/> --><![CDATA[<b/>]]><?p <b/>?><b/></a>"
    clean = blanked(xml)
    assert len(clean) == len(xml)
    assert clean.count(b"<b/>") == 1
    assert clean.index(b"<b/>") == xml.rindex(b"<b/>")


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("_x0041F")), max_size=30))
def test_escaping_text_and_back_gives_the_same_text(text):
    assert plain_text(cell_text(text)) == text


def test_what_is_not_well_formed_is_an_error():
    for xml in (b"<a>", b"<a></b>", b"", b"<a b=c/>"):
        with pytest.raises(MarkupError):
            parse(xml)
