"""What must not be seen: passwords in addresses that are shown, and names under which somebody may have typed a password.

Not here: where passwords come from (``store.passwords``), what is said of a password in a file (``schema``).
"""

from __future__ import annotations

import re
import unicodedata

HIDDEN = "***"
_IN_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9+.\-])([A-Za-z][A-Za-z0-9+.\-]*://[^/\s:@?#'\"]*):(?!\d{1,5}(?:[/?#]|$))(?:[^\s/'\"]*|[^\s'\"]*)@"
)
"""``scheme://user:password@``; a password may hold an @ or, typed as it is, a slash; digits before a slash are a port."""
_IN_PARAMETER = re.compile(
    r"(?i)((?:[?&;\s'\"]|^)(?:password|passwd|pwd|sslpassword|secret|access_token|token|api_?key)\s?=\s?)"
    r"(?:[^&;\s'\"]+|'[^'\"]*')"
)
_NAME = re.compile(
    r"(?:^|_)(?:password|passwd|passphrase|pwd|secret|secrets|token|tokens|api_?key|access_?key|private_?key|"
    r"secret_?key|credential|credentials)(?:$|_)|密码|口令|密钥|令牌"
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s\-.]+")


def without_passwords(text: str) -> str:
    """The text with every password in an address, or after ``password=``, replaced by ``***``."""
    if "://" in text:
        text = _IN_ADDRESS.sub(rf"\1:{HIDDEN}@", text)
    if "=" in text and _may_hold_parameter(text.lower()):
        text = _IN_PARAMETER.sub(rf"\1{HIDDEN}", text)
    return text


def _may_hold_parameter(lowered: str) -> bool:
    """Whether it is worth looking closer: long texts are nearly always without."""
    return any(word in lowered for word in ("passw", "pwd", "secret", "token", "apikey", "api_key"))


def has_password(text: str) -> bool:
    """Whether an address in the text carries a password that is not hidden."""
    return without_passwords(text) != text


def is_secret_name(name: str) -> bool:
    """Whether a name says that a password or the like stands under it, such as ``smtp_password``, ``apiKey``, ``密码``."""
    plain = unicodedata.normalize("NFKC", name).strip()
    return _NAME.search(_WORDS.sub("_", plain).lower()) is not None
