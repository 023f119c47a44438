"""Records are what `dataclasses.dataclass(slots=True)` makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any

import pytest

from gklint import records


def definitions(module: Any) -> tuple[Any, Any]:
    """The same two classes made by a module's decorator."""

    @module.dataclass(slots=True)
    class Row:
        """A row."""

        label: str
        cells: dict[str, int] = module.field(default_factory=dict)
        found: bool = True

        def total(self) -> int:
            return sum(self.cells.values())

        def __post_init__(self) -> None:
            self.label = self.label.strip()

    @module.dataclass(frozen=True, slots=True)
    class Mark:
        code: str
        at: tuple[int, int] = (1, 1)
        offset: int = module.field(default=0, compare=False)

    return Row, Mark


STANDARD = definitions(dataclasses)


@records.dataclass(frozen=True, slots=True)
class Frozen:
    a: int
    b: tuple[str, ...] = ()


@records.dataclass(slots=True)
class Open:
    a: int
    b: list[int] = records.field(default_factory=list)


@records.dataclass(slots=True, eq=False)
class Alone:
    a: int


def outcome(call: Any) -> object:
    """What a call gives or raises."""
    try:
        return call()
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize(
    "use",
    [
        lambda row, mark: repr(row(" a ", {"x": 1})),
        lambda row, mark: repr(row(label="a", found=False)),
        lambda row, mark: repr(mark("GK1", offset=3)),
        lambda row, mark: row("a").cells is row("a").cells,
        lambda row, mark: row("a", {"x": 2}).total(),
        lambda row, mark: row("a") == row("a "),
        lambda row, mark: row("a") == row("b"),
        lambda row, mark: row("a") == mark("a"),
        lambda row, mark: row("a") == "a",
        lambda row, mark: mark("a", offset=1) == mark("a", offset=2),
        lambda row, mark: hash(mark("a", (1, 2), 1)) == hash(mark("a", (1, 2), 2)),
        lambda row, mark: len({mark("a"), mark("a"), mark("b")}),
        lambda row, mark: hash(row("a")),
        lambda row, mark: row(),
        lambda row, mark: row("a", {}, True, 1),
        lambda row, mark: row("a", label="a"),
        lambda row, mark: row("a", lable="a"),
        lambda row, mark: setattr(mark("a"), "code", "b"),
        lambda row, mark: delattr(mark("a"), "code"),
        lambda row, mark: setattr(row("a"), "other", 1),
        lambda row, mark: setattr(row("a"), "label", "b"),
        lambda row, mark: row.__doc__,
        lambda row, mark: row.__slots__,
        lambda row, mark: row.__match_args__,
        lambda row, mark: hasattr(row("a"), "__dict__"),
        lambda row, mark: dataclasses.is_dataclass(row),
        lambda row, mark: [field.name for field in dataclasses.fields(mark)],
        lambda row, mark: [field.compare for field in dataclasses.fields(mark)],
        lambda row, mark: dataclasses.asdict(row("a", {"x": 1})),
        lambda row, mark: repr(dataclasses.replace(row("a", {"x": 1}), label="b")),
        lambda row, mark: repr(records.replace(mark("a", (3, 4)), code="b")),
        lambda row, mark: records.replace(mark("a"), other="b"),
    ],
)
@pytest.mark.parametrize("often", [1, 200])
def test_records_are_what_the_standard_decorator_makes(use: Any, often: int) -> None:
    # After a good many objects, others are made in another way.
    made = definitions(records)
    for _ in range(often):
        got = outcome(lambda: use(*made))
        assert got == outcome(lambda: use(*STANDARD))


def test_a_frozen_record_says_so_as_the_standard_one_does() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'a'"):
        Frozen(1).a = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'a'"):
        del Frozen(1).a


@pytest.mark.parametrize("record", [Frozen(1, ("x",)), Open(1, [2])])
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_records_can_be_copied_and_sent_to_another_process(record: Any, again: Any) -> None:
    assert again(record) == record
    assert again(record) is not record


def test_without_eq_a_record_is_only_itself() -> None:
    one = Alone(1)
    assert one == one
    assert one != Alone(1)
    assert len({one, Alone(1)}) == 2


def test_records_are_made_without_the_standard_module() -> None:
    code = """
import sys
from gklint.records import dataclass
@dataclass(slots=True)
class A:
    x: int
assert A(1) == A(1) != A(2)
print("dataclasses" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
