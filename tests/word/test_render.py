"""Filling templates: what values may hold, what templates may not do, and sentences for what is wrong."""

import contextlib
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.base.confined import Limits
from automation.base.errors import TemplateError
from automation.word.design.templates import TEMPLATES, template_bytes
from automation.word.filling import filled
from automation.word.package import unzipped, zipped
from automation.word.render import Properties, render
from automation.word.sandbox import fit, plain
from tests.word.samples import ALL, STATUS_DATE, W, fill, part, parts, request, text_of
from tests.word.samples import TEMPLATES as SHIPPED

HARD = "A & B <C> \"q\" 'a' 😀 𠮷野家 ｛{{ 7*7 }}｝ &amp; %s ]]>"
PROPERTIES = Properties("Title", STATUS_DATE, "zh")


@pytest.fixture
def template(tmp_path):
    """Makes a template whose last paragraph is a text of tags."""

    def make(tags):
        found = unzipped(template_bytes(TEMPLATES[1], "zh"))
        document = found["word/document.xml"].decode()
        start, end = document.index("<w:body>") + 8, document.rindex("<w:sectPr>")
        escaped = tags.replace("&", "&amp;").replace("<", "&lt;")
        paragraph = f'<w:p><w:r><w:t xml:space="preserve">{escaped}</w:t></w:r></w:p>'
        found["word/document.xml"] = (document[:start] + paragraph + document[end:]).encode()
        for name in ("word/header1.xml", "word/footer1.xml", "word/header3.xml", "word/footer3.xml"):
            found[name] = found["word/header2.xml" if "header" in name else "word/footer2.xml"]
        path = tmp_path / "zh" / "own.docx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zipped(found))
        return path

    return make


def shown(path, **values):
    data = render(path, values, properties=PROPERTIES)
    return text_of(part(data).find(f"{W}body"))


def refused(path, **values):
    with pytest.raises(TemplateError) as caught:
        render(path, values, properties=PROPERTIES)
    return caught.value


class TestValues:
    def test_signs_of_xml_and_rare_characters_are_kept(self, template):
        assert shown(template("[{{ text }}]"), text=HARD) == f"[{HARD}]"

    def test_lines_become_line_breaks_and_tabs_stay(self, template):
        body = part(render(template("{{ text }}"), {"text": "a\r\nb\tc\nd"}, properties=PROPERTIES))
        run = body.find(f".//{W}r")
        assert [node.tag.removeprefix(W) for node in run] == ["t", "br", "t", "tab", "t", "br", "t"]
        assert text_of(run) == "abcd"

    def test_loops_and_conditions_work(self, template):
        path = template(
            "{% for row in rows %}{{ loop.index }}{{ row.name }}{% if not loop.last %}, {% endif %}{% endfor %}"
        )
        assert shown(path, rows=[{"name": "x"}, {"name": "y"}]) == "1x, 2y"

    def test_a_key_with_the_name_of_a_method_is_the_key(self, template):
        assert shown(template("{{ row.items }}{{ row.keys }}"), row={"items": "i", "keys": "k"}) == "ik"

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
    def test_any_text_comes_out_as_it_went_in(self, template, text):
        clean = fit(text)
        expected = clean.replace("\n", "").replace("\t", "")
        for doubled, single in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            expected = expected.replace(doubled, single)  # docxtpl's way to write a tag as text
        assert shown(template("{{ text }}"), text=text) == expected

    def test_characters_that_xml_cannot_hold_are_left_out(self):
        assert fit("a\x00\x07\x0bb\ud800\uffffc") == "abc"
        assert fit("a\u2028b\rc") == "a\nb\nc"

    @pytest.mark.parametrize("value", [STATUS_DATE, object(), {1: "x"}, b"x", {"a": [{"b": {1, 2}}]}])
    def test_only_plain_values_reach_a_template(self, value):
        with pytest.raises(TypeError, match="context"):
            plain({"value": value})


