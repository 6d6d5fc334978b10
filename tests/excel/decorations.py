"""What office staff add to a workbook in Excel, put in part by part: the smallest XML that is valid for each.

``decorate`` puts all of it on one sheet that holds a table, on a new sheet of their own, and into the workbook.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tests.excel.books import DOT, MAIN, PACKAGE, RELATIONS, parts_of, zip_of

if TYPE_CHECKING:
    from pathlib import Path

MICROSOFT = "http://schemas.microsoft.com/office"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
OWN_SHEET = "我的备忘"
OWN_COLUMN = "我的备注"
OWN_NAME = "我的范围"
PERSON = "{5B0C8A7E-53C1-4E0B-9C5A-6B1D2F3A4C01}"
COMMENTS = ("{5B0C8A7E-53C1-4E0B-9C5A-6B1D2F3A4C02}", "{5B0C8A7E-53C1-4E0B-9C5A-6B1D2F3A4C03}")
MACRO = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 12
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{data}"/>'
    "</o:shapelayout>{shapes}</xml>"
)
BUTTON = (
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe"/>'
    '<v:shape id="_x0000_s9001" type="#_x0000_t201" style="position:absolute;width:90pt;height:20pt" '
    'o:insetmode="auto"><v:textbox><div>更新</div></v:textbox><x:ClientData ObjectType="Button"><x:Anchor>'
    "40, 0, 1, 0, 42, 0, 2, 0</x:Anchor><x:FmlaMacro>[0]!Update</x:FmlaMacro></x:ClientData></v:shape>"
)
NOTE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    '<v:shape id="_x0000_s9002" type="#_x0000_t202" style="position:absolute;width:90pt;height:60pt;'
    'visibility:hidden"><x:ClientData ObjectType="Note"><x:Anchor>6, 15, 2, 10, 8, 15, 6, 4</x:Anchor>'
    "<x:Row>2</x:Row><x:Column>4</x:Column></x:ClientData></v:shape>"
)
HEADER_PICTURE = (
    '<v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" path="m@4@5l@4@11@9@11@9@5xe"/>'
    '<v:shape id="CH" o:spid="_x0000_s9101" type="#_x0000_t75" style="position:absolute;width:20pt;height:20pt">'
    '<v:imagedata o:relid="rId1" o:title="logo"/></v:shape>'
)


class Sheet(NamedTuple):
    """Where one sheet of the workbook stands: its part, its table's part and name, its own name, its columns
    and the table's last column and row."""

    part: str
    table: str
    name: str
    title: str
    columns: list[str]
    area: tuple[str, int]


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """The worksheet part of each sheet name."""
    targets = dict(re.findall(r'Id="([^"]+)"[^>]*?Target="([^"]+)"', text(parts, "xl/_rels/workbook.xml.rels")))
    found = re.findall(r'<sheet name="([^"]+)"[^>]*? r:id="([^"]+)"', text(parts, "xl/workbook.xml"))
    return {name: f"xl/{targets[identifier].removeprefix('/xl/')}" for name, identifier in found}


def table_sheet(parts: dict[str, bytes], name: str) -> Sheet:
    """The sheet of that name with its table, which must begin at A1."""
    part = sheet_parts(parts)[name]
    table = "xl/tables/" + re.search(r"tables/([^\"]+)", text(parts, relations_of(part)))[1]
    xml = text(parts, table)
    last = re.search(r' ref="A1:([A-Z]+)(\d+)"', xml)
    columns = re.findall(r'<tableColumn id="\d+" name="([^"]+)"', xml)
    return Sheet(part, table, re.search(r' displayName="([^"]+)"', xml)[1], name, columns, (last[1], int(last[2])))


