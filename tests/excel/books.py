"""Workbooks for the tests: made by XlsxWriter, or part by part where the XML itself is the point."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def part_book(
    path: Path,
    sheet: str,
    *,
    strings: str = "",
    workbook: str = "",
    extra: dict[str, str | bytes] | None = None,
    prefix: str = "",
    rows_only: bool = True,
) -> Path:
    """A workbook of one sheet ``S`` from the XML of its rows, or of the whole sheet when ``rows_only`` is off."""
    if rows_only:
        sheet = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetData>{sheet}</sheetData></worksheet>'
    if prefix:
        sheet = re.sub(r"<(/?)(?=[a-z])", rf"<\1{prefix}:", sheet).replace("xmlns=", f"xmlns:{prefix}=")
    kinds = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
    overrides = [
        ("xl/workbook.xml", "sheet.main"),
        ("xl/worksheets/sheet1.xml", "worksheet"),
        ("xl/styles.xml", "styles"),
    ]
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": STYLES,
    }
    if strings:
        kinds.append(("sharedStrings", "sharedStrings.xml"))
        overrides.append(("xl/sharedStrings.xml", "sharedStrings"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if extra and "xl/calcChain.xml" in extra:
        kinds.append(("calcChain", "calcChain.xml"))
        overrides.append(("xl/calcChain.xml", "calcChain"))
    types = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in overrides
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, start=1)
    )
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    return zip_of(path, parts | (extra or {}))


def zip_of(path: Path, parts: dict[str, str | bytes]) -> Path:
    """A zip of parts, compressed, in the order given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(source: Path | bytes) -> dict[str, bytes]:
    """The unpacked parts of a workbook by name, every checksum compared."""
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(source: Path | bytes, number: int = 1) -> str:
    """The XML of a worksheet part."""
    return parts_of(source)[f"xl/worksheets/sheet{number}.xml"].decode()


def table_book(path: Path, rows: list[list[object]], *, last: int | None = None, **table: object) -> Path:
    """A workbook whose sheet ``Tasks`` holds a table at B3 (id, name, due, hours) and ``Other`` some more features.

    The columns of the table have a drop-down, a conditional format and a date style; ``last`` moves the table's end.
    """
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": dt.datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Tasks")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True, "bg_color": "#EEEEEE"})
    sheet.set_column("C:C", 30, bold)
    bottom = (last or 3 + max(len(rows), 1)) - 1
    columns = [{"header": "id"}, {"header": "name"}, {"header": "due"}, {"header": "hours"}]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = day if column == 2 else bold if column == 0 else None
            place = (3 + number, 1 + column)
            if isinstance(value, dt.date):
                sheet.write_datetime(*place, value, style)
            elif value is None:
                sheet.write_blank(*place, None, style)
            else:
                sheet.write(*place, value, style)
    sheet.add_table(2, 1, bottom, 4, {"name": "tblTasks", "columns": columns, **table})
    sheet.data_validation(3, 1, bottom, 1, {"validate": "list", "source": ["a", "b"]})
    sheet.conditional_format(3, 4, bottom, 4, {"type": "cell", "criteria": ">", "value": 8, "format": bold})
    other = book.add_worksheet("Other")
    other.write("A1", "text")
    other.write_formula("A2", "=1+1", None, 2)
    other.insert_image("C3", "dot.png", {"image_data": io.BytesIO(DOT)})
    other.write_comment("A1", "a comment")
    book.close()
    return path


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63000100000500010d0a2db40000"
    "000049454e44ae426082"
)
