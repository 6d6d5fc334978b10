"""Bad files made from a good workbook: the collection, and those whose package or XML is wrong.

``CASES`` has every file with what it is in both languages. Not here: those whose cells are wrong (``hostile_cells``).
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from automation.excel.package import open_package
from automation.excel.reader import read
from automation.model.tables import column_letters
from tests.excel.books import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MEBI = 1 << 20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES, WORKBOOK, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"


class Book:
    """A good workbook to spoil.

    ``data`` are its bytes, ``parts`` its parts, ``sheet`` the part of the requirements sheet, ``columns`` its column
    letters by header.
    """

    def __init__(self, path: Path, label: str = "需求") -> None:
        self.data = path.read_bytes()
        self.parts = parts_of(self.data)
        self.sheet = next(sheet.part for sheet in open_package(path).sheets() if sheet.name == label)
        headers = next(sheet.rows[0] for sheet in read(path).sheets if sheet.name == label)
        self.columns = {str(text): column_letters(number) for number, text in enumerate(headers, start=1)}

    def with_parts(self, parts: Mapping[str, bytes | None]) -> bytes:
        """The workbook with parts replaced or added; ``None`` takes one out."""
        return packed({name: content for name, content in {**self.parts, **parts}.items() if content is not None})

    def replaced(self, part: str, old: str | bytes, new: str | bytes, *, count: int = 1) -> bytes:
        """The workbook with a piece of one part replaced; the piece must be there."""
        return self.with_parts({part: swapped(self.parts[part], old, new, count=count)})


class Case(NamedTuple):
    """One bad file: its name, what it is, and how it is made. ``big`` ones take seconds or hundreds of megabytes."""

    name: str
    zh: str
    en: str
    make: Callable[[Book], bytes]
    big: bool = False


def swapped(content: bytes, old: str | bytes, new: str | bytes, *, count: int = 1) -> bytes:
    """The bytes with a piece replaced; the piece must be there."""
    old = old.encode() if isinstance(old, str) else old
    new = new.encode() if isinstance(new, str) else new
    assert old in content, old
    return content.replace(old, new, count)


def packed(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, level: int = 1) -> bytes:
    """A zip of parts in their order; a list of pairs may hold a name twice."""
    pairs = parts.items() if hasattr(parts, "items") else parts
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in pairs:
            info = zipfile.ZipInfo(name if "\0" not in name else "x", (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.filename = name
            archive.fp.seek(0, 2)
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]
            archive.writestr(info, content)
    return target.getvalue()


def with_document_type(book: Book, part: str, declaration: str, use: str, *, before: str = "") -> bytes:
    """The workbook with a DTD in a part, and its use in the first text or value of it."""
    content = book.parts[part]
    start = content.index(b"?>") + 2
    root = content.index(b"<", start)
    body = content[root:]
    if use:
        mark = body.find(b"</v>") if b"</v>" in body else body.find(b"</t>")
        body = body[:mark] + use.encode() + body[mark:]
    return book.with_parts({part: content[:root] + before.encode() + declaration.encode() + body})


def laughs(depth: int = 9) -> str:
    """A DTD whose last entity ``&lol9;`` unpacks to 10 to the power of ``depth`` texts."""
    entities = '<!ENTITY lol0 "lol">' + "".join(
        f'<!ENTITY lol{level} "{f"&lol{level - 1};" * 10}">' for level in range(1, depth + 1)
    )
    return f"<!DOCTYPE x [{entities}]>"


def kind_of_document(book: Book, kind: str) -> bytes:
    """The package with the content type of its main part changed, as other Office files have it."""
    parts = dict(book.parts)
    parts[TYPES] = swapped(
        parts[TYPES], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
    )
    return packed(parts)


def flipped(book: Book, seed: int) -> bytes:
    """The file with twenty random bits changed."""
    chance, data = random.Random(seed), bytearray(book.data)
    for _ in range(20):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def scribbled(book: Book, seed: int) -> bytes:
    """A sheet whose XML has random pieces cut, doubled and overwritten; the zip around it is sound."""
    chance, xml = random.Random(seed), bytearray(book.parts[book.sheet])
    for _ in range(6):
        start = chance.randrange(len(xml))
        end = min(len(xml), start + chance.randrange(1, 60))
        piece = bytes(chance.randrange(256) for _ in range(end - start))
        xml[start:end] = chance.choice([b"", bytes(xml[start:end]) * 3, piece, b"<", b'"', b"&#0;", b"&amp;&lt;"])
    return book.with_parts({book.sheet: bytes(xml)})


def declared_small(book: Book, part: str, content: bytes) -> bytes:
    """The workbook with a part whose size is told too small in the zip's headers."""
    data = bytearray(book.with_parts({part: content}))
    size = struct.pack("<L", len(content))
    small = struct.pack("<L", 1000)
    place = data.find(size)
    while place >= 0:
        data[place : place + 4] = small
        place = data.find(size, place + 4)
    return bytes(data)