def decorate(source: Path, target: Path, name: str) -> Path:
    """A copy with everything: on the sheet ``name`` and its table, on a sheet of its own, and a macro."""
    parts = parts_of(source)
    sheet = table_sheet(parts, name)
    types: dict[str, str] = {}
    add_own_column(parts, sheet)
    add_drawings(parts, sheet, types)
    add_comments(parts, sheet, types)
    add_slicer(parts, sheet, types)
    add_own_sheet(parts, sheet, types)
    add_names(parts, sheet)
    add_macro(parts)
    put_sheet(parts, sheet)
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items())
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in (
            ("png", "image/png"),
            ("vml", f"{OFFICE}.vmlDrawing"),
            ("bin", "application/vnd.ms-office.vbaProject"),
        )
        if f'Extension="{ending}"' not in text(parts, "[Content_Types].xml")
    )
    # Defaults stand before overrides, as Excel writes them.
    replace(parts, "[Content_Types].xml", "<Override", defaults + "<Override", count=1)
    replace(parts, "[Content_Types].xml", "</Types>", overrides + "</Types>")
    return zip_of(target, parts)


def add_own_column(parts: dict[str, bytes], sheet: Sheet) -> None:
    """A column at the right end of the table, with a value in each of three rows."""
    last, bottom = sheet.area
    own = next_column(last)
    replace(parts, sheet.table, f"A1:{last}{bottom}", f"A1:{own}{bottom}")
    count = len(sheet.columns)
    replace(parts, sheet.table, f'tableColumns count="{count}"', f'tableColumns count="{count + 1}"')
    column = f'<tableColumn id="{count + 1}" name="{OWN_COLUMN}"/></tableColumns>'
    replace(parts, sheet.table, "</tableColumns>", column)
    for row, value in ((1, OWN_COLUMN), (2, "甲"), (3, "乙 <&>"), (4, "丙")):
        cell = f'<c r="{own}{row}" t="inlineStr"><is><t>{escape(value)}</t></is></c></row>'
        xml = text(parts, sheet.part)
        end = xml.index("</row>", xml.index(f'<row r="{row}"'))
        parts[sheet.part] = (xml[:end] + cell + xml[end + len("</row>") :]).encode()


def add_drawings(parts: dict[str, bytes], sheet: Sheet, types: dict[str, str]) -> None:
    """A picture, a shape with text, a form control's button and the slicer's frame; a picture in the header."""
    where = "xl/drawings/drawing90.xml"
    anchor = (
        '<xdr:twoCellAnchor editAs="oneCell"><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1'
        "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{right}</xdr:col><xdr:colOff>0</xdr:colOff>"
        "<xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{content}<xdr:clientData/></xdr:twoCellAnchor>"
    )
    place = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
    box = f'<xdr:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
    picture = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>' + box + "</xdr:pic>"
    )
    shape = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="矩形 2"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f"{box}<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>每周五更新</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    twin = shape.replace('id="3"', 'id="5"')
    slicer = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice xmlns:sle15="{MICROSOFT}/drawing/2012/slicer" '
        'Requires="sle15"><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="状态"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="1828800" '
        f'cy="2524125"/></xdr:xfrm><a:graphic><a:graphicData uri="{MICROSOFT}/drawing/2010/slicer"><sle:slicer '
        f'xmlns:sle="{MICROSOFT}/drawing/2010/slicer" name="状态"/></a:graphicData></a:graphic></xdr:graphicFrame>'
        f"</mc:Choice><mc:Fallback>{twin}</mc:Fallback></mc:AlternateContent>"
    )
    anchors = [
        anchor.format(left=left, right=left + 2, content=content)
        for left, content in ((34, picture), (37, shape), (43, slicer))
    ]
    parts[where] = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}">'
        + "".join(anchors)
        + "</xdr:wsDr>"
    ).encode()
    types[where] = f"{OFFICE}.drawing+xml"
    parts["xl/media/image90.png"] = DOT
    parts["xl/drawings/vmlDrawing90.vml"] = VML.format(data=9, shapes=BUTTON + NOTE).encode()
    parts["xl/drawings/vmlDrawing91.vml"] = VML.format(data=10, shapes=HEADER_PICTURE).encode()
    for drawing in ("drawing90.xml", "vmlDrawing91.vml"):
        relate(parts, f"xl/drawings/{drawing}", "image", "../media/image90.png")
    parts["xl/ctrlProps/ctrlProp90.xml"] = f'<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>'.encode()
    types["xl/ctrlProps/ctrlProp90.xml"] = "application/vnd.ms-excel.controlproperties+xml"


