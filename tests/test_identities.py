"""Identities over the cells of a report, apart from what is said of them."""

from __future__ import annotations

import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.findings import Message
from gklint.identities import CellMap, Status, instances, judge, sums_hold, surely_holds
from gklint.packs.model import Pack
from tests.checks.farm import bound, draft, farm


def herd(holds: str) -> Pack:
    """The pack with one identity more, over the first row of the table of herds."""
    return farm(
        identities=f"- {{code: FM403, name: herd, table: herds, each: row, over: cattle, at: kept, holds: '{holds}'}}"
    )


NAMES = ("born", "sold", "kept")
COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


@pytest.mark.parametrize("sign", ["==", "!=", "<=", ">=", "<", ">"])
@pytest.mark.parametrize("sides", ["kept {} born - sold", "kept - 2 {} -sold", "0 {} kept + born", "sold {} 3"])
@given(numbers=st.tuples(*[st.integers(-4, 4)] * 3))
def test_a_sum_is_told_the_short_way_as_it_is_the_long_one(
    sign: str, sides: str, numbers: tuple[int, int, int]
) -> None:
    report = bound(draft(), herd(sides.format(sign)))
    [instance] = [each for each in instances(report.pack) if each.identity.code == "FM403"]
    values = {("herds", "cattle", name): number for name, number in zip(NAMES, numbers, strict=True)}
    outcome = judge(instance, values, report)
    assert isinstance(outcome.left, int)
    assert isinstance(outcome.right, int)
    assert instance.left is not None
    assert outcome.left == instance.left[1] + sum(factor * values[key] for key, factor in instance.left[0].items())
    holds = outcome.status is Status.HOLDS
    assert holds == COMPARE[sign](outcome.left, outcome.right)
    # That two numbers differ is left to the long way.
    assert surely_holds(instance, values) == (holds and sign != "!=")
    assert not surely_holds(instance, {})


def test_a_tolerance_is_left_to_the_long_way() -> None:
    report = bound(draft(), herd("kept == 39 within 1"))
    [instance] = [each for each in instances(report.pack) if each.identity.code == "FM403"]
    values = {("herds", "cattle", "kept"): 40}
    assert judge(instance, values, report).status is Status.HOLDS
    assert not surely_holds(instance, values)
    assert sums_hold(instance, 39, 39)


@pytest.mark.parametrize("holds", ["kept == 2 * born", "kept == born * sold", "kept == max(born, sold)"])
def test_what_only_adds_up_nothing_has_no_short_way(holds: str) -> None:
    report = bound(draft(), herd(holds))
    [instance] = [each for each in instances(report.pack) if each.identity.code == "FM403"]
    assert instance.sums is None
    assert not surely_holds(instance, {("herds", "cattle", name): 0 for name in NAMES})


def test_the_instances_of_a_pack_are_worked_out_once() -> None:
    pack, other = herd("kept == 40"), herd("kept == 41")
    assert instances(pack) is instances(pack)
    assert instances(pack) is not instances(other)
    [instance] = [each for each in instances(pack) if each.identity.code == "FM403"]
    assert (instance.keys, instance.subject) == ((("herds", "cattle", "kept"),), ("herds", "cattle", "kept"))


@pytest.mark.parametrize(
    ("at", "subject"),
    [
        ("born", ("herds", "cattle", "born")),
        ("herds:sold", ("herds", "cattle", "sold")),
        ("crops:grain.rice[autumn.late]", ("crops", "grain.rice", "autumn.late")),
    ],
)
def test_an_identity_is_told_where_the_pack_says(at: str, subject: tuple[str, str, str]) -> None:
    identity = f"code: FM403, name: herd, table: herds, each: row, over: cattle, at: '{at}', holds: 'kept == born'"
    [instance] = [each for each in instances(farm(identities=f"- {{{identity}}}")) if each.identity.code == "FM403"]
    assert instance.subject == subject


def test_a_quotient_by_0_has_a_reason() -> None:
    report = bound(draft(("| 8 | 3 | 40 |", "| 8 | 0 | 40 |")), herd("kept / sold <= 20"))
    [instance] = [each for each in instances(report.pack) if each.identity.code == "FM403"]
    values = {key: int(cell.value) for key, cell in CellMap(report).items() if cell.value is not None}
    outcome = judge(instance, values, report)
    assert (outcome.status, outcome.left, outcome.right) == (Status.UNKNOWN, None, None)
    assert outcome.reason == Message("无法计算：division by zero: sold is 0", "division by zero: sold is 0")
