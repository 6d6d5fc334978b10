"""The schema of what an analysis sheet shows besides its table: charts, colours by value, the grid.

Not here: the rest of a sheet (``metaschema``), and whether the columns named are there (``meta_views``).
"""

from __future__ import annotations

from typing import Any

CHARTS = ("line", "column", "stacked_column", "bar", "stacked_bar", "area", "doughnut")
UPRIGHT = ("line", "column", "stacked_column", "area")
"""Charts that can have a second axis at the right."""
LOOKS = ("good", "fair", "poor", "quiet", "strong")
COLOUR = "^#[0-9A-F]{6}$"

_IDENTIFIER: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_COLUMNS: dict[str, Any] = {"type": "array", "items": _IDENTIFIER, "minItems": 1, "uniqueItems": True}
_WORDS: dict[str, Any] = {"type": "string", "pattern": r"\S"}
_TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "additionalProperties": False,
    "properties": {"zh": _WORDS, "en": _WORDS},
}


def _object(required: list[str], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties, **more}


_COLOUR: dict[str, Any] = {"type": "string", "pattern": COLOUR}
_HEAT = _object(
    [],
    {
        "columns": _COLUMNS,
        "grid": {"const": True},
        "scale": {"type": "array", "items": _COLOUR, "minItems": 2, "maxItems": 3},
        "at": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3},
        "levels": {
            "type": "array",
            "items": _object(["from", "look"], {"from": {"type": "number"}, "look": {"enum": list(LOOKS)}}),
            "minItems": 1,
        },
        "bar": _COLOUR,
        "formula": {"type": "string", "minLength": 1},
        "look": {"enum": list(LOOKS)},
    },
    allOf=[
        {"oneOf": [{"required": ["columns"]}, {"required": ["grid"]}]},
        {"oneOf": [{"required": [name]} for name in ("scale", "levels", "bar", "formula")]},
        {"dependentRequired": {"formula": ["look"], "look": ["formula"], "at": ["scale"]}},
    ],
)
"""Cells that are coloured by their values: by a scale of two or three colours, by levels (the highest first), by a bar
in the cell, or where a formula holds (``[column]`` stands for the cell of the row, ``{list.code}`` for a label)."""
_CHART = _object(
    ["kind", "title", "categories", "series"],
    {
        "kind": {"enum": list(CHARTS)},
        "title": _TEXT,
        "categories": _IDENTIFIER,
        "series": _COLUMNS,
        "secondary": _COLUMNS,
        "colours": {"type": "array", "items": _COLOUR, "minItems": 1},
        "number_format": {"type": "string", "minLength": 1},
        "width": {"type": "integer", "minimum": 200, "maximum": 1600},
        "height": {"type": "integer", "minimum": 120, "maximum": 1000},
    },
    allOf=[{"if": {"required": ["secondary"]}, "then": {"properties": {"kind": {"enum": list(UPRIGHT)}}}}],
)
_GRID = _object(
    ["columns", "width"],
    {
        "columns": {"type": "integer", "minimum": 1, "maximum": 400},
        "width": {"type": "number", "minimum": 1, "maximum": 40},
        "number_format": {"type": "string", "minLength": 1},
        "font_size": {"type": "integer", "minimum": 6, "maximum": 20},
    },
)
VIEW: dict[str, Any] = {
    "x-charts": {"type": "array", "items": _CHART, "minItems": 1},
    "x-heat": {"type": "array", "items": _HEAT, "minItems": 1},
    "x-grid": _GRID,
}
"""What an analysis sheet shows besides its table (see ``catalogue.View``)."""
_KEYS = ("$schema", "$id", "type", "x-sheet", "required", "properties")
_ANALYSIS: dict[str, Any] = {"properties": {"x-sheet": {"properties": {"kind": {"const": "analysis"}}}}}
ONLY_ANALYSES_HAVE_A_VIEW: dict[str, Any] = {
    "if": _ANALYSIS,
    "then": {
        "properties": {
            "required": {"maxItems": 0},
            "x-sheet": {"properties": {"group": {"const": "analysis"}}},
            "properties": {"additionalProperties": {"properties": {"x-need": {"const": "computed"}}}},
        },
        "propertyNames": {"enum": [*_KEYS, *VIEW]},
    },
    "else": {
        "properties": {"required": {"minItems": 1}},
        "propertyNames": {"enum": [*_KEYS, "allOf", "x-checks"]},
    },
}
