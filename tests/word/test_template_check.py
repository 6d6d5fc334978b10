"""A template that people have changed: what is wrong with it, where, and what to write instead."""

import io

import docx
import pytest

from automation.base.errors import TemplateError
from automation.word.template_check import OPEN, check, merged_shape, shape_of, with_comments

SHAPE = shape_of(
    {
        "document": {"number": "P-1", "title": "x"},
        "rows": [{"name": "a", "owner": "b"}, {"name": "c", "late": ""}],
        "empty": [],
        "pictures": {"gantt": ""},
    }
)


def template(*paragraphs, table=(), header=""):
    made = docx.Document()
    for text in paragraphs:
        found = made.add_paragraph()
        for piece in text if isinstance(text, tuple) else (text,):
            found.add_run(piece)
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for number, row in enumerate(table):
            for column, text in enumerate(row):
                grid.cell(number, column).text = text
    if header:
        made.sections[0].header.paragraphs[0].text = header
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def faults(*paragraphs, **more):
    return [(fault.place.text().zh, fault.what.zh) for fault in check(template(*paragraphs, **more), SHAPE).faults]


def test_a_sound_template_has_no_fault():
    sound = template(
        "{{ document.number }} {{ document.title|upper }}",
        "{%p for row in rows %}",
        "{{ loop.index }} {{ row.name }}{% if row.late %} !{% else %} ok{% endif %}",
        "{%p endfor %}",
        "{%p for one in empty %}",
        "{{ one.anything }}",
        "{%p endfor %}",
        table=(("{%tr for row in rows %}", ""), ("{{ row.name }}", "{{ row.owner }}"), ("{%tr endfor %}", "")),
    )
    found = check(sound, SHAPE)
    assert found.faults == ()
    assert found.unused == ()


def test_an_unknown_field_is_told_with_its_place_and_the_nearest_field():
    assert faults("text", "{{ document.numbr }}") == [
        ("正文第 2 段", "没有字段“document.numbr”，是否应为“document.number”")
    ]
    assert faults("{{ documnt.number }}")[0][1] == "没有字段“documnt.number”，是否应为“document.number”"


def test_a_field_of_a_loop_is_told_with_table_row_and_column():
    table = (("a", "b"), ("{%tr for row in rows %}", ""), ("{{ row.name }}", "{{ row.ownr }}"), ("{%tr endfor %}", ""))
    assert faults(table=table) == [("正文第 1 个表格第 3 行第 2 列", "没有字段“row.ownr”，是否应为“row.owner”")]


def test_a_field_in_the_header_is_told():
    assert faults(header="{{ document.titel }}") == [
        ("页眉第 1 段", "没有字段“document.titel”，是否应为“document.title”")
    ]


def test_a_tag_that_word_has_split_into_runs_is_read_whole():
    assert faults(("{{ docu", "ment.num", "ber }}")) == []
    assert len(faults(("{{ docu", "ment.nummer }}"))) == 1


@pytest.mark.parametrize(
    ("paragraphs", "what"),
    [
        (("{%p for row in rows %}", "{{ row.name }}"), "“for”没有结束，缺少“{%p endfor %}”"),
        (("{%p endfor %}",), "前面没有对应的“for”"),
        (("{%p if rows %}", "{%p endfor %}", "{%p endif %}"), "前面没有对应的“for”"),
        (("{%p for row in rows %}", "{% endfor %}"), "开头用“{%p”，结尾也应写成“{%p endfor %}”"),
        (("{{ document.number }",), "标记没有写完整，应为“{{ 字段 }}”或“{% … %}”"),
        (("{% for in rows %}", "{% endfor %}"), "循环应写成“for 变量 in 列表”"),
        (("{% for x in document %}{% endfor %}",), "“document”不是列表，不能循环"),
        (("{% include 'x' %}",), "“include”不能用在模板里"),
        (("{% else %}",), "“else”前面没有 if 或 for"),
    ],
)
def test_broken_loops_and_tags_are_told(paragraphs, what):
    assert what in [found for _, found in faults(*paragraphs)]


def test_a_loop_over_rows_ends_in_its_own_table():
    made = docx.Document()
    for text in ("{%tr for row in rows %}", "{%tr endfor %}"):
        made.add_table(1, 1).cell(0, 0).text = text
        made.add_paragraph("between")
    target = io.BytesIO()
    made.save(target)
    assert [one.what.zh for one in check(target.getvalue(), SHAPE).faults] == ["表格行的循环应在同一个表格里结束"]


def test_fields_that_are_not_used_are_listed():
    assert check(template("{{ document.number }}"), SHAPE).unused == ("rows", "empty")


def test_faults_stand_as_comments_in_the_copy():
    data = template("good {{ document.number }}", "bad {{ document.numbr }}")
    copy = docx.Document(io.BytesIO(with_comments(data, check(data, SHAPE).faults)))
    (comment,) = copy.comments
    assert "document.number" in comment.text
    assert [paragraph.text for paragraph in copy.paragraphs] == [
        "good {{ document.number }}",
        "bad {{ document.numbr }}",
    ]


def test_what_is_no_word_file_is_refused():
    with pytest.raises(TemplateError):
        check(b"not a file", SHAPE)


def test_shapes_of_lists_are_those_of_all_their_elements():
    assert SHAPE["rows"] == [{"name": None, "owner": None, "late": None}]
    assert SHAPE["empty"] == [OPEN]
    assert merged_shape({"a": [OPEN]}, {"a": [{"b": None}]}) == {"a": [{"b": None}]}
