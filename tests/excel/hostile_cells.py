"""Bad files whose package is sound and whose sheets are not: absurd sizes, odd cells, headers moved, content that bites.

Every maker changes the requirements sheet of a good workbook. Not here: damaged packages and XML (``hostile_files``).
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tests.excel.hostile_files import MAIN, PACKAGES, RELATIONS, STRINGS, STYLES, TYPES, WORKBOOK, Case, swapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.excel.hostile_files import Book

LAST = 1_048_576
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(xml: bytes, address: str, inner: str, attributes: str = "") -> bytes:
    """A sheet with one cell that is there replaced by another; its style is kept."""
    found = re.search(rb'<c r="%s"( s="\d+")?[^>]*?(?:/>|>.*?</c>)' % address.encode(), xml)
    assert found, address
    style = (found[1] or b"").decode()
    new = f'<c r="{address}"{style} {attributes}>{inner}</c>'.encode()
    return xml[: found.start()] + new + xml[found.end() :]


def cells(book: Book, *changes: tuple[str, str, str]) -> bytes:
    """The workbook with cells of the requirements sheet replaced: address, content, attributes."""
    xml = book.parts[book.sheet]
    for address, inner, attributes in changes:
        xml = cell(xml, address, inner, attributes)
    return book.with_parts({book.sheet: xml})


def text(value: str) -> tuple[str, str]:
    return f"<is><t>{value}</t></is>", 't="inlineStr"'


def rows(book: Book, added: str | bytes, *, part: str = "") -> bytes:
    """The workbook with rows added at the end of a sheet."""
    part = part or book.sheet
    added = added.encode() if isinstance(added, str) else added
    return book.with_parts({part: swapped(book.parts[part], "</sheetData>", added + b"</sheetData>")})


def numbered(first: int, count: int, row: Callable[[int], str]) -> str:
    return "".join(row(number) for number in range(first, first + count))


def styled_rows(book: Book, count: int, columns: int) -> bytes:
    letters = [chr(65 + number) for number in range(columns)]

    def row(number: int) -> str:
        inside = "".join(f'<c r="{letter}{number}" s="1"/>' for letter in letters)
        return f'<row r="{number}" s="1" customFormat="1">{inside}</row>'

    return rows(book, numbered(LAST - count + 1, count, row))


def full_rows(book: Book, count: int) -> bytes:
    """Rows of twenty numbers each, without a single address: what packs best."""
    return rows(book, (b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>") * count)


def addressed_rows(book: Book, count: int) -> bytes:
    """Rows of twenty numbers each, as a program writes them."""
    letters = [chr(65 + number) for number in range(20)]

    def row(number: int) -> str:
        inside = "".join(f'<c r="{letter}{number}"><v>{number * 7 % 10_007}</v></c>' for letter in letters)
        return f'<row r="{number}">{inside}</row>'

    return rows(book, numbered(5000, count, row))


def echoed(book: Book, size: int, count: int) -> bytes:
    """One long shared text and many cells that show it."""
    strings = re.sub(rb' (?:count|uniqueCount)="\d+"', b"", book.parts[STRINGS])
    index = strings.count(b"<si>")
    strings = swapped(strings, "</sst>", f"<si><t>{'x' * size}</t></si></sst>")
    added = numbered(1000, count, lambda n: f'<row r="{n}"><c r="A{n}" t="s"><v>{index}</v></c></row>')
    return book.with_parts(
        {STRINGS: strings, book.sheet: swapped(book.parts[book.sheet], "</sheetData>", added + "</sheetData>")}
    )


def before_rest(book: Book, element: str) -> bytes:
    """The workbook with an element right after the requirements sheet's data."""
    return book.replaced(book.sheet, "</sheetData>", f"</sheetData>{element}")


def merges(count: int) -> str:
    ranges = "".join(f'<mergeCell ref="AT{2 * n}:AU{2 * n + 1}"/>' for n in range(1, count + 1))
    return f'<mergeCells count="{count}">{ranges}</mergeCells>'