def many_parts(book: Book) -> bytes:
    return packed([*book.parts.items(), *((f"xl/media/image{number}.png", b"x") for number in range(25_000))])


def bomb(book: Book, part: str, mebis: int) -> bytes:
    """The workbook with a part that is text and then nothing but spaces."""
    content = book.parts.get(part, b"")
    return book.with_parts({part: content + b" " * (mebis * MEBI)})


def bombs_in_line(book: Book) -> bytes:
    """Sixty parts that each stay just under what one part may unpack to."""
    spaces = b" " * (45 * MEBI)
    return packed({**book.parts, **{f"xl/media/image{number}.bin": spaces for number in range(60)}}, level=9)


def nested(name: str, depth: int) -> bytes:
    return (f"<{name}>" * depth + f"</{name}>" * depth).encode()


def encrypted_flags(book: Book) -> bytes:
    """The zip with the flag "encrypted with a password" on every entry."""
    data = bytearray(book.data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)


def open_document() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def entity_text(size: int) -> str:
    return f'<!DOCTYPE x [<!ENTITY big "{"a" * size}">]>'


PACKAGES: tuple[Case, ...] = (
    Case("empty", "0 字节", "0 bytes", lambda _: b""),
    Case("html", "网页改名", "a web page renamed", lambda _: b"<html><body><table><tr><td>1</td></tr></table></body>"),
    Case("csv", "CSV 改名", "CSV renamed", lambda _: "编号,名称\n1,甲\n2,乙\n".encode()),
    Case("csv-gbk", "GBK 编码的 CSV 改名", "CSV in GBK renamed", lambda _: "编号,名称\n1,甲\n2,乙\n".encode("gbk")),
    Case("text", "文本改名", "plain text renamed", lambda _: "会议纪要\n第一项".encode()),
    Case("noise", "随机字节", "random bytes", lambda _: random.Random(1).randbytes(50_000)),
    Case("old-xls", "旧版 .xls 改名", "an old .xls renamed", lambda _: OLE + bytes(4000)),
    Case(
        "password",
        "设有打开密码",
        "encrypted with a password",
        lambda _: OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000),
    ),
    Case("zip-password", "zip 加密标志", "zip entries marked as encrypted", encrypted_flags),
    Case(
        "xlsb",
        ".xlsb 改名",
        "an .xlsb renamed",
        lambda b: kind_of_document(b, "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    ),
    Case(
        "docx",
        "Word 文档改名",
        "a Word document renamed",
        lambda b: kind_of_document(
            b, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        ),
    ),
    Case(
        "pptx",
        "PowerPoint 改名",
        "a presentation renamed",
        lambda b: kind_of_document(
            b, "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
        ),
    ),
    Case("ods", ".ods 改名", "an OpenDocument sheet renamed", lambda _: open_document()),
    Case("truncated-1", "只剩前四分之一", "the first quarter only", lambda b: b.data[: len(b.data) // 4]),
    Case("truncated-2", "缺最后 100 字节", "the last 100 bytes missing", lambda b: b.data[:-100]),
    Case(
        "zeroed",
        "中间 512 字节清零",
        "512 bytes in the middle zeroed",
        lambda b: b.data[:9000] + bytes(512) + b.data[9512:],
    ),
    Case(
        "trailing", "末尾多出 10 KB", "10 KB of junk at the end", lambda b: b.data + random.Random(2).randbytes(10_000)
    ),
    Case("leading", "开头多出 100 字节", "100 bytes of junk in front", lambda b: b"junk" * 25 + b.data),
    *(
        Case(f"bits-{seed}", "20 个比特翻转", "twenty bits flipped", lambda b, seed=seed: flipped(b, seed))
        for seed in range(1, 6)
    ),
    *(
        Case(
            f"fuzz-{seed}",
            "工作表 XML 被随机涂改",
            "a sheet's XML scribbled over",
            lambda b, seed=seed: scribbled(b, seed),
        )
        for seed in range(1, 11)
    ),
    Case(
        "twice",
        "两个同名部分",
        "two parts of one name",
        lambda b: packed([*b.parts.items(), (b.sheet, b"<worksheet/>")]),
    ),
    Case(
        "traversal", "部分名为 ../../evil", "a part named ../../evil", lambda b: b.with_parts({"../../evil.xml": b"x"})
    ),
    Case("absolute", "部分名为绝对路径", "a part named /etc/passwd", lambda b: b.with_parts({"/etc/passwd": b"x"})),
    Case("backslash", "部分名带反斜杠", "a part named ..\\evil", lambda b: b.with_parts({"..\\evil.xml": b"x"})),
    Case("drive", "部分名带盘符", "a part named C:evil", lambda b: b.with_parts({"C:evil.xml": b"x"})),
    Case(
        "target-outside",
        "关系指向包外的文件",
        "a relationship to ../../../etc/passwd",
        lambda b: b.replaced(RELATIONS, 'Target="worksheets/sheet1.xml"', 'Target="../../../../etc/passwd"'),
    ),
    Case("many-parts", "25 000 个部分", "25,000 parts", many_parts),
    Case("bomb-sheet", "工作表解压到 1 GB", "a sheet that unpacks to 1 GB", lambda b: bomb(b, b.sheet, 1000), big=True),
    Case(
        "bomb-strings",
        "共享字符串解压到 600 MB",
        "shared strings that unpack to 600 MB",
        lambda b: bomb(b, STRINGS, 600),
        big=True,
    ),
    Case(
        "bomb-lying",
        "大小写成 1000 字节，实为 300 MB",
        "says 1,000 bytes, unpacks to 300 MB",
        lambda b: declared_small(b, STRINGS, b.parts[STRINGS] + b" " * (300 * MEBI)),
        big=True,
    ),
    Case("bomb-line", "60 个各 45 MB 的部分", "sixty parts of 45 MB", bombs_in_line, big=True),
    Case("bomb-under", "样式解压到 45 MB", "styles that unpack to 45 MB", lambda b: bomb(b, STYLES, 45), big=True),
    Case("no-types", "缺 [Content_Types].xml", "no [Content_Types].xml", lambda b: b.with_parts({TYPES: None})),
    Case("wrong-types", "内容类型全错", "all content types wrong", lambda b: b.with_parts({TYPES: b"<Types/>"})),
    Case(
        "sheet-type",
        "工作表内容类型错",
        "the sheet's content type wrong",
        lambda b: b.replaced(TYPES, "spreadsheetml.worksheet+xml", "spreadsheetml.table+xml"),
    ),
    Case("no-rels", "缺 _rels/.rels", "no _rels/.rels", lambda b: b.with_parts({"_rels/.rels": None})),
    Case("no-workbook", "缺 workbook.xml", "no workbook.xml", lambda b: b.with_parts({WORKBOOK: None})),
    Case(
        "no-book-rels", "缺工作簿的关系", "no relationships of the workbook", lambda b: b.with_parts({RELATIONS: None})
    ),
    Case("no-sheet", "缺一张工作表", "a sheet's part missing", lambda b: b.with_parts({b.sheet: None})),
    Case("no-strings", "缺共享字符串", "no shared strings", lambda b: b.with_parts({STRINGS: None})),
    Case("no-styles", "缺样式", "no styles", lambda b: b.with_parts({STYLES: None})),
    Case(
        "laughs-sheet",
        "十亿笑（工作表）",
        "billion laughs in a sheet",
        lambda b: with_document_type(b, b.sheet, laughs(), "&lol9;"),
    ),
    Case(
        "laughs-strings",
        "十亿笑（共享字符串）",
        "billion laughs in shared strings",
        lambda b: with_document_type(b, STRINGS, laughs(), "&lol9;"),
    ),
    Case(
        "laughs-styles",
        "十亿笑（样式）",
        "billion laughs in styles",
        lambda b: with_document_type(b, STYLES, laughs(), ""),
    ),
    Case(
        "laughs-workbook",
        "十亿笑（workbook.xml）",
        "billion laughs in workbook.xml",
        lambda b: with_document_type(b, WORKBOOK, laughs(), ""),
    ),
    Case(
        "laughs-types",
        "十亿笑（内容类型）",
        "billion laughs in the content types",
        lambda b: with_document_type(b, TYPES, laughs(), ""),
    ),
    Case(
        "laughs-late",
        "DTD 藏在 100 KB 注释之后",
        "a DTD behind a comment of 100 KB",
        lambda b: with_document_type(b, STRINGS, laughs(), "&lol9;", before=f"<!--{'x' * 100_000}-->"),
    ),
    Case(
        "laughs-late-styles",
        "同上（样式）",
        "the same in styles",
        lambda b: with_document_type(b, STYLES, laughs(), "", before=f"<!--{'x' * 100_000}-->"),
    ),
    Case(
        "quadratic",
        "平方级实体膨胀",
        "quadratic blow-up",
        lambda b: with_document_type(b, STRINGS, entity_text(100_000), "&big;" * 20_000),
    ),
    Case(
        "xxe-file",
        "外部实体读文件",
        "an external entity that reads a file",
        lambda b: with_document_type(b, STRINGS, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    ),
    Case(
        "xxe-web",
        "外部实体访问网络",
        "an external entity on the web",
        lambda b: with_document_type(b, b.sheet, '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>', "&e;"),
    ),
    Case(
        "xxe-parameter",
        "外部参数实体",
        "an external parameter entity",
        lambda b: with_document_type(b, WORKBOOK, '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]>', ""),
    ),
    Case(
        "utf16-sheet",
        "工作表为 UTF-16",
        "a sheet in UTF-16",
        lambda b: b.with_parts({b.sheet: b.parts[b.sheet].decode().encode("utf-16")}),
    ),
    Case(
        "utf16-strings",
        "共享字符串为 UTF-16",
        "shared strings in UTF-16",
        lambda b: b.with_parts({STRINGS: b.parts[STRINGS].decode().encode("utf-16")}),
    ),
    Case(
        "gbk-strings",
        "共享字符串为 GBK",
        "shared strings in GBK",
        lambda b: b.with_parts({STRINGS: swapped(b.parts[STRINGS], "UTF-8", "GBK").decode().encode("gbk", "replace")}),
    ),
    Case(
        "bad-utf8",
        "声明 UTF-8 实为 GBK",
        "says UTF-8, is GBK",
        lambda b: b.with_parts({STRINGS: b.parts[STRINGS].decode().encode("gbk", "replace")}),
    ),
    Case(
        "open-tag",
        "工作表 XML 未闭合",
        "a sheet whose XML ends early",
        lambda b: b.with_parts({b.sheet: b.parts[b.sheet][:9000]}),
    ),
    Case(
        "open-strings",
        "共享字符串 XML 未闭合",
        "shared strings that end early",
        lambda b: b.with_parts({STRINGS: b.parts[STRINGS][:9000]}),
    ),
    Case(
        "open-workbook",
        "workbook.xml 未闭合",
        "workbook.xml ends early",
        lambda b: b.with_parts({WORKBOOK: b.parts[WORKBOOK][:900]}),
    ),
    Case(
        "deep-sheet",
        "工作表嵌套一百万层",
        "a sheet nested a million deep",
        lambda b: b.replaced(b.sheet, "<sheetData>", b"<sheetData>" + nested("x", 1_000_000)),
        big=True,
    ),
    Case(
        "deep-styles",
        "样式嵌套十万层",
        "styles nested 100,000 deep",
        lambda b: b.replaced(STYLES, "<fonts", nested("x", 100_000) + b"<fonts"),
    ),
    Case(
        "deep-workbook",
        "workbook.xml 嵌套十万层",
        "workbook.xml nested 100,000 deep",
        lambda b: b.replaced(WORKBOOK, "<sheets>", nested("x", 100_000) + b"<sheets>"),
    ),
    Case(
        "long-attribute",
        "30 MB 的属性",
        "an attribute of 30 MB",
        lambda b: b.replaced(b.sheet, "<row ", f'<row x="{"y" * 30_000_000}" '),
        big=True,
    ),
    Case(
        "many-attributes",
        "十万个属性",
        "100,000 attributes",
        lambda b: b.replaced(
            WORKBOOK, "<workbookPr ", "<workbookPr " + " ".join(f'a{n}="1"' for n in range(100_000)) + " "
        ),
    ),
    Case(
        "strict",
        "Strict Open XML",
        "Strict Open XML",
        lambda b: packed(
            {
                name: content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                    b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"purl.oclc.org/ooxml/officeDocument/relationships",
                )
                for name, content in b.parts.items()
            }
        ),
    ),
)
