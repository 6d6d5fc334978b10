"""What a customer reads does not depend on anything confidential, nor on other customers' rows.

Not one figure is searched for: everything confidential is filled in twice, each time with other values, and whatever a
customer's document is made of must be equal both times. Files are searched for the texts and amounts besides.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from automation.base.records import replace
from automation.commands.documents import DOCUMENTS, document_kind, document_request
from tests.documents import source_of
from tests.tables import catalogue
from tests.word.samples import COMPANY, STATUS_DATE, SUBJECTS, demo, fill, parts

OURS = "CUS-001"
CUSTOMERS = [(kind.id, language) for kind in DOCUMENTS if kind.audience == "customer" for language in ("zh", "en")]
INTERNAL = ["D04I", "D07I", "D10", "D20", "D26", "D27"]
"""Internal documents that show money, risks, profiles and people."""
MARK = "ZZSECRET"
AMOUNT = {"first": Decimal("7131719.53"), "second": Decimal("9246827.64")}


def secret(column, which):
    """A value for a confidential column, another one for ``which``; ``None`` where it has no other."""
    if column.kind in {"number", "integer", "money", "percent", "score", "computed"} or column.kind.startswith("num"):
        return AMOUNT[which]
    if column.kind == "date":
        return date(2026, 3, 2) + timedelta(days=0 if which == "first" else 9)
    if column.list:
        codes = [value.code for value in catalogue().lists[column.list].values]
        return codes[0] if which == "first" else codes[-1]
    return f"{MARK} {which} {column.id}"


@cache
def filled_in(which):
    """The demonstration project with every confidential cell filled, and texts of other customers' rows changed."""
    project = demo()
    tables = dict(project.tables)
    projects = {row.project_id: row.customer_id for row in project.rows.projects}
    for sheet in catalogue().business:
        table = tables[sheet.id]
        models = dict(table.models)
        theirs = [owner(row, projects) not in {None, OURS} for row in table.rows]
        for column in sheet.columns:
            if column.id not in models:
                continue
            old = models[column.id]
            if column.confidential:
                models[column.id] = [secret(column, which)] * len(old)
            elif column.kind in {"text", "long"}:
                models[column.id] = [
                    f"{MARK} {which} {number}" if other and value and column.id != sheet.key else value
                    for number, (value, other) in enumerate(zip(old, theirs, strict=True))
                ]
        tables[sheet.id] = replace(table, models=models)
    return replace(project, tables=tables)


def owner(row, projects):
    """The customer whom a row belongs to, ``None`` for nobody."""
    return getattr(row, "customer_id", None) or projects.get(getattr(row, "project_id", None))


def made_of(identifier, language, which):
    kind = document_kind(identifier)
    return document_request(
        kind,
        source_of(
            filled_in(which),
            language,
            day=STATUS_DATE,
            company=COMPANY,
            sheet=kind.sheet,
            key=SUBJECTS.get(identifier, ""),
            internal=kind.audience == "internal",
        ),
    )


def data(request):
    return json.dumps([request.context, {name: repr(one) for name, one in request.charts.items()}], ensure_ascii=False)


def test_enough_is_confidential_to_prove_something():
    filled = [
        (sheet.id, column.id)
        for sheet in catalogue().business
        for column in sheet.columns
        if column.confidential and filled_in("first").tables[sheet.id].models.get(column.id)
    ]
    assert len(filled) >= 30
    assert {sheet for sheet, _ in filled} >= {"costs", "deals", "resources", "projects", "risks", "customers"}


@pytest.mark.parametrize(("identifier", "language"), CUSTOMERS)
def test_a_customers_document_is_the_same_whatever_is_confidential(identifier, language):
    first, second = (made_of(identifier, language, which) for which in ("first", "second"))
    assert first.context == second.context
    assert first.charts == second.charts
    assert first.stem == second.stem


@pytest.mark.parametrize("identifier", INTERNAL)
def test_an_internal_document_is_not(identifier):
    assert data(made_of(identifier, "zh", "first")) != data(made_of(identifier, "zh", "second"))


@pytest.mark.parametrize(("identifier", "language"), CUSTOMERS)
def test_no_part_of_a_customers_file_holds_a_confidential_text_or_amount(identifier, language):
    content = b"".join(parts(fill(made_of(identifier, language, "first"))).values()).decode("utf-8", "ignore")
    for form in (MARK, "7131719", "7,131,719", "713.17", "柒佰壹拾叁万"):
        assert form not in content


def test_the_same_search_finds_them_in_an_internal_file():
    content = b"".join(parts(fill(made_of("D04I", "zh", "first"))).values()).decode("utf-8", "ignore")
    assert "7,131,719" in content