def many_styles(book: Book) -> bytes:
    return book.replaced(
        STYLES, "</cellXfs>", '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 1_000_000 + "</cellXfs>"
    )


def many_names(book: Book) -> bytes:
    names = "".join(f'<definedName name="n{n}">$A${n}</definedName>' for n in range(1, 100_001))
    return book.replaced(WORKBOOK, "<definedNames>", f"<definedNames>{names}")


def many_sheets(book: Book, count: int = 3000) -> bytes:
    """The workbook with thousands of further sheets, each its own part."""
    parts = {
        f"xl/worksheets/more{n}.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
        for n in range(count)
    }
    sheets = "".join(f'<sheet name="m{n}" sheetId="{n + 1000}" r:id="rIdm{n}"/>' for n in range(count))
    relations = "".join(
        f'<Relationship Id="rIdm{n}" Type="{R}/worksheet" Target="worksheets/more{n}.xml"/>' for n in range(count)
    )
    return book.with_parts(
        {
            **parts,
            WORKBOOK: swapped(book.parts[WORKBOOK], "</sheets>", sheets + "</sheets>"),
            RELATIONS: swapped(book.parts[RELATIONS], "</Relationships>", relations + "</Relationships>"),
        }
    )


def shown_many_times(book: Book, count: int = 3000) -> bytes:
    """The workbook with thousands of sheets that are all one part."""
    sheets = "".join(f'<sheet name="m{n}" sheetId="{n + 1000}" r:id="rIdm"/>' for n in range(count))
    target = book.sheet.removeprefix("xl/")
    return book.with_parts(
        {
            WORKBOOK: swapped(book.parts[WORKBOOK], "</sheets>", sheets + "</sheets>"),
            RELATIONS: swapped(
                book.parts[RELATIONS],
                "</Relationships>",
                f'<Relationship Id="rIdm" Type="{R}/worksheet" Target="{target}"/></Relationships>',
            ),
        }
    )


def external(book: Book, link: str, target: str, kind: str) -> bytes:
    """The workbook with an external link, and a cell whose formula uses it."""
    relation = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    at = book.columns["性能指标"]
    return book.with_parts(
        {
            "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}" xmlns:r="{R}">{link}</externalLink>'.encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": relation.encode(),
            TYPES: swapped(
                book.parts[TYPES],
                "</Types>",
                '<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>',
            ),
            RELATIONS: swapped(
                book.parts[RELATIONS],
                "</Relationships>",
                f'<Relationship Id="rIdx" Type="{R}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
            ),
            WORKBOOK: swapped(
                book.parts[WORKBOOK],
                "</sheets>",
                '</sheets><externalReferences><externalReference r:id="rIdx"/></externalReferences>',
            ),
            book.sheet: cell(book.parts[book.sheet], f"{at}2", "<f>[1]Sheet1!A1</f><v>cached</v>", 't="str"'),
        }
    )


def header(book: Book, change: Callable[[bytes, str], bytes]) -> bytes:
    return book.with_parts({book.sheet: change(book.parts[book.sheet], book.columns["需求名称"])})


def moved_down(book: Book) -> bytes:
    """Three rows put above the header: every row number three higher."""
    xml = re.sub(
        rb'<row r="(\d+)"|<c r="([A-Z]+)(\d+)"',
        lambda m: b'<row r="%d"' % (int(m[1]) + 3) if m[1] else b'<c r="%s%d"' % (m[2], int(m[3]) + 3),
        book.parts[book.sheet],
    )
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>需求清单（内部）</t></is></c></row><row r="2"/>'
    return book.with_parts({book.sheet: swapped(xml, "<sheetData>", f"<sheetData>{title}")})


