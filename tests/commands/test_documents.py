"""The command that asks for documents, and what every document shares."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.base.findings import Severity
from automation.commands.document.source import lines, number
from automation.commands.documents import DOCUMENTS, checksum, document, document_kind, document_request
from automation.commands.request import Request
from tests.documents import source_of
from tests.tables import catalogue, project_of, settings
from tests.word.samples import request as sample

STATUS = date(2026, 6, 12)
BOOK = """
projects
 project_id | name | name_en | customer_id | project_manager | customer_owner | objective | budget_total | constraints
 PRJ-001 | 产线改造 | Line upgrade | CUS-001 | RES-001 | CON-001 | 上线 | 1980000 | 周日停机;预算198万元
customers
 customer_id | name | customer_type | industry | tier | account_manager | status | confidentiality
 CUS-001 | 甲方公司 | external | 制造 | a | RES-001 | active | confidential
contacts
 contact_id | customer_id | name | title | role | is_key | email | preferred_channel | language | greet_consent | active
 CON-001 | CUS-001 | 周明 | IT经理 | project_counterpart | yes | z@example.com | email | {contact} | no | yes
resources
 resource_id | name | kind | role | cost_rate | capacity | email | access_role
 RES-001 | 王志强 | person | project_manager | 2000 | 100 | w@example.com | editor
 RES-002 | 李倩 | person | analyst | 1500 | 100 | l@example.com | editor
deliverables
 deliverable_id | name | name_en | kind | quantity | unit | standard | milestone | due | owner | version | delivered_on | accept_status | accepted_by | accepted_on
 DLV-001 | 需求规格说明书 | Requirements specification | document | 1 | 份 | 完整 | T-001 | 2026-04-17 | RES-002 | {version} | {delivered} | {accepted} | CON-001 | {accepted_on}
changes
 change_id | title | title_en | kind | reason | raised_by | raised_on | priority | decision | approved_by | approved_on | status | assessed_by
 CHG-001 | 新增报工 | Add reporting | add | 需要 | CON-001 | 2026-05-06 | medium | approved | CON-001 | {approved} | approved | RES-002
 CHG-002 | 未同意 | Not agreed | add | 需要 | CON-001 | 2026-05-06 | medium | approved | | | approved | RES-002
 CHG-003 | 未来 | Future | add | 需要 | CON-001 | 2026-05-06 | medium | approved | CON-001 | 2026-07-01 | approved | RES-002