class TestWrongTemplates:
    def test_an_unknown_field_is_named_with_its_template(self, template):
        error = refused(template("{{ project.nmae }}"), project={"name": "x"})
        assert error.text.zh == (
            "Word 模板 zh/own.docx 正文第 1 段“{{ project.nmae }}”：没有字段“project.nmae”，是否应为“project.name”。"
            "请在 Word 中改正，或运行 deliverybook template check。"
        )
        assert "there is no field “project.nmae” (did you mean “project.name”?)" in error.text.en

    @pytest.mark.parametrize(
        "tags", ["{{ missing }}", "{% if missing %}x{% endif %}", "{% for a in missing %}{% endfor %}"]
    )
    def test_a_missing_value_is_never_printed_as_nothing(self, template, tags):
        assert "“missing”" in refused(template(tags)).text.zh

    @pytest.mark.parametrize(
        "tags",
        ["{{ text", "{% for a in b %}", "{% endfor %}", "{{ text | nonsense }}", "{{ text + 1 }}", "{% include 'x' %}"],
    )
    def test_a_broken_tag_gives_one_sentence_with_the_template(self, template, tags):
        error = refused(template(tags), text="x", b=[])
        assert error.text.zh.startswith("Word 模板 zh/own.docx ")
        assert (tags in error.text.zh) or "concatenate" in error.text.zh
        assert "\n" not in error.text.zh + error.text.en

    def test_a_missing_or_damaged_file_gives_one_sentence(self, tmp_path):
        assert "找不到 Word 模板" in refused(tmp_path / "zh" / "none.docx").text.zh
        for name, content in (("text.docx", b"no zip"), ("empty.docx", b"")):
            path = tmp_path / name
            path.write_bytes(content)
            assert "已损坏" in refused(path).text.zh
        other = tmp_path / "other.docx"
        with zipfile.ZipFile(other, "w") as package:
            package.writestr("x.txt", "x")
        assert "已损坏" in refused(other).text.zh

    @pytest.mark.parametrize(
        "tags",
        [
            "{{ ''.__class__.__mro__ }}",
            "{{ text.__init__.__globals__ }}",
            "{{ self._TemplateReference__context }}",
            "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
            "{{ lipsum.__globals__ }}",
            "{{ 9**(9**9) }}",
            "{{ 'A'*3000000000 }}",
            "{{ '%0999999999d'|format(1) }}",
            "{{ '%0999999999d' % 1 }}",
            "{{ text.rjust(999999999) }}",
            "{{ text.upper() }}",
            "{% for a in range(99999999) %}{% endfor %}",
            "{{ rows|map('attr', '__class__')|list }}",
            "{{ text|attr('__class__') }}",
        ],
    )
    def test_a_template_can_run_nothing(self, template, tags):
        started = time.process_time()
        refused(template(tags), text="x", rows=["a"])
        assert time.process_time() - started < 5


class TestBytes:
    @pytest.mark.parametrize("which", ALL, ids="-".join)
    def test_equal_data_give_equal_bytes(self, which):
        assert fill(request(*which)) == fill(request(*which))

    def test_parts_are_dated_the_same_and_in_order(self):
        import io

        with zipfile.ZipFile(io.BytesIO(fill(request("D12", "zh")))) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert package.namelist()[0] == "[Content_Types].xml"

    def test_a_changed_value_changes_the_document_only(self):
        found = request("D12", "zh")
        one, other = (
            parts(
                render(
                    SHIPPED / "zh" / "D12.docx",
                    {**found.context, "handover": {**found.context["handover"], "owner": owner}},
                    properties=PROPERTIES,
                )
            )
            for owner in ("甲", "乙")
        )
        assert {name for name in one if one[name] != other[name]} == {"word/document.xml"}


class TestLimits:
    """What the closed world cannot bound ends at the limits of the child process."""

    LOOPS = "".join(f"{{% for a{n} in rows %}}" for n in range(12)) + "x" + "{% endfor %}" * 12
    DOUBLED = "".join("{% set a = a ~ a %}" for _ in range(40))

    @pytest.mark.parametrize(
        ("tags", "limits", "zh"),
        [
            (LOOPS, Limits(1, 30, 2000), "用的时间超过上限"),
            ("{% set a = text %}" + DOUBLED + "{{ a }}", Limits(20, 30, 300), "用的内存超过上限"),
        ],
    )
    def test_a_template_that_would_never_end_is_stopped_with_one_sentence(self, template, tags, limits, zh):
        started = time.monotonic()
        with pytest.raises(TemplateError) as caught:
            filled(template(tags), {"text": "x" * 100, "rows": list(range(50))}, limits=limits)
        assert caught.value.code == "LIMIT"
        assert caught.value.text.zh.startswith(f"填写 Word 模板 zh/own.docx {zh}")
        assert time.monotonic() - started < 25

    @pytest.mark.parametrize("tags", ["{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{% if text %}" * 300])
    def test_tags_nested_too_deep_are_a_wrong_tag(self, template, tags):
        assert refused(template(tags), text="x").code == "TAG"

    def test_a_template_that_unpacks_to_more_than_fits_is_stopped(self, template):
        path = template("{{ text }}")
        parts = unzipped(path.read_bytes())
        body = parts["word/document.xml"]
        cut = body.index(b"<w:sectPr>")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, content in parts.items():
                if name != "word/document.xml":
                    package.writestr(name, content)
            with package.open("word/document.xml", "w") as stream:
                stream.write(body[:cut])
                for _ in range(20):
                    stream.write(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 30_000)
                stream.write(body[cut:])
        with pytest.raises(TemplateError) as caught:
            filled(path, {"text": "x"}, limits=Limits(10, 30, 200))
        assert caught.value.code == "LIMIT"

    @pytest.mark.parametrize(
        "declaration",
        [
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            "<!DOCTYPE x ["
            '<!ENTITY l0 "lol">'
            + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
            + '<!ENTITY e "&l9;">]>',
        ],
    )
    def test_entities_of_a_template_are_not_followed(self, template, declaration):
        path = template("[here]")
        parts = unzipped(path.read_bytes())
        document = parts["word/document.xml"].decode().replace("[here]", "[&e;]")
        start = document.index("<w:document")
        parts["word/document.xml"] = (document[:start] + declaration + document[start:]).encode()
        path.write_bytes(zipped(parts))
        filled_in = None
        with contextlib.suppress(TemplateError):
            filled_in = shown(path)
        assert filled_in in {None, "[]"}