def swapped_columns(book: Book) -> bytes:
    """Two columns change places, headers and all, as someone drags them in Excel."""
    one, two = book.columns["需求名称"], book.columns["状态"]

    def turned(match: re.Match[bytes]) -> bytes:
        other = {one.encode(): two, two.encode(): one}.get(match[1], match[1].decode())
        return f'<c r="{other}{match[2].decode()}"'.encode()

    xml = re.sub(rb'<c r="([A-Z]+)(\d+)"', turned, book.parts[book.sheet])

    def ordered(match: re.Match[bytes]) -> bytes:
        found = re.findall(rb'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', match[2])
        key = lambda one: (len(re.match(rb'<c r="([A-Z]+)', one)[1]), one)  # noqa: E731
        return match[1] + b"".join(sorted(found, key=key)) + b"</row>"

    return book.with_parts({book.sheet: re.sub(rb"(<row [^>]*>)(.*?)</row>", ordered, xml)})


def tables_to_ranges(book: Book) -> bytes:
    """Every table converted to a range (Table Design > Convert to Range)."""
    parts: dict[str, bytes | None] = {}
    for name, content in book.parts.items():
        if name.startswith(("xl/tables/", "xl/worksheets/_rels/")):
            parts[name] = None
        elif name.startswith("xl/worksheets/"):
            parts[name] = re.sub(rb"<tableParts.*?</tableParts>|<drawing [^>]*/>", b"", content)
    parts[TYPES] = re.sub(rb'<Override PartName="/xl/tables/[^>]*/>', b"", book.parts[TYPES])
    return book.with_parts(parts)


def dates(book: Book, value: str, attributes: str = "") -> bytes:
    return cells(book, (f"{book.columns['提出日期']}2", f"<v>{value}</v>", attributes))


def without_values(book: Book) -> bytes:
    """Formulas as openpyxl writes them: no computed values."""
    at = [book.columns[name] for name in ("重要性", "状态", "需求名称", "提出日期")]
    return cells(book, *((f"{letters}{row}", "<f>A1</f>", "") for letters in at for row in (2, 3, 4)))


def sheet_renamed(book: Book, new: str) -> bytes:
    return book.replaced(WORKBOOK, 'name="需求"', f'name="{new}"')


INJECTIONS = ("=1+1", "=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=HYPERLINK(&quot;http://x&quot;)")


def somebody_elses(book: Book) -> bytes:
    numbers = itertools.count()
    renamed = re.sub(rb'<sheet name="[^"]*"', lambda _: b'<sheet name="T%d"' % next(numbers), book.parts[WORKBOOK])
    return book.with_parts({WORKBOOK: renamed})


def injected(book: Book) -> bytes:
    at = book.columns["需求名称"]
    return cells(book, *((f"{at}{row}", *text(value)) for row, value in enumerate(INJECTIONS, start=2)))


def far(address_a: str, address_b: str, *, quote: str = '"', row: str = ' r="{}"') -> Callable[[Book], bytes]:
    """Two cells that span the whole sheet, written in a way of one's own."""

    def make(book: Book) -> bytes:
        pieces = []
        for address in (address_a, address_b):
            number = re.sub(r"\D", "", address)
            pieces.append(f"<row{row.format(number)}><c r={quote}{address}{quote}><v>1</v></c></row>")
        return rows(book, "".join(pieces))

    return make