def add_comments(parts: dict[str, bytes], sheet: Sheet, types: dict[str, str]) -> None:
    """A threaded comment with an answer on E3, the note that stands for it in old versions, and who wrote it."""
    space = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    parts["xl/persons/person.xml"] = (
        f'<personList xmlns="{space}"><person displayName="王敏" id="{PERSON}" userId="wang" providerId="None"/>'
        "</personList>"
    ).encode()
    parts["xl/threadedComments/threadedComment90.xml"] = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="E3" dT="2026-05-08T09:30:00.00" '
        f'personId="{PERSON}" id="{COMMENTS[0]}"><text>这个日期和客户确认过吗？</text></threadedComment>'
        f'<threadedComment ref="E3" dT="2026-05-08T10:05:00.00" personId="{PERSON}" id="{COMMENTS[1]}" '
        f'parentId="{COMMENTS[0]}"><text>已确认。</text></threadedComment></ThreadedComments>'
    ).encode()
    parts["xl/comments90.xml"] = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={COMMENTS[0]}</author></authors><commentList><comment ref="E3" '
        'authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
    ).encode()
    types["xl/persons/person.xml"] = "application/vnd.ms-excel.person+xml"
    types["xl/threadedComments/threadedComment90.xml"] = "application/vnd.ms-excel.threadedcomments+xml"
    types["xl/comments90.xml"] = f"{OFFICE}.spreadsheetml.comments+xml"
    relate(parts, "xl/workbook.xml", "person", "persons/person.xml", base=f"{MICROSOFT}/2017/10/relationships")


def add_slicer(parts: dict[str, bytes], sheet: Sheet, types: dict[str, str]) -> None:
    """A slicer on the table's column of status: its cache at the workbook, itself at the sheet."""
    column = sheet.columns.index("状态") + 1
    number = re.search(r' id="(\d+)"', text(parts, sheet.table))[1]
    parts["xl/slicerCaches/slicerCache90.xml"] = (
        f'<slicerCacheDefinition xmlns="{X14}" xmlns:x="{MAIN}" name="Slicer_status" sourceName="状态"><extLst>'
        f'<x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{X15}"><x15:tableSlicerCache '
        f'tableId="{number}" column="{column}"/></x:ext></extLst></slicerCacheDefinition>'
    ).encode()
    parts["xl/slicers/slicer90.xml"] = (
        f'<slicers xmlns="{X14}"><slicer name="状态" cache="Slicer_status" caption="状态" rowHeight="241300"/></slicers>'
    ).encode()
    types["xl/slicerCaches/slicerCache90.xml"] = "application/vnd.ms-excel.slicerCache+xml"
    types["xl/slicers/slicer90.xml"] = "application/vnd.ms-excel.slicer+xml"
    base = f"{MICROSOFT}/2007/relationships"
    cache = relate(parts, "xl/workbook.xml", "slicerCache", "slicerCaches/slicerCache90.xml", base=base)
    extension = (
        f'<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{X15}"><x15:slicerCaches '
        f'xmlns:x14="{X14}"><x14:slicerCache r:id="{cache}"/></x15:slicerCaches></ext></extLst></workbook>'
    )
    replace(parts, "xl/workbook.xml", "</workbook>", extension)


