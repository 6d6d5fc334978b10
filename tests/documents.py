"""Sources of documents from projects, so that a test of a document need not build a whole request."""

from datetime import date

from automation.commands.document.source import source
from automation.commands.request import Request
from tests.tables import catalogue, settings

STATUS = date(2026, 6, 12)


def source_of(project, language="zh", *, day=STATUS, company=("乙", "B"), named=None, **options):
    """The source of a document; ``named`` are settings, ``options`` sheet, key, internal, draft."""
    values = {"company_name": company[0], "company_name_en": company[1], "language": language} | (named or {})
    return source(Request(project, (), catalogue(), settings(**values), day), language, **options)
