"""Which mails were sent: noted at once after the server took each, so that none is sent again.

A batch that is killed in the moment between the server's word and the note sends that one mail once more, with the same
Message-ID; it never leaves one out. Not here: sending (``sending``).
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from automation.front import state
from automation.front.batch.keeping import SENT

if TYPE_CHECKING:
    from datetime import date
    from email.message import EmailMessage


class Identity(NamedTuple):
    """A mail as it is told from others: by its batch and whom it is for, and by its words and its address."""

    of_batch: str
    of_words: str


def identity_of(batch: str, mail: EmailMessage, name: str, address: str) -> Identity:
    """The identity of a mail of a batch to somebody."""
    body = mail.get_body(("plain",))
    words = f"{mail['Subject']}\x1f{body.get_content() if body else ''}"
    return Identity(_digest(batch, name, address.lower()), _digest(words, address.lower()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Sent:
    """The mails sent on the day of a batch, in a file of this user's own folder; the lock of batches is held."""

    def __init__(self, day: date) -> None:
        self.path = state.folder("batch") / f"mails-{day}{SENT}"
        try:
            self._known = set(self.path.read_text(encoding="ascii").split())
        except (OSError, ValueError):
            self._known = set()

    def has(self, identity: Identity) -> bool:
        """Whether this mail was sent: for its batch, or with the same words to the same address on this day."""
        return not self._known.isdisjoint(identity)

    def note(self, identity: Identity) -> None:
        """Note that the server took a mail; on the disk before the next one is sent."""
        self._known.update(identity)
        with self.path.open("a", encoding="ascii") as stream:
            stream.write(f"\n{identity.of_batch} {identity.of_words}")
            stream.flush()
            os.fsync(stream.fileno())