def add_own_sheet(parts: dict[str, bytes], sheet: Sheet, types: dict[str, str]) -> None:
    """A sheet with words, a formula on the table and a pivot table of it, cache and records included."""
    own = "xl/worksheets/sheet90.xml"
    parts[own] = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><dimension ref="A1:F3"/><sheetData><row r="1"><c r="A1" '
        't="inlineStr"><is><t>只给自己看</t></is></c></row><row r="2"><c r="A2"><f>COUNTA('
        f'{sheet.name}[{OWN_COLUMN}])</f><v>3</v></c></row><row r="3"><c r="E3" t="inlineStr"><is><t>状态</t></is>'
        '</c><c r="F3" t="inlineStr"><is><t>数量</t></is></c></row></sheetData></worksheet>'
    ).encode()
    types[own] = f"{OFFICE}.spreadsheetml.worksheet+xml"
    identifier = relate(parts, "xl/workbook.xml", "worksheet", "worksheets/sheet90.xml")
    replace(
        parts, "xl/workbook.xml", "</sheets>", f'<sheet name="{OWN_SHEET}" sheetId="90" r:id="{identifier}"/></sheets>'
    )
    columns = [*sheet.columns, OWN_COLUMN]
    status = sheet.columns.index("状态")
    fields = "".join(
        f'<cacheField name={quoteattr(column)} numFmtId="0"><sharedItems/></cacheField>' for column in columns
    )
    cache = "xl/pivotCache/pivotCacheDefinition90.xml"
    parts[cache] = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{RELATIONS}" r:id="rId1" refreshOnLoad="1" recordCount="1">'
        f'<cacheSource type="worksheet"><worksheetSource name="{sheet.name}"/></cacheSource><cacheFields '
        f'count="{len(columns)}">{fields}</cacheFields></pivotCacheDefinition>'
    ).encode()
    parts["xl/pivotCache/pivotCacheRecords90.xml"] = (
        f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r>{"<m/>" * len(columns)}</r></pivotCacheRecords>'
    ).encode()
    relate(parts, cache, "pivotCacheRecords", "pivotCacheRecords90.xml")
    pivot = "xl/pivotTables/pivotTable90.xml"
    shown = "".join(
        '<pivotField axis="axisRow" dataField="1" showAll="0"/>' if index == status else '<pivotField showAll="0"/>'
        for index in range(len(columns))
    )
    parts[pivot] = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="数据透视表1" cacheId="90" dataCaption="值"><location ref="E3:F4" '
        f'firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="{len(columns)}">{shown}'
        f'</pivotFields><rowFields count="1"><field x="{status}"/></rowFields><dataFields count="1"><dataField '
        f'name="数量" fld="{status}" subtotal="count"/></dataFields></pivotTableDefinition>'
    ).encode()
    relate(parts, pivot, "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition90.xml")
    relate(parts, own, "pivotTable", "../pivotTables/pivotTable90.xml")
    identifier = relate(parts, "xl/workbook.xml", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition90.xml")
    caches = f'<pivotCaches><pivotCache cacheId="90" r:id="{identifier}"/></pivotCaches>'
    for part, kind in (
        (cache, "pivotCacheDefinition"),
        ("xl/pivotCache/pivotCacheRecords90.xml", "pivotCacheRecords"),
        (pivot, "pivotTable"),
    ):
        types[part] = f"{OFFICE}.spreadsheetml.{kind}+xml"
    replace(parts, "xl/workbook.xml", "<extLst>", caches + "<extLst>")


def add_names(parts: dict[str, bytes], sheet: Sheet) -> None:
    """A print area over the table, a name over a column of it, and the slicer's name."""
    last, bottom = sheet.area
    number = list(sheet_parts(parts)).index(sheet.title)
    names = (
        f'<definedName name="_xlnm.Print_Area" localSheetId="{number}">\'{sheet.title}\'!$A$1:${last}${bottom}</definedName>'
        f"<definedName name=\"{OWN_NAME}\">'{sheet.title}'!$E$2:$E${bottom}</definedName>"
        '<definedName name="Slicer_status">#N/A</definedName></definedNames>'
    )
    replace(parts, "xl/workbook.xml", "</definedNames>", names)


def add_macro(parts: dict[str, bytes]) -> None:
    """A VBA project, and the content type of a workbook with macros."""
    parts["xl/vbaProject.bin"] = MACRO + struct.pack("<L", len(MACRO))
    relate(parts, "xl/workbook.xml", "vbaProject", "vbaProject.bin", base=f"{MICROSOFT}/2006/relationships")
    replace(
        parts,
        "[Content_Types].xml",
        f"{OFFICE}.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )


def put_sheet(parts: dict[str, bytes], sheet: Sheet) -> None:
    """The elements of the sheet itself that call all of this, and a conditional format and sparklines of its own."""
    related = {
        kind: relate(parts, sheet.part, kind, target, base=base)
        for kind, target, base in (
            ("drawing", "../drawings/drawing90.xml", RELATIONS),
            ("vmlDrawing", "../drawings/vmlDrawing90.vml", RELATIONS),
            ("comments", "../comments90.xml", RELATIONS),
            ("ctrlProp", "../ctrlProps/ctrlProp90.xml", RELATIONS),
            ("slicer", "../slicers/slicer90.xml", f"{MICROSOFT}/2007/relationships"),
            ("threadedComment", "../threadedComments/threadedComment90.xml", f"{MICROSOFT}/2017/10/relationships"),
        )
    }
    header = relate(parts, sheet.part, "vmlDrawing", "../drawings/vmlDrawing91.vml")
    bottom = sheet.area[1]
    own_format = (
        f'<conditionalFormatting sqref="K2:K{bottom}"><cfRule type="colorScale" priority="40"><colorScale><cfvo '
        'type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FF63BE7B"/></colorScale></cfRule>'
        f'</conditionalFormatting><conditionalFormatting sqref="E2:E{bottom}"><cfRule type="containsText" '
        'dxfId="0" priority="41" operator="containsText" text="急"><formula>NOT(ISERROR(SEARCH("急",E2)))</formula>'
        "</cfRule></conditionalFormatting>"
    )
    replace(parts, sheet.part, "<dataValidations", own_format + "<dataValidations", count=1)
    replace(parts, sheet.part, "&amp;R", "&amp;C&amp;G&amp;R", count=1)
    anchor = (
        f'<anchor><from xmlns:xdr="{DRAWING}/spreadsheetDrawing"><xdr:col>40</xdr:col><xdr:colOff>0</xdr:colOff>'
        "<xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></from>"
        f'<to xmlns:xdr="{DRAWING}/spreadsheetDrawing"><xdr:col>42</xdr:col><xdr:colOff>0</xdr:colOff>'
        "<xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor>"
    )
    controls = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice xmlns:x14="{X14}" Requires="x14"><controls>'
        f'<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="9001" r:id="{related["ctrlProp"]}" '
        f'name="Button 1"><controlPr defaultSize="0" macro="[0]!Update">{anchor}</controlPr></control></mc:Choice>'
        "</mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
    )
    before_tables = (
        f'<drawing r:id="{related["drawing"]}"/><legacyDrawing r:id="{related["vmlDrawing"]}"/>'
        f'<legacyDrawingHF r:id="{header}"/>{controls}<tableParts'
    )
    replace(parts, sheet.part, "<tableParts", before_tables)
    line = "".join(
        f"<x14:sparkline><xm:f>'{sheet.title}'!K{row}:L{row}</xm:f><xm:sqref>AH{row}</xm:sqref></x14:sparkline>"
        for row in (2, 3)
    )
    extensions = (
        f'<extLst><ext xmlns:x14="{X14}" uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"><x14:sparklineGroups '
        f'xmlns:xm="{MICROSOFT}/excel/2006/main"><x14:sparklineGroup displayEmptyCellsAs="gap"><x14:colorSeries '
        f'rgb="FF376092"/><x14:sparklines>{line}</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>'
        f'<ext xmlns:x15="{X15}" uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}"><x14:slicerList xmlns:x14="{X14}">'
        f'<x14:slicer r:id="{related["slicer"]}"/></x14:slicerList></ext></extLst></worksheet>'
    )
    replace(parts, sheet.part, "</worksheet>", extensions)


def relate(parts: dict[str, bytes], part: str, kind: str, target: str, *, base: str = RELATIONS) -> str:
    """Add a relationship to a part and give its identifier."""
    name = relations_of(part)
    parts.setdefault(name, f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'.encode())
    numbers = [int(number) for number in re.findall(r'Id="rId(\d+)"', text(parts, name))]
    identifier = f"rId{max(numbers, default=0) + 1}"
    added = f'<Relationship Id="{identifier}" Type="{base}/{kind}" Target="{target}"/></Relationships>'
    replace(parts, name, "</Relationships>", added)
    return identifier


def relations_of(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def replace(parts: dict[str, bytes], part: str, old: str, new: str, *, count: int = -1) -> None:
    """Put one text for another, which must be there."""
    assert old in text(parts, part), (part, old)
    parts[part] = text(parts, part).replace(old, new, count).encode()


def text(parts: dict[str, bytes], part: str) -> str:
    """A part as text."""
    return parts[part].decode()


def next_column(letters: str) -> str:
    """The column right of one that does not end in Z."""
    return letters[:-1] + chr(ord(letters[-1]) + 1)
