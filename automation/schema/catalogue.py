"""The catalogue: every sheet, column, list, message and parameter, frozen, parsed from ``schemas/``.

Not here: reading the files (``front.library``) and checking that the schemas themselves are sound (``schema.meta``).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from automation.base.days import FIRST_YEAR
from automation.base.findings import EMPTY, Language, Text
from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = 40
"""Collections inside one another that a YAML text may have; schemas have about ten."""

SHOWN_CHOICES = 8
"""How many values of a list a message names."""

Kind = Literal["id", "text", "long", "int", "num", "money", "pct", "date", "dt", "enum", "ref", "mref"]
Need = Literal["required", "conditional", "optional", "computed"]


def parse_yaml(text: str) -> Any:
    """The value of a YAML text, read safely: plain data only, no aliases, nothing nested deeper than ``DEEPEST``.

    Raises yaml.YAMLError. A few lines of aliases can stand for gigabytes, and deep nesting ends the process.
    """
    import yaml  # noqa: PLC0415 - parsed schemas are remembered, and then nothing here needs it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            problem = "alias" if depth <= DEEPEST else "nesting"
            mark: Any = event.start_mark  # the C loader has a mark of its own
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, the C one where it exists
    except ValueError as error:  # a day like 2026-13-45 or a number of thousands of digits
        raise yaml.MarkedYAMLError(problem=str(error)) from error


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference column points at.

    ``same`` names columns that must agree between the two rows; ``where`` maps a column of the other
    sheet to the codes allowed there; ``many`` means several ids separated by ``;``.
    """

    sheet: str
    same: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    many: bool = False
    not_itself: bool = False
    symmetric: bool = False
    acyclic: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. ``order`` counts from 1, ``width`` is in characters.

    ``first_year`` is the first year that a date there can have; earlier ones are typing errors. A ``folded`` column of
    an analysis sheet only feeds formulas and charts.
    """

    id: str
    label: Text
    kind: Kind
    need: Need
    order: int
    width: float
    hint: Text
    list: str = ""
    reference: Reference | None = None
    computed_by: str = ""
    confidential: bool = False
    folded: bool = False
    unique: bool = False
    not_after_status_date: bool = False
    first_year: int = FIRST_YEAR
    format: str = ""
    number_format: str = ""
    default: Any = None
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """An if/then of a sheet's schema: ``V01`` makes columns necessary, ``V06`` restricts their values.

    ``covered`` maps a column to the rule whose finding replaces V01 for it.
    """

    rule: str
    when: Text
    test: Mapping[str, Any]
    then: Mapping[str, Any]
    column: str = ""
    message: Text = EMPTY
    hint: Text = EMPTY
    covered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """What an analysis sheet shows besides its table, as ``schemas/`` says it; for the builder of workbooks alone.

    ``charts`` stand beside the table and read its columns, ``heat`` colours cells by their values, ``grid`` is the area of
    narrow columns to the right of the table (empty: none) in which a command draws.
    """

    charts: tuple[Mapping[str, Any], ...] = ()
    heat: tuple[Mapping[str, Any], ...] = ()
    grid: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its labels, columns in order, key, conditions and cross-column checks.

    An ``analysis`` sheet is wholly written by a command: nobody types there and its rows are not read.
    """

    id: str
    label: Text
    purpose: Text
    kind: Literal["business", "system", "dashboard", "analysis"]
    group: str
    order: int
    key: str
    title: str
    prefix: str
    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...]
    checks: tuple[Mapping[str, Any], ...]
    unique: tuple[tuple[str, ...], ...]
    view: View = View()

    @cached_property
    def by_id(self) -> Mapping[str, Column]:
        """Columns by identifier."""
        return {column.id: column for column in self.columns}

    def column(self, identifier: str) -> Column:
        """The column of that identifier; KeyError when there is none."""
        return self.by_id[identifier]

    @property
    def table(self) -> str:
        """The name of the Excel table that holds the rows."""
        return f"tbl_{self.id}"


@dataclass(frozen=True, slots=True)
class ListValue:
    """One value of a list: its code and its labels."""

    code: str
    label: Text


