"""The schema of the schemas: what may stand in each YAML file of ``schemas/``, as JSON Schema 2020-12.

Not here: what one file says about another (``schema.meta_sheets``, ``schema.meta_texts``).
"""

from __future__ import annotations

from typing import Any

from automation.schema.metaschema_views import ONLY_ANALYSES_HAVE_A_VIEW, VIEW

IDENTIFIER = "^[a-z][a-z0-9_]*$"
CODE = "^[a-z0-9][a-z0-9_]*$"
RULE = "^[A-Z]{3}-[0-9]{2}$"
COMPUTED = "^C[0-9]{2}$"
ALL_RULES = "^(V[0-9]{2}|[A-Z]{3}-[0-9]{2})$"
KINDS = ("id", "text", "long", "int", "num", "money", "pct", "date", "dt", "enum", "ref", "mref")
FORMATS = ("links", "resource_use", "milestone_weights", "ids", "any_id", "any")
PARAMETER_TYPES = (
    "days",
    "working_days",
    "percent",
    "points",
    "number",
    "text",
    "date",
    "enum",
    "list",
    "hours",
    "times",
)
LONGEST_HINT = 120
"""Characters of a column's help; Excel shows no more than 255, title and all."""

_TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string", "pattern": r"\S"}, "en": {"type": "string", "pattern": r"\S"}},
}
_HINT: dict[str, Any] = {
    "allOf": [_TEXT],
    "properties": {"zh": {"maxLength": LONGEST_HINT}, "en": {"maxLength": LONGEST_HINT}},
}
_IDENTIFIER: dict[str, Any] = {"type": "string", "pattern": IDENTIFIER}
_COLUMNS: dict[str, Any] = {"type": "array", "items": _IDENTIFIER, "minItems": 1, "uniqueItems": True}
_PLACE: dict[str, Any] = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"}


def _object(required: list[str], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
        **more,
    }


_REFERENCE = _object(
    ["sheet"],
    {
        "sheet": _IDENTIFIER,
        "same": _COLUMNS,
        "where": {"type": "object", "additionalProperties": {"type": "array", "minItems": 1}},
        "many": {"const": True},
        "not_itself": {"const": True},
        "symmetric": {"const": True},
        "acyclic": {"const": True},
    },
)

_COLUMN = _object(
    ["type", "x-kind", "x-label", "x-need", "x-order", "x-width", "x-hint"],
    {
        "type": True,
        "format": {"enum": ["date", "date-time"]},
        "pattern": {"type": "string"},
        "minLength": {"type": "integer", "minimum": 1},
        "maxLength": {"type": "integer", "minimum": 1},
        "minimum": {"type": "number"},
        "exclusiveMinimum": {"type": "number"},
        "maximum": {"type": "number"},
        "x-kind": {"enum": list(KINDS)},
        "x-label": _TEXT,
        "x-need": {"enum": ["required", "conditional", "optional", "computed"]},
        "x-order": {"type": "integer", "minimum": 1},
        "x-width": {"type": "number", "minimum": 6, "maximum": 80},
        "x-hint": _HINT,
        "x-list": _IDENTIFIER,
        "x-reference": _REFERENCE,
        "x-computed": {"type": "string", "pattern": COMPUTED},
        "x-confidential": {"const": True},
        "x-folded": {"const": True},
        "x-unique": {"const": True},
        "x-not-after-status-date": {"const": True},
        "x-first-year": {"type": "integer", "minimum": 1900},
        "x-format": {"enum": list(FORMATS)},
        "x-number-format": {"type": "string", "minLength": 1},
        "x-default": {"type": ["string", "number"]},
    },
)

_CONDITION = _object(
    ["x-rule", "x-when", "if", "then"],
    {
        "x-rule": {"enum": ["V01", "V06"]},
        "x-when": _TEXT,
        "if": {"type": "object"},
        "then": {"type": "object"},
        "x-covered-by": {"type": "object", "additionalProperties": {"type": "string", "pattern": RULE}},
        "x-alternatives": _COLUMNS,
        "x-column": _IDENTIFIER,
        "x-message": _TEXT,
        "x-hint": _TEXT,
    },
    allOf=[
        {
            "if": {"properties": {"x-rule": {"const": "V01"}}},
            "then": {"properties": {"then": _object(["required"], {"required": _COLUMNS})}},
            "else": {"required": ["x-column", "x-message", "x-hint"]},
        }
    ],
)

