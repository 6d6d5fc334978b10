"""Records made here behave as those of the standard library."""

import copy
import dataclasses
import pickle
from functools import cached_property

import pytest

from automation.base.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Ours:
    """A record."""

    name: str
    count: int = 3
    notes: list = field(default_factory=list)

    @property
    def twice(self) -> int:
        """Twice the count."""
        return 2 * self.count


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A record."""

    name: str
    count: int = 3
    notes: list = dataclasses.field(default_factory=list)


@dataclass(frozen=True)
class Remembering:
    """A record that works something out once."""

    name: str

    @cached_property
    def length(self) -> int:
        """The length of the name."""
        return len(self.name)


@dataclass(slots=True)
class Loose:
    """A record that may change."""

    name: str = ""


@pytest.mark.parametrize("values", [("a",), ("a", 4), ("a", 4, [5])])
def test_a_record_holds_and_shows_what_the_library_s_does(values):
    ours, theirs = Ours(*values), Theirs(*values)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert [getattr(ours, name) for name in ("name", "count", "notes")] == list(dataclasses.astuple(theirs))
    assert ours.__match_args__ == theirs.__match_args__


@pytest.mark.parametrize("make", [Ours, Theirs])
def test_wrong_arguments_are_refused(make):
    for values, named in (((), {}), (("a", 1, [], 2), {}), (("a",), {"other": 1}), (("a",), {"name": "b"})):
        with pytest.raises(TypeError):
            make(*values, **named)


@pytest.mark.parametrize("make", [Ours, Theirs])
def test_a_default_is_made_anew_for_each(make):
    assert make("a").notes is not make("a").notes


@pytest.mark.parametrize("make", [Ours, Theirs, Remembering])
def test_a_frozen_record_cannot_be_changed(make):
    with pytest.raises(AttributeError):
        make("a").name = "b"
    with pytest.raises(AttributeError):
        del make("a").name


def test_records_are_equal_when_class_and_values_are():
    assert Ours("a", 1) == Ours("a", 1)
    assert Ours("a", 1) != Ours("a", 2)
    assert Ours("a") != Theirs("a")
    assert hash(Remembering("a")) == hash(Remembering("a"))
    with pytest.raises(TypeError):
        hash(Loose("a"))


def test_records_can_be_replaced_copied_and_sent():
    one = Ours("a", 4, [1])
    assert replace(one, count=5) == dataclasses.replace(one, count=5) == Ours("a", 5, [1])
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError):
        replace(one, other=1)


def test_slots_leave_no_room_for_other_attributes():
    assert not hasattr(Ours("a"), "__dict__")
    assert Ours("a").twice == 6
    loose = Loose()
    loose.name = "b"
    assert loose == Loose("b")
    with pytest.raises(AttributeError):
        loose.other = 1


def test_what_is_worked_out_once_is_kept():
    one = Remembering("abc")
    assert one.length == 3
    assert "length" in vars(one)