@dataclass(frozen=True)
class ValueList:
    """The values of one list, in the order of the drop-down."""

    id: str
    values: tuple[ListValue, ...]

    @cached_property
    def by_code(self) -> Mapping[str, ListValue]:
        """Values by code."""
        return {value.code: value for value in self.values}

    @cached_property
    def choices(self) -> Text:
        """The labels as a sentence lists them, the first eight and an ellipsis where there are more."""
        more = len(self.values) > SHOWN_CHOICES
        labels = [value.label for value in self.values[:SHOWN_CHOICES]]
        zh, en = [label.zh for label in labels], [label.en for label in labels]
        return Text("、".join(zh) + ("…" if more else ""), ", ".join(en) + (" …" if more else ""))

    def label(self, code: str, language: Language) -> str:
        """The label of a code in one language; an unknown code is returned as it is."""
        value = self.by_code.get(code)
        return value.label.in_(language) if value else code

    def position(self, code: str) -> int:
        """The place of a code in the list, from 0; -1 for an unknown code."""
        return next((number for number, value in enumerate(self.values) if value.code == code), -1)


@dataclass(frozen=True, slots=True)
class Message:
    """A message template in both languages with its hint; fields are those of ``str.format``."""

    message: Text
    hint: Text
    name: Text = EMPTY

    def filled(self, **fields: object) -> tuple[Text, Text]:
        """Message and hint with their fields filled in; a field may be a ``Text`` of its own."""
        zh = {key: value.zh if isinstance(value, Text) else value for key, value in fields.items()}
        en = {key: value.en if isinstance(value, Text) else value for key, value in fields.items()}
        return (
            Text(self.message.zh.format_map(zh), self.message.en.format_map(en)),
            Text(self.hint.zh.format_map(zh), self.hint.en.format_map(en)),
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting that a company may change: its key, type, default, limits and words."""

    key: str
    type: str
    default: Any
    unit: str
    label: Text
    description: Text
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that ``schemas/`` says."""

    sheets: Mapping[str, Sheet]
    lists: Mapping[str, ValueList]
    tables: Mapping[str, frozenset[tuple[str, ...]]]
    transitions: Mapping[str, Mapping[str, tuple[str, ...]]]
    messages: Mapping[str, Message]
    rule_messages: Mapping[str, Message]
    parameters: Mapping[str, Parameter]

    @cached_property
    def business(self) -> tuple[Sheet, ...]:
        """The sheets that people fill in, in order."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.kind == "business")

    @cached_property
    def analyses(self) -> tuple[Sheet, ...]:
        """The sheets that commands fill with what they found, in order."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.kind == "analysis")

    @cached_property
    def sheet_order(self) -> tuple[str, ...]:
        """Sheet identifiers in workbook order."""
        return tuple(self.sheets)

    def label(self, column: Column, code: str, language: Language) -> str:
        """The label of a list code of that column; other values are returned as they are."""
        return self.lists[column.list].label(code, language) if column.list else code


def parse(texts: Mapping[str, str]) -> Catalogue:
    """The catalogue of the YAML texts, keyed by path relative to ``schemas/``.

    Keys are ``lists.yaml``, ``messages.yaml``, ``parameters.yaml`` and ``sheets/<id>.yaml``.
    Raises KeyError or yaml.YAMLError on unsound schemas; ``schema.meta.check`` says what is wrong with them.
    """
    return from_values({path: parse_yaml(text) for path, text in texts.items()})


def from_values(values: Mapping[str, Any]) -> Catalogue:
    """The catalogue of already parsed YAML values, keyed as in ``parse``."""
    lists = values["lists.yaml"]
    messages = values["messages.yaml"]
    sheets = sorted(
        (_sheet(value) for path, value in values.items() if path.startswith("sheets/")), key=lambda sheet: sheet.order
    )
    return Catalogue(
        sheets={sheet.id: sheet for sheet in sheets},
        lists={name: _value_list(name, rows) for name, rows in lists["lists"].items()},
        tables={name: frozenset(map(tuple, pairs)) for name, pairs in lists.get("tables", {}).items()},
        transitions={
            name: {state: tuple(after) for state, after in states.items()}
            for name, states in lists.get("transitions", {}).items()
        },
        messages={name: _message(value) for name, value in messages["checks"].items()},
        rule_messages={name: _message(value) for name, value in messages["rules"].items()},
        parameters={row["key"]: _parameter(row) for row in values["parameters.yaml"]["parameters"]},
    )


def _text(value: Mapping[str, str] | None) -> Text:
    return Text(value["zh"], value["en"]) if value else EMPTY


def _value_list(name: str, rows: list[dict[str, str]]) -> ValueList:
    return ValueList(name, tuple(ListValue(row["code"], Text(row["zh"], row["en"])) for row in rows))


def _message(value: Mapping[str, Any]) -> Message:
    return Message(_text(value["message"]), _text(value.get("hint")), _text(value.get("name")))


def _parameter(row: Mapping[str, Any]) -> Parameter:
    return Parameter(
        key=row["key"],
        type=row["type"],
        default=row.get("default"),
        unit=row.get("unit", "") or "",
        label=_text(row["label"]),
        description=_text(row.get("description")),
        minimum=row.get("minimum"),
        maximum=row.get("maximum"),
        choices=tuple(row.get("choices", ())),
        rules=tuple(row.get("rules", ())),
    )


def _sheet(value: Mapping[str, Any]) -> Sheet:
    head = value["x-sheet"]
    columns = sorted(
        (_column(name, schema) for name, schema in value["properties"].items()), key=lambda column: column.order
    )
    return Sheet(
        id=value["$id"],
        label=_text(head["label"]),
        purpose=_text(head["purpose"]),
        kind=head["kind"],
        group=head["group"],
        order=head["order"],
        key=head["key"],
        title=head.get("title", head["key"]),
        prefix=head.get("prefix", ""),
        columns=tuple(columns),
        conditions=tuple(_condition(entry) for entry in value.get("allOf", ())),
        checks=tuple(value.get("x-checks", ())),
        unique=tuple(map(tuple, head.get("unique", ()))),
        view=View(tuple(value.get("x-charts", ())), tuple(value.get("x-heat", ())), value.get("x-grid", {})),
    )


def _column(name: str, schema: Mapping[str, Any]) -> Column:
    return Column(
        id=name,
        label=_text(schema["x-label"]),
        kind=schema["x-kind"],
        need=schema["x-need"],
        order=schema["x-order"],
        width=schema.get("x-width", 12),
        hint=_text(schema.get("x-hint")),
        list=schema.get("x-list", ""),
        reference=_reference(schema.get("x-reference"), many=schema["x-kind"] == "mref"),
        computed_by=schema.get("x-computed", ""),
        confidential=schema.get("x-confidential", False),
        folded=schema.get("x-folded", False),
        unique=schema.get("x-unique", False),
        not_after_status_date=schema.get("x-not-after-status-date", False),
        first_year=schema.get("x-first-year", FIRST_YEAR),
        format=schema.get("x-format", ""),
        number_format=schema.get("x-number-format", ""),
        default=schema.get("x-default"),
        schema={key: entry for key, entry in schema.items() if not key.startswith("x-")},
    )


def _reference(value: Mapping[str, Any] | None, *, many: bool) -> Reference | None:
    if value is None:
        return None
    return Reference(
        sheet=value["sheet"],
        same=tuple(value.get("same", ())),
        where={column: tuple(codes) for column, codes in value.get("where", {}).items()},
        many=many,
        not_itself=value.get("not_itself", False),
        symmetric=value.get("symmetric", False),
        acyclic=value.get("acyclic", False),
    )


def _condition(entry: Mapping[str, Any]) -> Condition:
    return Condition(
        rule=entry["x-rule"],
        when=_text(entry["x-when"]),
        test=entry.get("if", {}),
        then=entry["then"],
        column=entry.get("x-column", ""),
        message=_text(entry.get("x-message")),
        hint=_text(entry.get("x-hint")),
        covered=dict(entry.get("x-covered-by", {})),
    )
