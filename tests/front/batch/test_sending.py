"""Mails of batches to a real mail server: who gets them, each once whatever happens, and nobody outside the company."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.findings import Finding, Place, Severity, Text
from automation.front import circumstances
from automation.front.batch import drafts, post
from automation.front.batch.jobs import Job
from automation.front.batch.keeping import Standing
from automation.front.batch.mail import Mail
from automation.front.batch.people import people_of
from automation.front.batch.post import PASSWORD
from automation.front.batch.running import JobRun
from automation.front.batch.sending import deliver
from automation.model.runs import BookRun, RunOutcome
from tests.mail_server import USER, WORD, Office, certificates, free_port, running
from tests.tables import catalogue, project_of

ROOT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
FIRST = datetime(2026, 6, 12, 20, tzinfo=UTC)
WANG = "wang@example.com"


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def served(office):
    """The office is open; its port."""
    with running(office) as port:
        yield port


def section(port, **parts):
    whole = {"server": f"localhost:{port}", "security": "none", "from": "交付簿 <bot@example.com>", "send": "true"}
    whole |= {"domains": "[example.com]", **parts}
    return (
        "{"
        + ", ".join(f"{key}: '{value}'" if key == "from" else f"{key}: {value}" for key, value in whole.items())
        + "}"
    )


@pytest.fixture
def night(run, company, planned, monkeypatch, here):
    """Runs the batch of a night over a workbook with open findings and gives its JSON."""
    company._replace(fresh=planned).add("a")

    def call(number=0, *words, hours=0):
        monkeypatch.setattr(circumstances, "moment", lambda: FIRST + timedelta(days=number, hours=hours))
        ended = run(
            "batch", "run", "--config", company.config, "--status-date", f"2026-06-{12 + number}", "--format", "json",
            "--lang", "en", *words,
        )  # fmt: skip
        return json.loads(ended.out) | {"exit": ended.exit}

    return call


def configure(company, port, job=None, **parts):
    company.configure(
        {"tell": "[owners]", "times": "daily 00:00", "timezone": "UTC", **(job or {})}, mail=section(port, **parts)
    )


def files(company, name):
    return sorted(path.name for path in (company.folder.parent / "reports" / name).glob("*.eml"))


def test_each_owner_gets_one_mail_and_no_draft_is_left(night, company, office, served):
    configure(company, served)
    result = night()
    assert len(office.mails) > 2
    assert len(set(office.to)) == len(office.to)
    assert WANG in office.to
    assert (result["figures"]["mails_sent"], result["figures"]["mails_unsent"]) == (len(office.mails), 0)
    assert f"Job 'nightly': mails sent: {len(office.mails)}." in result["notices"]
    assert files(company, "drafts") == []
    assert len(files(company, "sent")) == len(office.mails)
    assert len(office.peers) == 1
    (mail,) = [mail for _, to, mail in office.mails if to == (WANG,)]
    assert str(mail["From"]) == "交付簿 <bot@example.com>"
    assert (mail["To"], mail["X-Unsent"], mail["Auto-Submitted"]) == (WANG, None, "auto-generated")
    assert "a.xlsx" in mail.get_body(("plain",)).get_content()
    assert "<table" in mail.get_body(("html",)).get_content()


def test_nothing_is_sent_unless_asked_for(night, company, office, served):
    configure(company, served, send="false")
    result = night()
    assert "mails_sent" not in result["figures"]
    configure(company, served, {"send": "false"})
    night(1)
    configure(company, served, {"tell": "[]"})
    night(2)
    configure(company, served)
    night(3, "--dry-run")
    assert office.addresses == []
    assert len(files(company, "drafts")) > 2


def test_a_job_may_send_where_others_do_not(night, company, office, served):
    configure(company, served, {"send": "true"}, send="false")
    night()
    assert WANG in office.to


def test_nothing_open_is_no_mail(night, company, office, served, fresh):
    (company.folder / "a.xlsx").write_bytes(fresh.read_bytes())
    configure(company, served)
    result = night()
    assert (result["figures"]["done"], office.addresses) == (1, [])


def test_a_second_run_sends_nothing_again_and_the_next_day_does(night, company, office, served):
    configure(company, served)
    night()
    first = office.to
    night()
    assert office.to == first
    result = night(0, "--now", hours=1)
    assert office.to == first
    assert f"Job 'nightly': mails sent before and not again: {len(first)}." in result["notices"]
    night(1)
    assert office.to == sorted(first * 2)


def test_a_batch_that_dies_after_its_mails_does_not_send_them_again(night, company, office, served, monkeypatch):
    configure(company, served)
    with monkeypatch.context() as patch:
        patch.setattr(Standing, "answer", lambda *_: (_ for _ in ()).throw(RuntimeError("the power went off")))
        with pytest.raises(json.JSONDecodeError):
            night()
    first = office.to
    assert first
    result = night(0, hours=1)
    assert office.to == first
    assert result["figures"]["done_before"] == 1
    assert result["figures"]["mails_earlier"] == len(first)
    assert files(company, "drafts") == []


@POSIX
def test_after_kill_9_between_mails_the_rest_is_sent_and_none_twice(company, planned, office, served, run):
    """A real process is killed while the server holds its third mail."""
    company._replace(fresh=planned).add("a", "b")
    configure(company, served)
    office.hold_at = 2
    words = ["batch", "run", "--config", str(company.config), "--status-date", "2026-06-12"]
    process = subprocess.Popen([sys.executable, "-m", "automation", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    assert office.held.wait(60)
    process.kill()
    process.wait()
    office.hold_at = None
    office.release.set()
    assert len(office.mails) == 2
    ended = run(*words, "--format", "json")
    assert ended.json["figures"]["done_before"] == 2
    assert ended.json["figures"]["mails_earlier"] == 2
    assert len(office.to) == len(set(office.to)) == ended.json["figures"]["mails_sent"] + 2
    assert all("b.xlsx" in mail.get_body(("plain",)).get_content() for _, _, mail in office.mails)


@POSIX
def test_sigterm_between_mails_leaves_the_rest_to_the_next_run(company, planned, office, served, run):
    company._replace(fresh=planned).add("a")
    configure(company, served)
    office.hold_at = 1
    words = ["batch", "run", "--config", str(company.config), "--status-date", "2026-06-12"]
    process = subprocess.Popen([sys.executable, "-m", "automation", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    assert office.held.wait(60)
    process.send_signal(signal.SIGTERM)
    office.hold_at = None
    office.release.set()
    assert process.wait(60) == 143
    assert len(office.mails) == 1
    ended = run(*words, "--format", "json")
    assert ended.json["figures"]["mails_earlier"] == 1
    assert len(office.to) == len(set(office.to)) > 2


@POSIX
def test_mails_after_a_kill_in_the_middle_tell_of_all_workbooks(company, planned, office, served, run):
    company._replace(fresh=planned).add("mark-a", "mark-b", "mark-c")
    configure(company, served, {"workers": 1})
    words = ["batch", "run", "--config", str(company.config), "--status-date", "2026-06-12"]
    process = subprocess.Popen([sys.executable, "-m", "automation", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    until = datetime.now(UTC) + timedelta(seconds=60)
    while not (company.folder / "mark-c.started").exists() and datetime.now(UTC) < until:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert office.mails == []
    assert run(*words, "--format", "json").json["figures"]["done_before"] > 0
    (mail,) = [mail for _, to, mail in office.mails if to == (WANG,)]
    text = mail.get_body(("plain",)).get_content()
    assert all(f"mark-{letter}.xlsx" in text for letter in "abc")
    assert mail["Subject"].endswith("3 个工作簿")


def test_addresses_outside_the_domains_stay_drafts_and_are_named(night, company, office, served):
    configure(
        company, served, {"tell": "[owners, boss@example.com, friend@customer.org]"}, domains="[other.com, Example.com]"
    )
    result = night()
    assert "boss@example.com" in office.to
    assert all(address.endswith("@example.com") for address in office.addresses)
    assert (
        "Job 'nightly': mails not sent that stay drafts (not of the company's domains): 1, for friend@customer.org."
    ) in result["notices"]
    assert files(company, "drafts") == ["summary.eml"]
    configure(company, served, domains="[sub.example.com]")
    count = len(office.addresses)
    result = night(1)
    assert len(office.addresses) == count
    assert result["exit"] == night(1, "--dry-run", "--now")["exit"]


def test_what_fails_is_told_once_for_each_cause_and_spoils_nothing(night, company, office, served):
    office.answers = {WANG: f"550 <{WANG}> unknown", "liu@example.com": "550 <liu@example.com> unknown"}
    configure(company, served)
    result = night()
    assert WANG not in office.to
    assert office.mails
    (said,) = [notice for notice in result["notices"] if "550" in notice]
    assert said == (
        f"Job 'nightly': mails not sent: 2, for liu@example.com, {WANG}; the drafts are there. "
        f"The server localhost:{served} refuses mails for these addresses (550 unknown)."
    )
    assert len(files(company, "drafts")) == 2
    assert len(night(1)["notices"]) == 2


def test_a_server_that_is_not_there_leaves_all_as_drafts(night, company, office):
    port = free_port()
    configure(company, port)
    result = night()
    (notice,) = result["notices"]
    assert notice.startswith("Job 'nightly': mails not sent: ")
    assert notice.endswith(f"The mail server localhost:{port} cannot be used: Connection refused.")
    assert (result["figures"]["mails_sent"], result["figures"]["done"]) == (0, 1)
    assert len(files(company, "drafts")) == result["figures"]["mails_unsent"] > 2
    assert result["exit"] == night(1, "--dry-run")["exit"]


def test_a_wrong_password_and_a_right_one(night, company, office, tmp_path, monkeypatch):
    known = certificates(tmp_path)
    with running(office, security="starttls", certificate=known, sign_in=True) as port:
        configure(company, port, security="starttls", user=USER, ca="authority.pem")
        monkeypatch.setenv(PASSWORD, "wr0ng-w0rd")
        result = night()
        assert "does not accept the password of reminder" in result["notices"][0]
        assert "wr0ng-w0rd" not in json.dumps(result)
        assert office.addresses == []
        monkeypatch.setenv(PASSWORD, WORD)
        night(1)
    assert WANG in office.to


def test_with_a_mistake_in_the_section_nothing_is_sent_and_drafts_are_made(night, company, office, served):
    configure(company, served, sever="x")
    result = night()
    assert office.addresses == []
    assert result["exit"] == 1
    assert [one["column"] for one in result["findings"]] == ["sever"]
    assert result["notices"] == [
        "Job 'nightly': the section mail of config.yaml is not right, so no mail was sent; the drafts are there."
    ]
    assert len(files(company, "drafts")) > 2


# Who is sent to, whatever stands in workbooks.


def a_run(*owners, customers=()):
    """A run with one finding for each owner."""
    people = {f"RES-{number}": owner for number, owner in enumerate(owners)}
    said = Text("问题", "finding")
    return BookRun(
        "r", "b", "nightly", "/p/a.xlsx", FIRST, 1.0, RunOutcome.DONE, 0, owners=people, customers=frozenset(customers),
        findings=tuple(Finding("R", Severity.LOW, Place("plan", key), said, said, owner=key) for key in people),
    )  # fmt: skip


def delivered(port, run, folder, domains=("example.com",)):
    made = drafts.write(Path(folder), [run], catalogue=catalogue(), language="en")
    batch = f"b-{os.urandom(8).hex()}"
    one = JobRun(Job("nightly", ()), batch, FIRST, 0, (run,), 1, 0, 0)
    mail = Mail("localhost", port, "none", "bot@example.com", frozenset(domains))
    return deliver(mail, one, made, run.customers, lambda: False)


def test_an_address_of_a_customer_is_not_sent_to_even_of_a_listed_domain(served, office, tmp_path, monkeypatch):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    run = a_run(("Ann", "ann@example.com"), ("Bob", "Bob@Example.com"), customers=["bob@example.com"])
    delivery = delivered(served, run, tmp_path)
    assert office.addresses == ["ann@example.com"]
    assert "(an address of a customer): 1, for Bob@Example.com." in delivery.notices[1].en


def test_addresses_of_customers_and_contacts_are_those_of_the_workbook():
    text = """
        customers
        customer_id | name | email
        CUS-001     | A    | Info@Customer.org

        contacts
        contact_id | customer_id | name | email
        CON-001    | CUS-001     | Z    | zhou@example.com
        CON-002    | CUS-001     | Y    |
        CON-003    | CUS-001     | X    | Xu <xu@example.com>；Yu＠example.com

        plan
        task_id | name | owner | deadline
        T-001   | Task |       | 2026-06-20

        status date 2026-06-12
    """
    project = project_of(text)
    place = Place("plan", "T-001", row=project.rows.plan[0].row)
    found = Finding("R", Severity.LOW, place, Text("", ""), Text("", ""), owner="RES-001")
    people = people_of(project, [found])
    assert people["customers"] == {"info@customer.org", "zhou@example.com", "xu@example.com", "yu@example.com"}
    assert people["due"] == {found.id: date(2026, 6, 20)}


PARTS = st.sampled_from(
    [
        "a",
        "example.com",
        "@",
        "customer.org",
        ".",
        "\r\n",
        ",",
        ";",
        " ",
        "<",
        ">",
        "%",
        "!",
        "x.example.com",
        "é",
        '"',
        "\0",
    ]
)
DOMAINS = ["example.com", "EXAMPLE.com", "x.example.com", "customer.org", "example.com.customer.org", "notexample.com"]
ADDRESSES = st.one_of(
    st.text(max_size=30),
    st.lists(PARTS, max_size=8).map("".join),
    st.builds("{}@{}".format, st.text("aB.-+'%!", min_size=1, max_size=4), st.sampled_from(DOMAINS)),
    st.builds("{}@{}".format, st.sampled_from("abc"), st.sampled_from(DOMAINS)),
)


def test_no_address_outside_the_domains_is_ever_given_to_the_server(served, office, tmp_path_factory, monkeypatch):
    """Whatever stands in the cells of addresses."""
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr(post, "TIMEOUT_SECONDS", 5)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(ADDRESSES, max_size=6), st.sets(ADDRESSES, max_size=2))
    def law(addresses, customers):
        office.addresses.clear()
        refused = {one.lower() for one in customers}
        with tempfile.TemporaryDirectory() as folder:
            run = a_run(*((f"N{number}", one) for number, one in enumerate(addresses)), customers=refused)
            delivery = delivered(served, run, folder)
        assert all(one.count("@") == 1 for one in office.addresses)
        assert all(one.rpartition("@")[2].lower() == "example.com" for one in office.addresses)
        assert not {one.lower() for one in office.addresses} & refused
        assert set(office.addresses) <= set(addresses)
        assert delivery.sent == len(office.addresses)
        assert delivery.sent + delivery.unsent + delivery.earlier == len(addresses)

    law()
    assert office.mails