"""


def book(**values):
    filled = {
        "contact": "chinese",
        "version": "V1.0",
        "delivered": "2026-04-20",
        "accepted": "accepted",
        "accepted_on": "2026-04-22",
        "approved": "2026-04-10",
    } | values
    return replace(project_of(BOOK.format(**filled)), language="zh")


def asked(project, *, language="zh", **parameters):
    named = settings(company_name="乙方公司", company_name_en="Supplier Ltd.", language=language)
    return Request(project, (), catalogue(), named, STATUS, parameters)


def context(identifier="D01", *, language="zh", project=None, **options):
    made = source_of(project or book(), language, company=("乙方公司", "Supplier Ltd."), **options)
    return document_kind(identifier).context(made)


class TestCommand:
    def test_a_document_is_asked_for_with_its_stem_and_checksum(self):
        outcome = document(asked(book(), id="d01", draft=True))
        (made,) = outcome.documents
        assert (made.id, made.language, made.stem) == ("D01", "zh", "PRJ-001-D01-V1.0_需求规格说明书")
        assert [(entry.action, entry.document, entry.checksum) for entry in outcome.log] == [
            ("document", made.stem, checksum(made))
        ]

    def test_errors_in_the_rows_it_needs_stop_a_document_but_not_a_draft(self):
        request = asked(book(), id="D01")
        blocked = document(request)
        assert blocked.documents == ()
        assert {finding.severity for finding in blocked.findings} == {Severity.ERROR}
        assert {finding.place.sheet for finding in blocked.findings} <= set(DOCUMENTS[0].sheets)
        assert "--draft" in blocked.notices[0].zh
        (made,) = document(asked(book(), id="D01", draft=True)).documents
        assert made.context["document"]["mark"] == "草稿"

    def test_a_clean_workbook_gives_a_released_document(self):
        clean = replace_findings(asked(book(), id="D01"))
        (made,) = document(clean).documents
        assert made.context["document"]["mark"] == ""
        assert made.context["document"]["status"] == "已发布（双方签署）"

    @pytest.mark.parametrize(
        ("contact", "setting", "parameter", "expected"),
        [
            ("chinese", "zh", None, ["zh"]),
            ("english", "zh", None, ["en"]),
            ("bilingual", "zh", None, ["zh", "en"]),
            ("chinese", "en", None, ["en"]),
            ("english", "zh", "zh", ["zh"]),
        ],
    )
    def test_the_language_is_the_one_asked_for_or_the_customer_contacts(self, contact, setting, parameter, expected):
        request = asked(book(contact=contact), language=setting)
        request = replace(request, parameters={"id": "D12", "draft": True, "language": parameter})
        assert [made.language for made in document(request).documents] == expected

    def test_a_clause_that_names_an_internal_amount_is_left_out_and_said(self):
        outcome = document(asked(book(), id="D01", draft=True))
        assert outcome.documents[0].context["scope"]["constraints"] == ["周日停机"]
        assert [notice.zh for notice in outcome.notices] == [
            "“项目”表 PRJ-001 的“限制条件”提到内部金额，该句未写入客户文档。"
        ]

    def test_a_document_in_another_language_than_the_workbook_says_that_texts_stand_as_typed(self):
        english = document(asked(book(), language="en", id="D12", draft=True))
        assert any("without an English column" in notice.en for notice in english.notices)
        chinese = document(asked(book(), id="D12", draft=True))
        assert not any("without an English column" in notice.en for notice in chinese.notices)

    @pytest.mark.parametrize("identifier", ["", "D99", "X"])
    def test_an_unknown_document_is_refused_with_the_list_of_known_ones(self, identifier):
        with pytest.raises(UsageError) as caught:
            document(asked(book(), id=identifier))
        assert "、".join(f"{kind.id} {kind.name.zh}" for kind in DOCUMENTS) in caught.value.text.zh

    def test_an_unknown_project_is_refused_with_the_known_ones(self):
        with pytest.raises(UsageError) as caught:
            document(asked(book(), id="D01", draft=True, **{"for": "PRJ-009"}))
        assert caught.value.text.zh == "“项目”表里没有 PRJ-009：现有 PRJ-001，请用 --for 指定其中一个。"

    def test_of_several_projects_one_must_be_named(self):
        two = BOOK.replace(
            "customers\n", " PRJ-002 | 第二 | Second | CUS-001 | RES-001 | CON-001 | x | 1 | y\ncustomers\n", 1
        )
        values = {
            "contact": "chinese",
            "version": "V1.0",
            "delivered": "",
            "accepted": "not_submitted",
            "accepted_on": "",
            "approved": "",
        }
        project = project_of(two.format(**values))
        with pytest.raises(UsageError, match="--for"):
            context(project=project)
        assert context(project=project, key="PRJ-002")["project"]["name"] == "第二"

    def test_contexts_are_plain_data(self):
        for kind in DOCUMENTS:
            for language in ("zh", "en"):
                made = sample(kind.id, language).context
                assert json.loads(json.dumps(made)) == made

    def test_file_names_hold_no_sign_that_windows_refuses(self):
        made = source_of(book(version="V1/0: *?"), "en")
        assert re.fullmatch(r"[\w.-]+", document_request(DOCUMENTS[0], made).stem)


def replace_findings(request):
    """The request as if its data checks had found nothing."""

    class Clean(Request):
        data_findings = ()

    return Clean(**{name: getattr(request, name) for name in request.__dataclass_fields__})


class TestVersions:
    def test_a_specification_that_was_accepted_is_released(self):
        made = context()
        assert made["document"]["number"] == "PRJ-001-D01-V1.0"
        assert made["revisions"] == [
            {
                "version": "V1.0",
                "date": "2026年4月20日",
                "description": "首次发布",
                "author": "李倩",
                "approver": "周明",
            }
        ]
        assert made["approvals"][2]["date"] == "2026年4月22日"

    def test_an_agreed_change_after_the_first_issue_makes_a_new_draft_version(self):
        made = context(project=book(approved="2026-05-15"))
        assert [(one["version"], one["description"]) for one in made["revisions"]] == [
            ("V1.0", "首次发布"),
            ("V1.1", "CHG-001 新增报工"),
        ]
        assert made["document"]["mark"] == "草稿"
        assert made["approvals"][2]["date"] == ""

    def test_what_was_never_delivered_is_a_draft_of_today(self):
        made = context(project=book(delivered="", accepted="not_submitted", version=""))
        assert (made["document"]["version"], made["document"]["mark"]) == ("V0.1", "草稿")
        assert made["revisions"][0]["date"] == "2026年6月12日"

    def test_an_acceptance_report_without_a_deliverable_is_a_first_draft(self):
        assert context("D12")["document"]["number"] == "PRJ-001-D12-V0.1"

    def test_english_documents_use_english_names_dates_and_labels(self):
        made = context(language="en", project=book(approved="2026-05-15"))
        assert made["project"]["name"] == "Line upgrade"
        assert made["document"]["date"] == "12 Jun 2026"
        assert made["document"]["classification"] == "Confidential"
        assert made["supplier"]["name"] == "Supplier Ltd."
        assert made["revisions"][1]["description"] == "CHG-001 Add reporting"

    def test_the_file_properties_name_project_number_and_date(self):
        assert context()["properties"] == {
            "title": "产线改造 需求规格说明书",
            "subject": "PRJ-001-D01-V1.0",
            "author": "李倩",
            "company": "乙方公司",
            "category": "需求规格说明书",
            "keywords": "PRJ-001; D01",
            "version": "V1.0",
            "on": "2026-06-12",
        }


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "—"), (0, "0"), (2.0, "2"), (1234567.5, "1,234,567.5"), (0.125, "0.125"), (-3, "-3")]
)
def test_numbers_have_separators_and_no_needless_zeros(value, expected):
    assert number(value) == expected


def test_a_cell_of_several_items_is_split_at_semicolons_and_lines():
    assert lines("一；二;三\n四。; ") == ["一", "二", "三", "四"]
    assert lines(None) == []
