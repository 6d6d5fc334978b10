"""The closed world in which a template's tags run: no attributes, no calls, no arithmetic that could hang, few filters.

Not here: Word files (``render``). Why each door is shut is measured: a sandbox of Jinja2 alone still runs ``9**9**9``.
"""

from __future__ import annotations

from typing import Any, NoReturn

import jinja2
import jinja2.utils
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = ("default", "d", "first", "join", "last", "length", "lower", "title", "trim", "upper", "e", "escape")
"""The filters a template may use; none of them can make a text longer than its parts."""

TESTS = ("defined", "undefined", "none", "odd", "even", "divisibleby", "eq", "ne", "lt", "gt", "le", "ge", "in")
"""The tests a template may use."""

_SHUT = frozenset({"**", "*", "%", "//", "/"})
_LOOP_NAMES = frozenset({"index", "index0", "first", "last", "length", "revindex", "revindex0"})


class Missing(jinja2.StrictUndefined):
    """A field that the data does not hold; any use of it raises UndefinedError whose message is the field's name."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: Any = jinja2.UndefinedError,
    ) -> None:
        super().__init__(hint or name, obj, name, exc)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 with plain data only: ``a.b`` reads a key of a mapping and nothing else can be reached."""

    intercepted_binops = _SHUT

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Missing, loader=jinja2.DictLoader({}))
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of a key of a mapping, or a loop's position; anything else is missing."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The value of a key of a mapping or a place of a list; anything else is missing."""
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> NoReturn:
        """Refuses: a template shows values, it does not compute."""
        del context, left, right
        raise SecurityError(operator)

    def is_safe_callable(self, obj: Any) -> bool:
        """Never: templates call nothing."""
        del obj
        return False


def plain(value: Any, *, at: str = "context") -> Any:
    """The value if it is made of text, numbers, lists and dicts only, its text fit for XML.

    Raises TypeError naming the place of anything else, so that no object ever reaches a template.
    """
    if isinstance(value, str):
        return value if value.isprintable() else fit(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return {_key(key, at): plain(entry, at=f"{at}.{key}") for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry, at=f"{at}[{number}]") for number, entry in enumerate(value)]
    message = f"{at} is a {type(value).__name__}, not text, a number, a list or a dict"
    raise TypeError(message)


def fit(text: str) -> str:
    """The text with line ends as line feeds and without the characters that XML cannot hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(character for character in lines if _allowed(ord(character)))


def _allowed(code: int) -> bool:
    return code in {0x9, 0xA} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000  # noqa: PLR2004


def _key(key: object, at: str) -> str:
    if not isinstance(key, str):
        message = f"{at} has a key that is not text: {key!r}"
        raise TypeError(message)
    return key
