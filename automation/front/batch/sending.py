"""Sending the mails of a job inside the company: each once, only to addresses that may be sent to; the rest stay drafts.

Whatever fails is told and spoils nothing: the drafts are there. Not here: who may be sent to (``recipients``), the server
(``post``), which mails were sent (``sent``).
"""

from __future__ import annotations

import copy
from email.headerregistry import Address
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.front import circumstances
from automation.front.batch.drafts import UNSENT
from automation.front.batch.post import Post, PostError
from automation.front.batch.recipients import refusal
from automation.front.batch.sent import Identity, Sent, identity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from email.message import EmailMessage
    from pathlib import Path

    from automation.front.batch.drafts import Draft
    from automation.front.batch.mail import Mail
    from automation.front.batch.running import JobRun

FOLDER = "sent"
"""Beside the folder of drafts: mails that were sent, as they were; the drafts folder has those that were not."""
NAMED = 5
"""So many addresses are named in a sentence."""


class Delivery(NamedTuple):
    """What became of the mails of a job: sent now, sent earlier, not sent, what is said, and where each draft lies now.

    ``stopped`` when somebody asked to stop before all were tried.
    """

    sent: int
    earlier: int
    unsent: int
    notices: tuple[Text, ...]
    paths: tuple[Path, ...]
    stopped: bool


def deliver(
    mail: Mail, one: JobRun, drafts: Sequence[Draft], customers: Collection[str], stopped: Callable[[], bool]
) -> Delivery:
    """Send the drafts of a job's run to those of their addresses that may be sent to; ``customers`` never are."""
    with Post(mail) as post:
        sending = _Sending(post, one, customers, stopped)
        paths = tuple(sending.deliver(draft) for draft in drafts)
    return Delivery(
        sending.sent,
        sending.earlier,
        sending.unsent,
        tuple(sending.notices()),
        paths,
        sending.stopped,
    )


def addressed(mail: EmailMessage, sender: Mail, address: str, identity: Identity) -> EmailMessage:
    """A draft as it goes out: from whom, to the one address, marked as made by a program so that nothing answers it."""
    ready = copy.deepcopy(mail)
    for header in (UNSENT, "To"):
        del ready[header]
    local, _, domain = sender.sender.rpartition("@")
    ready["From"] = Address(sender.name, local, domain)
    local, _, domain = address.rpartition("@")
    ready["To"] = Address("", local, domain)
    ready["Date"] = format_datetime(circumstances.moment())
    ready["Message-ID"] = f"<{identity.of_batch}@{sender.sender.rpartition('@')[2]}>"
    ready["Auto-Submitted"] = "auto-generated"
    ready["X-Auto-Response-Suppress"] = "All"
    return ready


class _Sending:
    """The mails of one job: counts, and why some were not sent, by reason."""

    def __init__(self, post: Post, one: JobRun, customers: Collection[str], stopped: Callable[[], bool]) -> None:
        self.post, self.one, self.customers, self._asked = post, one, customers, stopped
        self.notes = Sent(one.moment.date())
        self.sent = self.earlier = self.unsent = 0
        self.stopped = False
        self.refused: dict[Text, list[str]] = {}
        self.failed: dict[Text, list[str]] = {}
        self.broken: Text | None = None

    def deliver(self, draft: Draft) -> Path:
        """Send one draft to each of its addresses; where it lies afterwards."""
        gone = [self._sent_to(draft, address) for address in draft.addresses]
        if not draft.addresses:
            self._refuse(_NO_ADDRESS, draft.name)
        return _moved(draft.path) if gone and all(gone) else draft.path

    def _sent_to(self, draft: Draft, address: str) -> bool:
        why = refusal(address, self.post.mail.domains, self.customers)
        if why is not None:
            self._refuse(why, address if len(address) <= _SHOWN and address.isprintable() else draft.name)
            return False
        identity = identity_of(self.one.batch, draft.mail, draft.name, address)
        if self.notes.has(identity):
            self.earlier += 1
            return True
        self.stopped = self.stopped or self._asked()
        if self.stopped:
            return False
        return self._handed_over(draft, address, identity)

    def _handed_over(self, draft: Draft, address: str, identity: Identity) -> bool:
        if self.broken is not None:
            self._fail(self.broken, address)
            return False
        try:
            self.post.send(addressed(draft.mail, self.post.mail, address, identity), address)
        except PostError as error:
            self._fail(error.text, address)
            self.broken = error.text if error.final else None
            return False
        self.notes.note(identity)
        self.sent += 1
        return True

    def _refuse(self, why: Text, whom: str) -> None:
        self.unsent += 1
        self.refused.setdefault(why, []).append(whom)

    def _fail(self, why: Text, whom: str) -> None:
        self.unsent += 1
        self.failed.setdefault(why, []).append(whom)

    def notices(self) -> list[Text]:
        """One sentence for what was sent, and one for each reason why something was not."""
        job = self.one.job.name
        said = []
        if self.sent:
            said.append(Text(f"任务“{job}”：已发送邮件 {self.sent} 封。", f"Job '{job}': mails sent: {self.sent}."))
        if self.earlier:
            said.append(
                Text(
                    f"任务“{job}”：{self.earlier} 封邮件此前已经发送，没有再发。",
                    f"Job '{job}': mails sent before and not again: {self.earlier}.",
                )
            )
        said += [_refused(job, why, whom) for why, whom in self.refused.items()]
        said += [_failed(job, why, whom) for why, whom in self.failed.items()]
        if self.stopped:
            said.append(
                Text(
                    f"任务“{job}”：已按要求停止，其余邮件下次运行时发送。",
                    f"Job '{job}': stopped as asked; the next run sends the other mails.",
                )
            )
        return said


_SHOWN = 80
_NO_ADDRESS = Text("没有邮箱地址", "there is no address")


def _refused(job: str, why: Text, whom: Sequence[str]) -> Text:
    names = _named(whom)
    return Text(
        f"任务“{job}”：{len(whom)} 封邮件不发送，只留草稿（{why.zh}）：{names.zh}。",
        f"Job '{job}': mails not sent that stay drafts ({why.en}): {len(whom)}, for {names.en}.",
    )


def _failed(job: str, why: Text, whom: Sequence[str]) -> Text:
    names = _named(whom)
    return Text(
        f"任务“{job}”：{len(whom)} 封邮件没有发出（{names.zh}），草稿已写好。{why.zh}。",
        f"Job '{job}': mails not sent: {len(whom)}, for {names.en}; the drafts are there. {why.en[:1].upper()}{why.en[1:]}.",
    )


def _named(whom: Sequence[str]) -> Text:
    """Some of the addresses by name."""
    names = sorted(set(whom))
    more = Text(" 等", " and others") if len(names) > NAMED else Text("", "")
    return Text("、".join(names[:NAMED]) + more.zh, ", ".join(names[:NAMED]) + more.en)


def _moved(path: Path) -> Path:
    """The draft among those that were sent."""
    place = path.parent.parent / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    return path.replace(place / path.name)