_CHECKS: dict[str, dict[str, Any]] = {
    "order": _object(["columns", "strict"], {"columns": _COLUMNS, "strict": {"type": "boolean"}}),
    "sum": _object(
        ["column", "of", "by", "tolerance"],
        {"column": _IDENTIFIER, "of": _PLACE, "by": _IDENTIFIER, "tolerance": {"type": "number", "minimum": 0}},
    ),
    "pairs": _object(["columns", "table"], {"columns": _COLUMNS, "table": _IDENTIFIER}),
    "result_agrees": _object(
        ["column", "actual", "compare", "target"],
        {"column": _IDENTIFIER, "actual": _IDENTIFIER, "compare": _IDENTIFIER, "target": _IDENTIFIER},
    ),
    "ascending": _object(["columns"], {"columns": _COLUMNS}),
    "exists": _object(["column", "in"], {"column": _IDENTIFIER, "in": _PLACE}),
    "period_over": _object(["column", "period"], {"column": _IDENTIFIER, "period": _IDENTIFIER}),
    "scope": _object(
        ["column", "by", "sheets", "otherwise"],
        {
            "column": _IDENTIFIER,
            "by": _IDENTIFIER,
            "sheets": {"type": "object", "additionalProperties": _PLACE},
            "otherwise": {"type": "string"},
        },
    ),
}
for _name, _schema in _CHECKS.items():
    _schema["required"] = ["check", *_schema["required"]]
    _schema["properties"] = {"check": {"const": _name}, **_schema["properties"]}

_CHECK: dict[str, Any] = {
    "type": "object",
    "required": ["check"],
    "properties": {"check": {"enum": list(_CHECKS)}},
    "allOf": [
        {"if": {"required": ["check"], "properties": {"check": {"const": name}}}, "then": schema}
        for name, schema in _CHECKS.items()
    ],
}

SHEET = _object(
    ["$schema", "$id", "type", "x-sheet", "required", "properties"],
    {
        "$schema": {"const": "https://json-schema.org/draft/2020-12/schema"},
        "$id": _IDENTIFIER,
        "type": {"const": "object"},
        "x-sheet": _object(
            ["label", "purpose", "kind", "group", "order", "key"],
            {
                "label": _TEXT,
                "purpose": _TEXT,
                "kind": {"enum": ["business", "system", "dashboard", "analysis"]},
                "group": {"enum": ["project", "customer", "quality", "service", "improvement", "analysis", "system"]},
                "order": {"type": "integer", "minimum": 1},
                "key": _IDENTIFIER,
                "title": _IDENTIFIER,
                "prefix": {"type": "string", "pattern": "^[A-Z]+$"},
                "unique": {"type": "array", "items": _COLUMNS, "minItems": 1},
            },
        ),
        "required": {"type": "array", "items": _IDENTIFIER, "uniqueItems": True},
        "properties": {"type": "object", "propertyNames": _IDENTIFIER, "additionalProperties": _COLUMN},
        "allOf": {"type": "array", "items": _CONDITION, "minItems": 1},
        "x-checks": {"type": "array", "items": _CHECK, "minItems": 1},
        **VIEW,
    },
    **ONLY_ANALYSES_HAVE_A_VIEW,
)

_CODE: dict[str, Any] = {"type": "string", "pattern": CODE}
LISTS = _object(
    ["lists"],
    {
        "lists": {
            "type": "object",
            "propertyNames": _IDENTIFIER,
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "items": _object(["code", "zh", "en"], {"code": _CODE, **_TEXT["properties"]}),
            },
        },
        "table_lists": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": _IDENTIFIER, "minItems": 2, "maxItems": 2},
        },
        "tables": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "items": _CODE, "minItems": 2, "maxItems": 2},
            },
        },
        "transitions": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _CODE, "uniqueItems": True},
            },
        },
    },
)

MESSAGES = _object(
    ["checks", "rules"],
    {
        "checks": {
            "type": "object",
            "propertyNames": _IDENTIFIER,
            "additionalProperties": _object(["message", "hint"], {"message": _TEXT, "hint": _TEXT}),
        },
        "rules": {
            "type": "object",
            "propertyNames": {"pattern": r"^([A-Z]{3}-[0-9]{2}|V0[78])(\.[a-z][a-z0-9_]*)?$"},
            "additionalProperties": _object(
                ["name", "message", "hint", "fields"],
                {"name": _TEXT, "message": _TEXT, "hint": _TEXT, "fields": _COLUMNS, "parameters": _COLUMNS},
            ),
        },
    },
)

PARAMETERS = _object(
    ["parameters"],
    {
        "parameters": {
            "type": "array",
            "minItems": 1,
            "items": _object(
                ["key", "group", "type", "label", "description"],
                {
                    "key": _IDENTIFIER,
                    "group": _IDENTIFIER,
                    "type": {"enum": list(PARAMETER_TYPES)},
                    "default": {"type": ["string", "number", "array"]},
                    "unit": _CODE,
                    "minimum": {"type": "number"},
                    "maximum": {"type": "number"},
                    "choices": {"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": True},
                    "label": _TEXT,
                    "description": _TEXT,
                    "rules": {"type": "array", "items": {"type": "string", "pattern": ALL_RULES}, "minItems": 1},
                    "computed": {"type": "array", "items": {"type": "string", "pattern": COMPUTED}, "minItems": 1},
                },
            ),
        }
    },
)
