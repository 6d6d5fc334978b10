"""Small ReqIF files for tests."""


def reqif(*objects: tuple[str, ...]) -> bytes:
    """A ReqIF file of objects: identifier, name, formatted text, enumeration value, chapter name, identifier of the parent."""
    whole = [(*one, *[""] * (6 - len(one))) for one in objects]
    values = "".join(_object(*one[:5]) for one in whole)
    places = "".join(_place(one[0], whole) for one in whole if not one[5])
    return _FRAME.format(objects=values, places=places).encode()


def _object(identifier: str, name: str, text: str, choice: str, chapter: str) -> str:
    parts = [_string("a-id", identifier)]
    parts += [_string("a-name", name)] if name else []
    parts += [_string("a-chapter", chapter)] if chapter else []
    if text:
        parts.append(
            "<ATTRIBUTE-VALUE-XHTML><DEFINITION><ATTRIBUTE-DEFINITION-XHTML-REF>a-text</ATTRIBUTE-DEFINITION-XHTML-REF>"
            f"</DEFINITION><THE-VALUE><xhtml:div>{text}</xhtml:div></THE-VALUE></ATTRIBUTE-VALUE-XHTML>"
        )
    if choice:
        parts.append(
            "<ATTRIBUTE-VALUE-ENUMERATION><VALUES><ENUM-VALUE-REF>" + choice + "</ENUM-VALUE-REF></VALUES><DEFINITION>"
            "<ATTRIBUTE-DEFINITION-ENUMERATION-REF>a-priority</ATTRIBUTE-DEFINITION-ENUMERATION-REF></DEFINITION>"
            "</ATTRIBUTE-VALUE-ENUMERATION>"
        )
    parts.append(
        '<ATTRIBUTE-VALUE-DATE THE-VALUE="2026-06-01T00:00:00Z"><DEFINITION><ATTRIBUTE-DEFINITION-DATE-REF>a-due'
        "</ATTRIBUTE-DEFINITION-DATE-REF></DEFINITION></ATTRIBUTE-VALUE-DATE>"
    )
    return (
        f'<SPEC-OBJECT IDENTIFIER="{identifier}"><VALUES>{"".join(parts)}</VALUES>'
        "<TYPE><SPEC-OBJECT-TYPE-REF>t</SPEC-OBJECT-TYPE-REF></TYPE></SPEC-OBJECT>"
    )


def _string(attribute: str, value: str) -> str:
    return (
        f'<ATTRIBUTE-VALUE-STRING THE-VALUE="{value}"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>{attribute}'
        "</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>"
    )


def _place(identifier: str, whole: list[tuple[str, ...]]) -> str:
    below = "".join(_place(one[0], whole) for one in whole if one[5] == identifier)
    return (
        f'<SPEC-HIERARCHY IDENTIFIER="h-{identifier}"><OBJECT><SPEC-OBJECT-REF>{identifier}</SPEC-OBJECT-REF></OBJECT>'
        f"<CHILDREN>{below}</CHILDREN></SPEC-HIERARCHY>"
    )


_FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<CORE-CONTENT><REQ-IF-CONTENT>
<DATATYPES><DATATYPE-DEFINITION-ENUMERATION IDENTIFIER="d"><SPECIFIED-VALUES>
<ENUM-VALUE IDENTIFIER="e-high" LONG-NAME="High"/><ENUM-VALUE IDENTIFIER="e-low" LONG-NAME="Low"/>
</SPECIFIED-VALUES></DATATYPE-DEFINITION-ENUMERATION></DATATYPES>
<SPEC-TYPES><SPEC-OBJECT-TYPE IDENTIFIER="t"><SPEC-ATTRIBUTES>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-id" LONG-NAME="ReqIF.ForeignID"/>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-name" LONG-NAME="ReqIF.Name"/>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-chapter" LONG-NAME="ReqIF.ChapterName"/>
<ATTRIBUTE-DEFINITION-XHTML IDENTIFIER="a-text" LONG-NAME="ReqIF.Text"/>
<ATTRIBUTE-DEFINITION-ENUMERATION IDENTIFIER="a-priority" LONG-NAME="Priority"/>
<ATTRIBUTE-DEFINITION-DATE IDENTIFIER="a-due" LONG-NAME="Due"/>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a-version" LONG-NAME="Version"><DEFAULT-VALUE>
<ATTRIBUTE-VALUE-STRING THE-VALUE="1.0"/></DEFAULT-VALUE></ATTRIBUTE-DEFINITION-STRING>
</SPEC-ATTRIBUTES></SPEC-OBJECT-TYPE></SPEC-TYPES>
<SPEC-OBJECTS>{objects}</SPEC-OBJECTS>
<SPECIFICATIONS><SPECIFICATION IDENTIFIER="s"><CHILDREN>{places}</CHILDREN></SPECIFICATION></SPECIFICATIONS>
</REQ-IF-CONTENT></CORE-CONTENT></REQ-IF>
"""