SHEETS: tuple[Case, ...] = (
    Case(
        "dimension",
        "范围谎称 A1:XFD1048576",
        "dimension says A1:XFD1048576",
        lambda b: b.with_parts(
            {b.sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', b.parts[b.sheet])}
        ),
    ),
    Case(
        "dimension-small",
        "范围谎称 A1",
        "dimension says A1",
        lambda b: b.with_parts({b.sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', b.parts[b.sheet])}),
    ),
    Case("far", "XFD1048576 有一个单元格", "one cell at XFD1048576", far("A5000", "XFD1048576")),
    Case(
        "far-column",
        "XFD 列有一个单元格",
        "one cell in column XFD",
        lambda b: rows(b, '<row r="5000"><c r="XFD5000"><v>1</v></c></row>'),
    ),
    Case(
        "far-row",
        "最后一行有一个单元格",
        "one cell in the last row",
        lambda b: rows(b, f'<row r="{LAST}"><c r="B{LAST}"><v>1</v></c></row>'),
    ),
    Case("far-quotes", "同上，单引号", "far, in apostrophes", far("A5000", "XFD1048576", quote="'")),
    Case(
        "far-spaces",
        "同上，等号两边有空白",
        "far, blanks around the sign",
        far("A5000", "XFD1048576", row='\tr\n=\t"{}"'),
    ),
    Case("far-no-row", "同上，行没有行号", "far, rows without numbers", far("A5000", "XFD1048576", row="")),
    Case("far-lower", "同上，小写列号", "far, in small letters", far("a5000", "xfd1048576")),
    Case(
        "far-first",
        "同上，先远后近",
        "far, the far row first",
        lambda b: b.replaced(b.sheet, "<sheetData>", f'<sheetData><row r="{LAST}"><c r="XFD{LAST}"><v>1</v></c></row>'),
    ),
    Case(
        "far-beyond",
        "行号 4294967295",
        "row 4,294,967,295",
        lambda b: rows(b, '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'),
    ),
    Case(
        "far-column-beyond",
        "列号 ZZZZZZZ",
        "column ZZZZZZZ",
        lambda b: rows(b, '<row r="5000"><c r="ZZZZZZZ5000"><v>1</v></c></row>'),
    ),
    Case("row-zero", "行号 0", "row 0", lambda b: rows(b, '<row r="0"><c r="A0"><v>1</v></c></row>')),
    Case("wide-band", "30 列满一百万行", "cells at the corners of a million rows by 30", far("A5000", "AD1048576")),
    Case(
        "styled-rows",
        "一百万个空的带格式行",
        "a million empty styled rows",
        lambda b: styled_rows(b, 1_000_000, 0),
        big=True,
    ),
    Case(
        "styled-cells",
        "一百万行各 20 个空的带格式单元格",
        "a million rows of 20 empty styled cells",
        lambda b: styled_rows(b, 1_000_000, 20),
        big=True,
    ),
    Case(
        "full-rows", "一百万行各 20 个数", "a million rows of 20 numbers", lambda b: full_rows(b, 1_000_000), big=True
    ),
    Case(
        "addressed-rows",
        "30 万行各 20 个有地址的数",
        "300,000 rows of 20 numbers with addresses",
        lambda b: addressed_rows(b, 300_000),
        big=True,
    ),
    Case(
        "styled-less",
        "20 万行各 20 个空的带格式单元格",
        "200,000 rows of 20 empty styled cells",
        lambda b: styled_rows(b, 200_000, 20),
        big=True,
    ),
    Case(
        "echo",
        "一条 1 MB 文字显示十万次",
        "a text of 1 MB shown 100,000 times",
        lambda b: echoed(b, 1_000_000, 100_000),
        big=True,
    ),
    Case(
        "echo-small",
        "一条 30 KB 文字显示两万次",
        "a text of 30 KB shown 20,000 times",
        lambda b: echoed(b, 30_000, 20_000),
        big=True,
    ),
    Case(
        "echo-exact",
        "一条 3000 字的文字显示五千次",
        "a text of 3,000 characters shown 5,000 times",
        lambda b: echoed(b, 3_000, 5_000),
    ),
    Case("merges", "20 万个合并区域", "200,000 merged ranges", lambda b: before_rest(b, merges(200_000)), big=True),
    Case("many-styles", "一百万个样式", "a million cell styles", many_styles, big=True),
    Case("many-names", "十万个名称", "100,000 defined names", many_names, big=True),
    Case("many-sheets", "三千张工作表", "3,000 sheets", many_sheets, big=True),
    Case("one-part", "三千张表指向同一部分", "3,000 sheets that are one part", shown_many_times, big=True),
    Case(
        "bad-string",
        "共享字符串序号越界",
        "a shared string that is not there",
        lambda b: cells(b, (f"{b.columns['需求名称']}2", "<v>99999999</v>", 't="s"')),
    ),
    Case(
        "negative-string",
        "共享字符串序号为负",
        "a shared string number of -1",
        lambda b: cells(b, (f"{b.columns['需求名称']}2", "<v>-1</v>", 't="s"')),
    ),
    Case(
        "string-count",
        "共享字符串自称 42 亿条",
        "shared strings that claim four billion",
        lambda b: b.with_parts({STRINGS: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', b.parts[STRINGS])}),
    ),
    Case(
        "long-text",
        "一格 40 000 字",
        "a text of 40,000 characters",
        lambda b: cells(b, (f"{b.columns['需求描述']}2", *text("长" * 40_000))),
    ),
    Case(
        "huge-text",
        "一格 10 MB 文字",
        "a text of 10 MB",
        lambda b: cells(b, (f"{b.columns['需求描述']}2", *text("x" * 10_000_000))),
        big=True,
    ),
    Case(
        "nan", "数字为 NaN", "a number that is NaN", lambda b: cells(b, (f"{b.columns['重要性']}2", "<v>NaN</v>", ""))
    ),
    Case(
        "infinite",
        "数字为 1E+999",
        "a number of 1E+999",
        lambda b: cells(b, (f"{b.columns['估算成本']}2", "<v>1E+999</v>", "")),
    ),
    Case(
        "huge-number",
        "数字为 1E+300",
        "a number of 1E+300",
        lambda b: cells(
            b, *((f"{b.columns[name]}2", "<v>1E+300</v>", "") for name in ("重要性", "估算成本", "确认轮次"))
        ),
    ),
    Case(
        "not-number",
        "数字格里是 abc",
        "a number cell that says abc",
        lambda b: cells(b, (f"{b.columns['重要性']}2", "<v>abc</v>", "")),
    ),
    Case(
        "number-text",
        "数字存成文本",
        "numbers stored as text",
        lambda b: cells(b, (f"{b.columns['重要性']}2", *text("5")), (f"{b.columns['估算成本']}2", *text("108,000"))),
    ),
    Case(
        "odd-type",
        "未知的单元格类型",
        "an unknown kind of cell",
        lambda b: cells(b, (f"{b.columns['需求名称']}2", "<v>1</v>", 't="zz"')),
    ),
    Case(
        "errors",
        "错误值单元格",
        "error cells",
        lambda b: cells(
            b,
            *(
                (f"{b.columns[name]}2", f"<v>{code}</v>", 't="e"')
                for name, code in (
                    ("需求名称", "#REF!"),
                    ("重要性", "#N/A"),
                    ("提出日期", "#DIV/0!"),
                    ("状态", "#NAME?"),
                )
            ),
        ),
    ),
    Case("no-values", "公式没有缓存值", "formulas without computed values", without_values),
    Case(
        "date-1904",
        "1904 日期系统",
        "the 1904 date system",
        lambda b: b.replaced(WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" '),
    ),
    Case("date-negative", "负的日期", "a negative date", lambda b: dates(b, "-5")),
    Case("date-zero", "日期 0", "date 0", lambda b: dates(b, "0")),
    Case("date-60", "1900-02-29", "29 February 1900", lambda b: dates(b, "60")),
    Case("date-beyond", "9999 年以后的日期", "a date after the year 9999", lambda b: dates(b, "2958466")),
    Case("date-absurd", "日期 1E+15", "a date of 1E+15", lambda b: dates(b, "1E+15")),
    Case("date-iso", "ISO 日期单元格", "an ISO date cell", lambda b: dates(b, "2026-03-11T00:00:00", 't="d"')),
    Case("date-iso-bad", "错误的 ISO 日期", "a wrong ISO date", lambda b: dates(b, "2026-13-45", 't="d"')),
    Case(
        "header-twice", "标题重复", "a header twice", lambda b: cells(b, (f"{b.columns['状态']}1", *text("需求名称")))
    ),
    Case(
        "header-merged",
        "标题合并",
        "headers merged",
        lambda b: b.with_parts(
            {
                b.sheet: swapped(
                    cell(b.parts[b.sheet], f"{b.columns['英文名称']}1", "", ""),
                    "</sheetData>",
                    f'</sheetData><mergeCells count="1"><mergeCell ref="{b.columns["需求名称"]}1:{b.columns["英文名称"]}1"/></mergeCells>',
                )
            }
        ),
    ),
    Case("header-moved", "标题上方多了三行", "three rows above the header", moved_down),
    Case(
        "header-gone",
        "标题行被清空",
        "the header row cleared",
        lambda b: b.with_parts({b.sheet: re.sub(rb'<row r="1".*?</row>', b"", b.parts[b.sheet], count=1)}),
    ),
    Case(
        "header-changed",
        "标题被改名",
        "a header renamed",
        lambda b: cells(b, (f"{b.columns['需求名称']}1", *text("需求名字"))),
    ),
    Case("columns-moved", "两列互换位置", "two columns changed places", swapped_columns),
    Case("ranges", "表格全部转换为区域", "all tables converted to ranges", tables_to_ranges),
    Case(
        "hidden",
        "工作表隐藏",
        "the sheet hidden",
        lambda b: b.replaced(WORKBOOK, 'name="需求"', 'name="需求" state="veryHidden"'),
    ),
    Case("renamed", "工作表改名", "the sheet renamed", lambda b: sheet_renamed(b, "需求清单")),
    Case(
        "renamed-english",
        "工作表改成英文名",
        "the sheet renamed in English",
        lambda b: sheet_renamed(b, "Requirements"),
    ),
    Case("renamed-odd", "工作表名带路径", "a sheet named like a path", lambda b: sheet_renamed(b, "../../etc/passwd")),
    Case(
        "name-twice",
        "两张同名工作表",
        "two sheets of one name",
        lambda b: b.replaced(WORKBOOK, 'name="需求变更"', 'name="需求"'),
    ),
    Case(
        "no-sheets",
        "没有工作表",
        "no sheets at all",
        lambda b: b.with_parts({WORKBOOK: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", b.parts[WORKBOOK])}),
    ),
    Case("not-ours", "别人的工作簿", "somebody else's workbook", somebody_elses),
    Case(
        "dde",
        "DDE 链接",
        "a DDE link",
        lambda b: external(
            b,
            '<ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="A0"/></ddeItems></ddeLink>',
            "x",
            "externalLinkPath",
        ),
    ),
    Case(
        "external-web",
        "外部链接到网址",
        "an external link to the web",
        lambda b: external(
            b,
            '<externalBook r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook>',
            "http://127.0.0.1:9/x.xlsx",
            "externalLinkPath",
        ),
    ),
    Case(
        "external-unc",
        "外部链接到 UNC 路径",
        "an external link to a UNC path",
        lambda b: external(
            b,
            '<externalBook r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook>',
            r"file:///\\server\share\x.xlsx",
            "externalLinkPath",
        ),
    ),
    Case("injection", "= + - @ 开头的文字", "texts that begin with = + - @", injected),
    Case(
        "controls",
        "文字含控制字符",
        "texts with control characters",
        lambda b: cells(b, (f"{b.columns['需求名称']}2", *text("a_x0000_b_x000D_c"))),
    ),
    Case(
        "cell-order",
        "行与单元格乱序、重复",
        "rows and cells out of order and doubled",
        lambda b: rows(
            b,
            '<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c><c r="A3"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
        ),
    ),
    Case(
        "no-addresses",
        "单元格没有地址",
        "cells without addresses",
        lambda b: b.with_parts({b.sheet: re.sub(rb'<(row|c) r="[A-Z]*\d+"', rb"<\1", b.parts[b.sheet])}),
    ),
    Case(
        "validations",
        "20 万条数据验证",
        "200,000 data validations",
        lambda b: b.replaced(
            b.sheet,
            "</dataValidations>",
            "".join(
                f'<dataValidation type="whole" sqref="AZ{n}"><formula1>1</formula1></dataValidation>'
                for n in range(1, 200_001)
            )
            + "</dataValidations>",
        ),
        big=True,
    ),
)

CASES: tuple[Case, ...] = (*PACKAGES, *SHEETS)
"""Every bad file, in the order of the table in ``docs/hostile.md``."""
