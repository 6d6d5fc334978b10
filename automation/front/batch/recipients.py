"""Who may be sent to: addresses of the company's own domains that no customer has. Everybody else stays a draft.

Not here: the list of domains (``mail``), sending (``sending``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 254
DOMAIN = re.compile(
    r"(?=.{4,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LOCAL = re.compile(r"(?=.{1,64}$)[A-Za-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*")
"""No ``%`` and ``!``: servers of old pass ``user%elsewhere.org@here`` on to elsewhere.org."""

NO_ADDRESS = Text("没有可用的邮箱地址", "there is no usable address")
OUTSIDE = Text("不是公司域名", "not of the company's domains")
CUSTOMER = Text("是客户或联系人的地址", "an address of a customer")


def is_address(text: str) -> bool:
    """Whether the text is one plain mail address and nothing else: no name, no second address, no line break."""
    local, _, domain = text.rpartition("@")
    return len(text) <= LONGEST and bool(_LOCAL.fullmatch(local)) and bool(DOMAIN.fullmatch(domain))


def refusal(address: str, domains: Collection[str], customers: Collection[str]) -> Text | None:
    """Why an address is not sent to, ``None`` when it may be.

    ``domains`` in small letters, each exactly as after the @ (no subdomains); ``customers`` as ``comparable`` gives them.
    """
    if not is_address(address):
        return NO_ADDRESS
    if address.rpartition("@")[2].lower() not in domains:
        return OUTSIDE
    return CUSTOMER if comparable(address) in customers else None


def comparable(address: str) -> str:
    """An address as it is compared with others: whatever its capitals and widths."""
    import unicodedata  # noqa: PLC0415 - only mails need it

    return unicodedata.normalize("NFKC", address).strip().casefold()
