"""Error localisation: which cell is wrong, what the blanks are, and how sure that is."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gklint.localise import (
    Blank,
    Cause,
    Constraint,
    Diagnosis,
    Fault,
    Reason,
    Variable,
    Verdict,
    solve,
)
from gklint.localise.plausible import decimals_of, digits
from tests.patience import seconds

Cell = tuple[str, str]
Values = dict[Cell, int]
ZERO = Fraction(0)


def constraint(
    name: Hashable, plus: Iterable[Hashable], minus: Iterable[Hashable], relation: str = "==", hard: bool = True
) -> Constraint:
    terms = [(key, Fraction(1)) for key in plus] + [(key, Fraction(-1)) for key in minus]
    return Constraint(name, tuple(terms), relation=relation, hard=hard)


class Form:
    """A table checked along rows and columns: results, their total, and the flow of cases in and out."""

    def __init__(self, results: int, columns: int) -> None:
        self.columns = [f"c{i}" for i in range(columns)]
        self.results = [f"r{i}" for i in range(results)]
        self.rows = ["received", "carried_in", *self.results, "total", "carried_out"]
        self.across = [*self.columns, "sum"]
        self.constraints = []
        for column in self.across:
            cells = {row: (row, column) for row in self.rows}
            flow = [cells["received"], cells["carried_in"]], [cells["total"], cells["carried_out"]]
            self.constraints.append(constraint(("flow", column), *flow))
            self.constraints.append(
                constraint(("results", column), [cells[row] for row in self.results], [cells["total"]])
            )
        for row in self.rows:
            parts = [(row, column) for column in self.columns]
            self.constraints.append(constraint(("row", row), parts, [(row, "sum")]))

    @property
    def cells(self) -> list[Cell]:
        return [(row, column) for row in self.rows for column in self.across]

    def fill(self, seed: int, zeros: float = 0.5, largest: int = 99) -> Values:
        """Numbers for which everything holds."""
        rng = random.Random(seed)

        def number() -> int:
            return 0 if rng.random() < zeros else rng.randint(1, largest)

        values: Values = {}
        for column in self.columns:
            for row in self.results:
                values[row, column] = number()
            total = sum(values[row, column] for row in self.results)
            carried_out = number()
            carried_in = min(number(), total + carried_out)
            values["total", column] = total
            values["carried_out", column] = carried_out
            values["carried_in", column] = carried_in
            values["received", column] = total + carried_out - carried_in
        for row in self.rows:
            values[row, "sum"] = sum(values[row, column] for column in self.columns)
        return {cell: values[cell] for cell in self.cells}

    def variables(self, values: Mapping[Cell, int], blank: Iterable[Cell] = ()) -> list[Variable]:
        left_out = set(blank)
        variables = []
        for row, column in self.cells:
            place = self.across.index(column)
            beside = [self.across[i] for i in (place - 1, place + 1) if 0 <= i < len(self.across)]
            cell = row, column
            written = None if cell in left_out else Fraction(values[cell])
            text = "" if written is None else str(values[cell])
            variables.append(Variable(cell, written, text, ZERO, True, ZERO, tuple((row, other) for other in beside)))
        return variables

    def solve(self, values: Mapping[Cell, int], blank: Iterable[Cell] = ()) -> Diagnosis:
        return solve(self.variables(values, blank), self.constraints)


FULL = Form(22, 6)
"""As large as table three of the 2021 form."""
SMALL = Form(3, 2)


def named(fault: Fault) -> dict[Hashable, Any]:
    """The values that the first repair puts in, by cell."""
    return {change.key: change.value for change in fault.repairs[0].changes}


def only(diagnosis: Diagnosis) -> Fault:
    assert len(diagnosis.faults) == 1
    return diagnosis.faults[0]


def line(written: Mapping[str, int | None], default: int | None = 0) -> list[Variable]:
    """Counts in no table; None is a blank."""
    expected = None if default is None else Fraction(default)
    return [
        Variable(
            key, None if value is None else Fraction(value), "" if value is None else str(value), ZERO, True, expected
        )
        for key, value in written.items()
    ]


# --- written cells ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        ("r3", "c2"),
        ("r3", "sum"),
        ("total", "c1"),
        ("total", "sum"),
        ("received", "c0"),
        ("carried_in", "c5"),
        ("carried_out", "sum"),
    ],
)
def test_one_wrong_cell_of_every_kind_is_proven(cell: Cell) -> None:
    values = FULL.fill(3)
    fault = only(FULL.solve({**values, cell: values[cell] + 18}))
    assert fault.verdict is Verdict.PROVEN
    assert fault.reason is Reason.NONE
    assert named(fault) == {cell: values[cell]}
    change = fault.repairs[0].changes[0]
    assert change.written == values[cell] + 18
    broken = set(fault.constraints)
    assert set(change.evidence) == broken
    assert broken == {c.name for c in FULL.constraints if cell in dict(c.terms)}


def test_two_wrong_cells_that_share_no_identity_are_proven() -> None:
    values = FULL.fill(4)
    wrong = {("r1", "c1"): values["r1", "c1"] + 7, ("received", "c4"): values["received", "c4"] + 2}
    fault = only(FULL.solve({**values, **wrong}))
    assert fault.verdict is Verdict.PROVEN
    assert named(fault) == {cell: values[cell] for cell in wrong}


def test_two_wrong_cells_in_one_row_are_proven() -> None:
    values = FULL.fill(5)
    wrong = {("r1", "c1"): values["r1", "c1"] + 7, ("r1", "sum"): values["r1", "sum"] + 30}
    fault = only(FULL.solve({**values, **wrong}))
    assert fault.verdict is Verdict.PROVEN
    assert named(fault) == {cell: values[cell] for cell in wrong}


def test_a_rectangle_of_equal_differences_is_undecided_and_lists_both_pairs() -> None:
    values = FULL.fill(6, zeros=0, largest=9)
    wrong = {("r1", "c1"): values["r1", "c1"] + 40, ("r2", "c2"): values["r2", "c2"] + 40}
    for other in (("r1", "c2"), ("r2", "c1")):
        wrong[other] = 55  # large enough to be the wrong one
        values[other] = 55
    values = {**values}
    for row in ("r1", "r2"):
        values[row, "sum"] = sum(values[row, column] for column in FULL.columns)
    for column in ("c1", "c2", "sum"):
        values["total", column] = sum(values[row, column] for row in FULL.results)
        out = values["total", column] + values["carried_out", column] - values["carried_in", column]
        values["received", column] = out
    for row in ("total", "received"):
        values[row, "sum"] = sum(values[row, column] for column in FULL.columns)
    assert FULL.solve(values) == Diagnosis((), ())
    fault = only(FULL.solve({**values, **wrong}))
    assert fault.verdict is Verdict.UNDECIDED
    assert fault.reason is Reason.SEVERAL
    pairs = {repair.keys for repair in fault.repairs}
    assert frozenset({("r1", "c1"), ("r2", "c2")}) in pairs
    assert frozenset({("r1", "c2"), ("r2", "c1")}) in pairs


def test_three_wrong_cells_are_at_most_likely() -> None:
    values = FULL.fill(7)
    wrong = {
        cell: values[cell] + add for cell, add in ((("r1", "c1"), 5), (("r9", "c3"), 11), (("carried_in", "c4"), 2))
    }
    fault = only(FULL.solve({**values, **wrong}))
    assert (fault.verdict, fault.reason) == (Verdict.LIKELY, Reason.LARGE)
    assert named(fault) == {cell: values[cell] for cell in wrong}


def test_very_many_wrong_cells_are_given_up_within_the_budget() -> None:
    values = FULL.fill(8)
    rng = random.Random(1)
    wrong = {cell: values[cell] + rng.randint(1, 99) for cell in rng.sample(FULL.cells, 40)}
    fault = only(FULL.solve({**values, **wrong}))
    assert (fault.verdict, fault.reason, fault.repairs) == (Verdict.UNDECIDED, Reason.SEARCH, ())
    assert fault.constraints


def test_a_small_budget_gives_up_instead_of_guessing() -> None:
    values = FULL.fill(4)
    values["r1", "c1"] += 7
    fault = only(solve(FULL.variables(values), FULL.constraints, budget=5))
    assert (fault.verdict, fault.reason, fault.repairs) == (Verdict.UNDECIDED, Reason.SEARCH, ())


def test_tables_without_a_common_identity_are_judged_apart() -> None:
    first, second = SMALL.fill(1), SMALL.fill(2)
    first["r0", "c0"] += 20
    second["total", "c1"] += 9
    variables, constraints = [], []
    for name, values in (("one", first), ("two", second)):
        for variable in SMALL.variables(values):
            variables.append(Variable((name, variable.key), variable.written, variable.text, ZERO, True, ZERO))
        for each in SMALL.constraints:
            terms = tuple(((name, key), factor) for key, factor in each.terms)
            constraints.append(Constraint((name, each.name), terms))
    diagnosis = solve(variables, constraints)
    assert [fault.verdict for fault in diagnosis.faults] == [Verdict.PROVEN, Verdict.PROVEN]
    assert [set(named(fault)) for fault in diagnosis.faults] == [{("one", ("r0", "c0"))}, {("two", ("total", "c1"))}]


def test_a_value_out_of_bounds_rules_a_candidate_out() -> None:
    # Neither part can be 6 less.
    fault = only(solve(line({"a": 2, "b": 3, "total": -1}), [constraint("sum", ["a", "b"], ["total"])]))
    assert fault.verdict is Verdict.PROVEN
    assert named(fault) == {"total": 5}


def test_a_fraction_of_a_case_rules_a_candidate_out() -> None:
    pairs = Constraint("pairs", (("pairs", Fraction(2)), ("people", Fraction(-1))))
    fault = only(solve(line({"pairs": 4, "people": 7}), [pairs]))
    assert named(fault) == {"people": 8}
    assert fault.verdict is Verdict.PROVEN


def test_amounts_are_exact_decimals() -> None:
    amounts = [
        Variable(key, Fraction(text), text, ZERO, False, ZERO)
        for key, text in (("a", "0.1"), ("b", "0.2"), ("t", "0.3"))
    ]
    assert solve(amounts, [constraint("sum", ["a", "b"], ["t"])]).faults == ()
    third = Constraint("third", (("a", Fraction(3)),), Fraction(-1))
    fault = only(solve(amounts, [third]))
    assert named(fault) == {"a": Fraction(1, 3)}


def test_within_a_tolerance_nothing_is_wrong_and_beyond_it_values_are_a_range() -> None:
    total = Constraint("sum", (("a", Fraction(1)), ("t", Fraction(-1))), tolerance=Fraction(1))
    assert solve(line({"a": 5, "t": 6}), [total]).faults == ()
    fault = only(solve(line({"a": 5, "t": 8}), [total]))
    ranges: dict[Hashable, Any] = {
        change.key: (change.value, change.low, change.high) for repair in fault.repairs for change in repair.changes
    }
    assert ranges == {"a": (None, 7, 9), "t": (None, 4, 6)}
    assert fault.verdict is Verdict.UNDECIDED


def test_inequalities_call_for_repairs_and_rule_them_out() -> None:
    at_least = constraint("at least", ["a"], ["b"], ">=")
    fault = only(solve(line({"a": 2, "b": 5}), [at_least]))
    ranges: dict[Hashable, Any] = {
        change.key: (change.low, change.high) for repair in fault.repairs for change in repair.changes
    }
    assert ranges == {"a": (5, None), "b": (0, 2)}
    # With the sum, only one of its three cells can give way without breaking the inequality.
    both = [constraint("sum", ["a", "b"], ["t"]), constraint("most", ["a"], ["b"], "<=")]
    fault = only(solve(line({"a": 5, "b": 5, "t": 9}), both))
    assert {repair.keys for repair in fault.repairs} == {frozenset({"a"}), frozenset({"t"})}


def test_what_no_change_can_mend_is_called_impossible() -> None:
    both = [
        Constraint("one", (("a", Fraction(1)),), Fraction(-1)),
        Constraint("two", (("a", Fraction(1)),), Fraction(-2)),
    ]
    fault = only(solve(line({"a": 1}), both))
    assert (fault.verdict, fault.reason, fault.repairs) == (Verdict.UNDECIDED, Reason.IMPOSSIBLE, ())
    assert only(solve([], [Constraint("never", (), Fraction(1))])).reason is Reason.IMPOSSIBLE


def test_a_value_finer_than_all_coefficients_is_still_exact() -> None:
    fine = Constraint("fine", (("a", Fraction(1_000_003)),), Fraction(-1))
    cell = Variable("a", Fraction(0), "0", ZERO)
    assert named(only(solve([cell], [fine]))) == {"a": Fraction(1, 1_000_003)}
    below = Constraint("below", (("a", Fraction(1_000_003)),), Fraction(1))
    assert only(solve([cell], [below])).reason is Reason.IMPOSSIBLE
    whole = Variable("a", Fraction(0), "0", ZERO, integral=True)
    assert only(solve([whole], [fine])).verdict is Verdict.UNDECIDED


def test_more_candidates_than_can_be_listed_are_never_decided() -> None:
    cells: dict[str, int | None] = {f"a{i}": 10 for i in range(300)}
    cells["total"] = 3100
    fault = only(solve(line(cells), [constraint("sum", [key for key in cells if key != "total"], ["total"])]))
    assert (fault.verdict, fault.reason) == (Verdict.UNDECIDED, Reason.SEARCH)
    assert fault.repairs


def test_a_cell_in_no_identity_is_never_at_fault() -> None:
    assert solve(line({"a": -3, "b": None}), []).faults == ()


@pytest.mark.parametrize(
    ("variables", "constraints", "message"),
    [
        (["a", "a"], [], "two variables have the key 'a'"),
        (["a"], [constraint("sum", ["b"], [])], "'b', which is no variable"),
        (["a"], [constraint("sum", ["a"], [], "<")], "'<' is not one of"),
    ],
)
def test_a_system_that_makes_no_sense_is_refused(
    variables: list[str], constraints: list[Constraint], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        solve([Variable(key, Fraction(1)) for key in variables], constraints)


# --- plausibility ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meant", "written", "cause"),
    [
        (1561, 1516, Cause.TRANSPOSED),
        (1561, 11561, Cause.DOUBLED),
        (1561, 156, Cause.DROPPED),
        (1561, 15761, Cause.INSERTED),
        (1561, -1561, Cause.SIGN),
        (1561, 15610000, Cause.SCALED),
        (1561, 1571, Cause.MISTYPED),
    ],
)
def test_slips_are_recognised(meant: int, written: int, cause: Cause) -> None:
    values = FULL.fill(3)
    shift = meant - values["r3", "c2"]
    for cell in (
        ("r3", "c2"),
        ("r3", "sum"),
        ("total", "c2"),
        ("total", "sum"),
        ("received", "c2"),
        ("received", "sum"),
    ):
        values[cell] += shift
    assert FULL.solve(values).faults == ()
    fault = only(FULL.solve({**values, ("r3", "c2"): written}))
    assert named(fault) == {("r3", "c2"): meant}
    assert fault.repairs[0].changes[0].cause is cause


@pytest.mark.parametrize(("other", "cause"), [(15, None), (12, Cause.ADDEND)])
def test_a_number_is_no_addend_of_itself(other: int, cause: Cause | None) -> None:
    # 12 is as far from 24 as from 0; that speaks for a number left out only if another cell has it.
    sums = [constraint("first", ["b", "c"], ["a"]), constraint("second", ["d", "e"], ["a"])]
    fault = only(solve(line({"b": 10, "c": 14, "d": other, "e": 24 - other, "a": 12}), sums))
    assert fault.verdict is Verdict.PROVEN
    assert [(change.key, change.value, change.cause) for change in fault.repairs[0].changes] == [("a", 24, cause)]


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [("1.25", 2, "125"), ("1.25", 3, "1250"), ("-1.25", 2, "125"), ("1.25", 1, None), ("1/3", 20, None), ("7", 0, "7")],
)
def test_the_digits_of_a_number(value: str, decimals: int, written: str | None) -> None:
    assert digits(Fraction(value), decimals) == written


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("36.50", "36.5", 2),
        ("３６．５", "36.5", 1),
        ("36.5万元", "36.5", 1),
        ("1,250", "0.125", 3),
        ("7", "7", 0),
        ("", "1/3", 20),
    ],
)
def test_the_decimals_of_a_number_are_those_written_or_needed(text: str, value: str, decimals: int) -> None:
    assert decimals_of(text, Fraction(value)) == decimals


def test_the_plainest_slip_is_likely_and_never_proven() -> None:
    fault = only(solve(line({"a": 1516, "b": 77, "total": 1638}), [constraint("sum", ["a", "b"], ["total"])]))
    assert (fault.verdict, fault.reason) == (Verdict.LIKELY, Reason.SEVERAL)
    assert named(fault) == {"a": 1561}
    assert {repair.keys for repair in fault.repairs} == {frozenset({key}) for key in ("a", "b", "total")}


def test_without_a_plain_slip_all_candidates_are_listed() -> None:
    fault = only(solve(line({"a": 31, "b": 22, "total": 60}), [constraint("sum", ["a", "b"], ["total"])]))
    assert (fault.verdict, fault.reason) == (Verdict.UNDECIDED, Reason.SEVERAL)
    offered = {change.key: change.value for repair in fault.repairs for change in repair.changes}
    assert offered == {"a": 38, "b": 29, "total": 53}


@pytest.mark.parametrize(
    ("meant", "written", "cause"),
    [
        (15600, 156, Cause.SCALED),
        (-15600, 156, Cause.SCALED),
        (7, 700_000_000, Cause.SCALED),
        (7, 7_000_000_000, None),
        (7, 14_000, None),
        (123, 1223, Cause.DOUBLED),
        (23, 123, Cause.INSERTED),
        (12, 123, Cause.INSERTED),
        (12, 122, Cause.DOUBLED),
        (12, 1021, None),
        (1243, 2134, None),
        (1243, 3241, None),
        (1243, 1342, None),
        (1243, 1423, Cause.TRANSPOSED),
    ],
)
def test_how_a_single_number_came_about(meant: int, written: int, cause: Cause | None) -> None:
    cells = [Variable("a", Fraction(written), str(written)), Variable("total", Fraction(meant), str(meant))]
    fault = only(solve(cells, [constraint("sum", ["a"], ["total"])]))
    changes = {change.key: change for repair in fault.repairs for change in repair.changes}
    assert changes["a"].value == meant
    assert changes["a"].cause is cause


def test_what_is_off_by_another_number_left_it_out_and_what_is_off_by_one_tells_nothing() -> None:
    cells = {"a": 500, "b": 77, "c": 1, "total": 501}
    fault = only(solve(line(cells), [constraint("sum", ["a", "b", "c"], ["total"])]))
    causes = {change.key: change.cause for repair in fault.repairs for change in repair.changes}
    assert causes == {"a": Cause.ADDEND, "total": Cause.ADDEND, "b": None}
    cells = {"a": 19, "b": 77, "c": 1, "total": 98}
    fault = only(solve(line(cells), [constraint("sum", ["a", "b", "c"], ["total"])]))
    causes = {change.key: change.cause for repair in fault.repairs for change in repair.changes}
    assert causes["a"] is None


@pytest.mark.parametrize(("beside", "cause"), [(0, Cause.MOVED), (8, Cause.EXCHANGED)])
def test_neighbours_that_swapped_are_one_slip(beside: int, cause: Cause) -> None:
    values = FULL.fill(9, zeros=0, largest=60)
    for cell, value in ((("r5", "c2"), 47), (("r5", "c3"), beside)):
        shift = value - values[cell]
        for row in ("r5", "total", "received"):
            values[row, cell[1]] += shift
            values[row, "sum"] += shift
    values = {cell: abs(value) + (500 if cell[0] == "received" else 0) for cell, value in values.items()}
    for column in FULL.columns:
        values["carried_in", column] = 600
        values["received", column] = values["total", column] + values["carried_out", column]
        values["carried_out", column] += 600
    for row in FULL.rows:
        values[row, "sum"] = sum(values[row, column] for column in FULL.columns)
    assert FULL.solve(values).faults == ()
    fault = only(FULL.solve({**values, ("r5", "c2"): beside, ("r5", "c3"): 47}))
    assert named(fault) == {("r5", "c2"): 47, ("r5", "c3"): beside}
    assert {change.cause for change in fault.repairs[0].changes} == {cause}
    # The same two columns could be shifted in other rows as well.
    assert fault.verdict is Verdict.LIKELY
    assert len(fault.repairs) > 1


def test_a_soft_constraint_breaks_a_tie_and_forces_nothing() -> None:
    hard = constraint("sum", ["a", "b"], ["total"])
    told = Constraint("prose", (("total", Fraction(1)),), Fraction(-60), hard=False)
    cells = {"a": 31, "b": 22, "total": 60}
    assert only(solve(line(cells), [hard])).verdict is Verdict.UNDECIDED
    without = only(solve(line(cells), [hard, told]))
    assert without.repairs[-1].keys == {"total"}
    told = Constraint("prose", (("b", Fraction(1)),), Fraction(-29), hard=False)
    fault = only(solve(line(cells), [hard, told]))
    assert (fault.verdict, named(fault)) == (Verdict.LIKELY, {"b": 29})
    assert solve(line({"a": 31, "b": 22, "total": 53}), [hard, told]).faults == ()


@pytest.mark.parametrize(
    ("relation", "key", "limit", "meant"),
    [
        ("==", "total", 53, "total"),
        ("<=", "total", 53, "total"),
        ("==", "b", 29, "b"),
        (">=", "b", 29, "b"),
        (">=", "total", 53, None),
        ("<=", "b", 29, None),
    ],
)
def test_a_soft_constraint_speaks_for_what_mends_it(relation: str, key: str, limit: int, meant: str | None) -> None:
    cells = {"a": 31, "b": 22, "total": 60}
    told = Constraint("prose", ((key, Fraction(1)),), Fraction(-limit), relation, hard=False)
    fault = only(solve(line(cells), [constraint("sum", ["a", "b"], ["total"]), told]))
    if meant is None:
        assert (fault.verdict, len(fault.repairs)) == (Verdict.UNDECIDED, 3)
    else:
        assert (fault.verdict, named(fault)) == (Verdict.LIKELY, {meant: limit})


# --- blanks ----------------------------------------------------------------------------------------------------------


def statuses(diagnosis: Diagnosis) -> dict[Hashable, tuple[Blank, Any]]:
    return {filling.key: (filling.status, filling.value) for filling in diagnosis.blanks}


def test_the_blank_total_row_of_a_report_of_three_cases_is_offered_three() -> None:
    """Rows 2 and 1 are given, 3 were received, everything else is blank, as in a published report."""
    values = dict.fromkeys(FULL.cells, 0)
    for row, number in (("received", 3), ("r0", 2), ("r4", 1)):
        values[row, "c0"] = values[row, "sum"] = number
    diagnosis = FULL.solve(values, [cell for cell, value in values.items() if not value])
    assert diagnosis.faults == ()
    found = statuses(diagnosis)
    assert found["total", "c0"] == (Blank.LIKELY, 3)
    assert found["total", "sum"] == (Blank.LIKELY, 3)
    assert found["r0", "c3"] == (Blank.PROVEN, 0)
    rest = {value for key, value in found.items() if key not in {("total", "c0"), ("total", "sum")}}
    assert rest == {(Blank.PROVEN, 0), (Blank.EXPECTED, 0)}


def test_a_blank_total_row_among_written_cells_is_proven() -> None:
    values = FULL.fill(11)
    blank = [cell for cell in FULL.cells if cell[0] == "total"]
    diagnosis = FULL.solve(values, blank)
    assert diagnosis.faults == ()
    assert statuses(diagnosis) == {cell: (Blank.PROVEN, values[cell]) for cell in blank}
    assert all(filling.evidence for filling in diagnosis.blanks)


def test_several_blanks_that_only_elimination_finds_are_proven() -> None:
    equations = [
        Constraint("one", (("x", Fraction(1)), ("y", Fraction(1))), Fraction(-7)),
        Constraint("two", (("x", Fraction(1)), ("y", Fraction(-1))), Fraction(-1)),
    ]
    diagnosis = solve(line({"x": None, "y": None}), equations)
    assert diagnosis.faults == ()
    assert statuses(diagnosis) == {"x": (Blank.PROVEN, 4), "y": (Blank.PROVEN, 3)}
    assert {name for filling in diagnosis.blanks for name in filling.evidence} == {"one", "two"}


def test_a_blank_that_stands_for_nothing_is_unknown_until_the_identities_fix_it() -> None:
    total = constraint("sum", ["a", "b"], ["t"])
    diagnosis = solve(line({"a": 3, "b": None, "t": 5}, default=None), [total])
    assert statuses(diagnosis) == {"b": (Blank.PROVEN, 2)}
    diagnosis = solve(line({"a": None, "b": None, "t": 5}, default=None), [total])
    assert diagnosis.faults == ()
    assert statuses(diagnosis) == {"a": (Blank.UNKNOWN, None), "b": (Blank.UNKNOWN, None)}
    assert statuses(solve(line({"a": None}, default=None), [])) == {"a": (Blank.UNKNOWN, None)}


def test_what_follows_is_found_beside_identities_that_say_the_same_twice() -> None:
    equations = [
        Constraint("one", (("x", Fraction(1)), ("y", Fraction(1))), Fraction(-7)),
        Constraint("again", (("x", Fraction(2)), ("y", Fraction(2))), Fraction(-14)),
        Constraint("two", (("x", Fraction(1)), ("y", Fraction(-1))), Fraction(-1)),
    ]
    assert statuses(solve(line({"x": None, "y": None}), equations)) == {
        "x": (Blank.PROVEN, 4),
        "y": (Blank.PROVEN, 3),
    }


def test_a_blank_amount_is_proven_to_its_decimals_and_may_be_negative() -> None:
    amounts = [
        Variable("a", Fraction("3.5"), "3.5"),
        Variable("b", None, default=ZERO),
        Variable("t", Fraction("1.25"), "1.25"),
    ]
    assert statuses(solve(amounts, [constraint("sum", ["a", "b"], ["t"])])) == {"b": (Blank.PROVEN, Fraction("-2.25"))}


def test_a_range_of_amounts_is_given_in_their_own_unit() -> None:
    amounts = [Variable("a", Fraction("1.5"), "1.5", ZERO), Variable("t", Fraction(4), "4.0", ZERO)]
    near = Constraint("near", (("a", Fraction(1)), ("t", Fraction(-1))), tolerance=Fraction("0.5"))
    fault = only(solve(amounts, [near]))
    ranges = {change.key: (change.low, change.high) for repair in fault.repairs for change in repair.changes}
    assert ranges == {"a": (Fraction("3.5"), Fraction("4.5")), "t": (1, 2)}


CROSSED = [
    constraint("row 1", ["a", "b"], ["t"]),
    constraint("row 2", ["c", "d"], ["u"]),
    constraint("column 1", ["a", "c"], ["x"]),
    constraint("column 2", ["b", "d"], ["y"]),
    constraint("totals", ["t", "u"], ["z"]),
    constraint("sums", ["x", "y"], ["z"]),
]
CROSSED_VALUES: dict[str, int | None] = {
    "a": 3, "b": 4, "t": 7, "c": 5, "d": None, "u": 5, "x": 8, "y": 4, "z": 12,
}  # fmt: skip


@pytest.mark.parametrize("cell", ["a", "b", "t", "c", "u", "x", "y", "z"])
def test_a_wrong_cell_is_proven_where_the_blank_cannot_explain_it(cell: str) -> None:
    value = CROSSED_VALUES[cell]
    assert value is not None
    diagnosis = solve(line({**CROSSED_VALUES, cell: value + 30}), CROSSED)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, named(fault)) == (Verdict.PROVEN, Reason.NONE, {cell: value})
    assert statuses(diagnosis) == {"d": (Blank.PROVEN, 0)}


def test_a_wrong_cell_beside_a_blank_that_is_not_zero_is_likely() -> None:
    diagnosis = solve(line({**CROSSED_VALUES, "a": 33, "u": None}), CROSSED)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, named(fault)) == (Verdict.LIKELY, Reason.BLANKS, {"a": 3, "u": 5})
    assert statuses(diagnosis) == {"d": (Blank.LIKELY, 0), "u": (Blank.LIKELY, 5)}


def test_a_wrong_cell_beside_several_blanks_that_are_not_zero_is_found_with_them() -> None:
    diagnosis = solve(line({**CROSSED_VALUES, "a": 33, "u": None, "y": None}), CROSSED)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, named(fault)) == (Verdict.LIKELY, Reason.LARGE, {"a": 3, "u": 5, "y": 4})
    assert statuses(diagnosis) == {"d": (Blank.LIKELY, 0), "u": (Blank.LIKELY, 5), "y": (Blank.LIKELY, 4)}


def test_another_cell_that_a_blank_would_allow_keeps_the_only_repair_from_being_proven() -> None:
    """Were the blank 59, ``a`` could be the wrong one."""
    sums = [constraint("sum", ["a", "b"], ["t"]), constraint("other", ["a", "d"], ["x"])]
    diagnosis = solve(line({"a": 159, "b": None, "t": 100, "d": None, "x": 159}), sums)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, named(fault)) == (Verdict.LIKELY, Reason.BLANKS, {"t": 159})
    assert statuses(diagnosis) == {"b": (Blank.LIKELY, 0), "d": (Blank.LIKELY, 0)}


@pytest.mark.parametrize("blanks", [1, 2, 3])
def test_blanks_that_stand_for_nothing_are_no_changes(blanks: int) -> None:
    """Each blank is fixed by two identities; one written number disagrees with another."""
    sums = [constraint("same", ["w"], ["u0"])]
    cells: dict[str, int | None] = {"w": 10}
    free: dict[str, int | None] = {}
    for i in range(blanks):
        sums += [constraint(f"first {i}", [f"a{i}", f"b{i}"], [f"t{i}"])]
        sums += [constraint(f"second {i}", [f"b{i}", f"c{i}"], [f"u{i}"])]
        if i:
            sums.append(constraint(f"link {i}", [f"u{i - 1}"], [f"u{i}"]))
        cells |= {f"a{i}": 3, f"t{i}": 5, f"c{i}": 7, f"u{i}": 9}
        free[f"b{i}"] = None
    diagnosis = solve([*line(cells), *line(free, None)], sums)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, named(fault)) == (Verdict.LIKELY, Reason.BLANKS, {"w": 9})
    assert statuses(diagnosis) == {f"b{i}": (Blank.LIKELY, 2) for i in range(blanks)}


def test_only_the_blanks_that_a_fault_is_about_become_unknown() -> None:
    sums = [
        constraint("sum", ["a", "b"], ["t"]),
        constraint("other", ["c", "d"], ["u"]),
        constraint("both", ["t", "u"], ["v"]),
    ]
    cells = {"a": 5, "b": None, "t": 9, "c": 1, "d": None, "u": 1, "v": 10}
    # Nothing was looked at: the blank of the broken identity is open, the other is not.
    assert statuses(solve(line(cells), sums, budget=0)) == {"b": (Blank.UNKNOWN, None), "d": (Blank.EXPECTED, 0)}
    # No repair needs the blank, though it stands in the broken identity.
    diagnosis = solve(line({"a": 159, "b": None, "t": 100}), sums[:1])
    assert only(diagnosis).verdict is Verdict.UNDECIDED
    assert statuses(diagnosis) == {"b": (Blank.EXPECTED, 0)}


def test_which_of_several_blanks_is_meant_is_not_guessed() -> None:
    total = constraint("sum", ["a", "b", "c"], ["t"])
    diagnosis = solve(line({"a": 3, "b": None, "c": None, "t": 5}), [total])
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason) == (Verdict.UNDECIDED, Reason.SEVERAL)
    assert {repair.keys for repair in fault.repairs} == {frozenset({"b"}), frozenset({"c"})}
    assert statuses(diagnosis) == {"b": (Blank.UNKNOWN, None), "c": (Blank.UNKNOWN, None)}


def test_a_wrong_cell_among_blank_zeros_is_named_and_the_blanks_stay_zero() -> None:
    values = FULL.fill(12, zeros=0.7)
    blank = [cell for cell, value in values.items() if not value]
    cell = next(cell for cell in FULL.cells if cell[0] in FULL.results and values[cell])
    diagnosis = FULL.solve({**values, cell: values[cell] + 40}, blank)
    assert named(only(diagnosis)) == {cell: values[cell]}
    assert all(filling.value == 0 for filling in diagnosis.blanks)


@pytest.mark.parametrize("count", [2, 7])
def test_a_wrong_cell_beside_blanks_that_are_not_zero(count: int) -> None:
    """The blanks follow from what is written, and however many they are they do not hide the wrong cell."""
    blanks = [f"blank{number}" for number in range(count)]
    sums = [constraint(f"sum of {blank}", [f"{blank} one", f"{blank} two"], [blank]) for blank in blanks]
    sums += [constraint("total", blanks, ["total"]), constraint("again", ["again"], ["total"])]
    sums += [constraint("once more", ["once more"], ["total"])]
    written: dict[str, int | None] = {"total": 9 * count + 5, "again": 9 * count, "once more": 9 * count}
    for blank in blanks:
        written |= {blank: None, f"{blank} one": 2, f"{blank} two": 7}
    diagnosis = solve(line(written), sums)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, len(fault.repairs)) == (Verdict.LIKELY, Reason.LARGE, 1)
    assert named(fault) == {"total": 9 * count} | dict.fromkeys(blanks, 9)
    assert statuses(diagnosis) == dict.fromkeys(blanks, (Blank.LIKELY, 9))


def test_a_wrong_cell_is_proven_beside_a_blank_that_cannot_explain_it() -> None:
    sums = [
        constraint("parts", ["part", "blank"], ["total"]),
        constraint("again", ["again"], ["total"]),
        constraint("once more", ["once more"], ["total"]),
    ]
    diagnosis = solve(line({"part": 18, "blank": None, "total": 20, "again": 18, "once more": 18}), sums)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, named(fault)) == (Verdict.PROVEN, Reason.NONE, {"total": 18})
    assert statuses(diagnosis) == {"blank": (Blank.PROVEN, 0)}


def test_a_repair_that_blanks_could_explain_away_is_not_proven() -> None:
    """41 less than the total could also stand in the blank: then no written cell is wrong at all."""
    total = constraint("sum", ["a", "b"], ["t"])
    diagnosis = solve(line({"a": 59, "b": None, "t": 100}), [total])
    assert diagnosis.faults == ()
    assert statuses(diagnosis) == {"b": (Blank.PROVEN, 41)}
    # More than the total: no blank can take that back.
    fault = only(solve(line({"a": 159, "b": None, "t": 100}), [total]))
    assert {repair.keys for repair in fault.repairs} == {frozenset({"a"}), frozenset({"t"})}
    assert fault.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(("expected", "verdict"), [(1561, Verdict.LIKELY), (1333, Verdict.UNDECIDED)])
def test_one_written_cell_against_many_blanks(expected: int, verdict: Verdict) -> None:
    """Three blanks that stand for one number, and a written cell that says another: only a plain slip settles it."""
    cells = [*line({"written": 1516}), *line({"x": None, "y": None, "z": None}, default=expected)]
    diagnosis = solve(cells, [constraint(key, ["written"], [key]) for key in "xyz"])
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason) == (verdict, Reason.BLANKS)
    assert {repair.keys for repair in fault.repairs} == {frozenset({"written"}), frozenset("xyz")}
    assert fault.repairs[0].keys == ({"written"} if verdict is Verdict.LIKELY else set("xyz"))


def test_many_blanks_that_cannot_all_be_zero_leave_the_written_cells_alone() -> None:
    """Five numbers are missing from each of two sums: no written cell is named, and what is certain is still said."""
    blank = dict.fromkeys([f"{part}{i}" for i in range(4) for part in "ab"])
    written = {f"t{i}": 3 + i for i in range(4)}
    sums = [constraint(i, [f"a{i}", f"b{i}"], [f"t{i}"]) for i in range(4)]
    sums += [constraint("a", [f"a{i}" for i in range(4)], ["a"]), constraint("zero", ["nought", "t0"], ["t0"])]
    diagnosis = solve(line({**blank, **written, "a": 9, "nought": None}), sums)
    fault = only(diagnosis)
    assert (fault.verdict, fault.reason, fault.repairs) == (Verdict.UNDECIDED, Reason.BLANKS, ())
    assert fault.constraints == (0, 1, 2, 3, "a")
    found = statuses(diagnosis)
    assert found.pop("nought") == (Blank.PROVEN, 0)
    assert set(found.values()) == {(Blank.UNKNOWN, None)}


def test_without_a_budget_blanks_are_expected_and_not_proven() -> None:
    total = constraint("sum", ["a", "b"], ["t"])
    assert statuses(solve(line({"a": 5, "b": None, "t": 5}), [total], budget=0)) == {"b": (Blank.EXPECTED, 0)}
    diagnosis = solve(line({"a": 5, "b": None, "t": 5}, default=None), [total], budget=0)
    assert diagnosis.faults == ()
    assert statuses(diagnosis) == {"b": (Blank.UNKNOWN, None)}


# --- properties ------------------------------------------------------------------------------------------------------


def solutions(form: Form, values: Mapping[Cell, int], size: int) -> set[frozenset[Cell]]:
    """By trying all: the sets of ``size`` cells whose change to other counts lets every identity hold."""
    found = set()
    cells = form.cells
    residual = [int(sum(factor * values[key] for key, factor in each.terms)) for each in form.constraints]  # type: ignore[index]
    column = {cell: [int(dict(each.terms).get(cell, 0)) for each in form.constraints] for cell in cells}
    for chosen in combinations(cells, size):
        if any(part and not any(column[cell][i] for cell in chosen) for i, part in enumerate(residual)):
            continue
        for changes in _changes([column[cell] for cell in chosen], residual):
            if all(change and values[cell] + change >= 0 for cell, change in zip(chosen, changes, strict=True)):
                found.add(frozenset(chosen))
    return found


def _changes(columns: list[list[int]], residual: list[int]) -> Iterable[tuple[int, ...]]:
    """Whole changes for which ``columns * changes == -residual``; one solution at most for sets that are minimal."""
    if len(columns) == 1:
        candidates: set[tuple[int, ...]] = {
            (-part * factor,) for part, factor in zip(residual, columns[0], strict=True) if factor
        }
    else:
        # Every entry is -1, 0 or 1: a change is what one identity is off by, or two of them are together.
        numbers = {sign * part for part in residual for sign in (1, -1)}
        numbers |= {a + b for a in numbers for b in numbers}
        candidates = {(a, b) for a in numbers for b in numbers}
    for changes in candidates:
        sums = (sum(c[i] * change for c, change in zip(columns, changes, strict=True)) for i in range(len(residual)))
        if all(total == -part for total, part in zip(sums, residual, strict=True)):
            yield changes


def smallest_by_trying(form: Form, values: Mapping[Cell, int]) -> set[frozenset[Cell]]:
    return solutions(form, values, 1) or solutions(form, values, 2)


seeds = st.integers(0, 10**6)


@given(seeds, st.sampled_from([0.0, 0.5, 0.9]), st.sampled_from([3, 99, 10**6]))
@settings(deadline=None, max_examples=40)
def test_consistent_tables_have_no_fault(seed: int, zeros: float, largest: int) -> None:
    assert FULL.solve(FULL.fill(seed, zeros, largest)) == Diagnosis((), ())


@given(seeds, st.sampled_from(FULL.cells), st.integers(-200, 200), st.sampled_from([0.1, 0.9]))
@settings(deadline=None, max_examples=100)
def test_any_single_change_is_named_and_the_old_value_offered(seed: int, cell: Cell, change: int, zeros: float) -> None:
    assume(change)
    values = FULL.fill(seed, zeros)
    fault = only(FULL.solve({**values, cell: values[cell] + change}))
    assert fault.verdict is Verdict.PROVEN
    assert named(fault) == {cell: values[cell]}


@given(seeds, st.lists(st.sampled_from(SMALL.cells), min_size=1, max_size=4, unique=True), st.data())
@settings(deadline=None, max_examples=60)
def test_the_smallest_sets_are_those_that_trying_all_finds(seed: int, cells: list[Cell], data: st.DataObject) -> None:
    values = SMALL.fill(seed, largest=6)
    for cell in cells:
        values[cell] = data.draw(st.integers(0, 12))
    diagnosis = SMALL.solve(values)
    if not diagnosis.faults:
        assert not any(sum(factor * values[key] for key, factor in each.terms) for each in SMALL.constraints)  # type: ignore[index]
        return
    fault = only(diagnosis)
    expected = smallest_by_trying(SMALL, values)
    if expected:
        assert {repair.keys for repair in fault.repairs} == expected
        assert (fault.verdict is Verdict.PROVEN) == (len(expected) == 1)
    else:
        assert fault.verdict is not Verdict.PROVEN
        assert all(len(repair.changes) > 2 for repair in fault.repairs)


@pytest.mark.unmeasured
@given(seeds, st.lists(st.sampled_from(FULL.cells), min_size=1, max_size=6, unique=True), st.data())
@settings(deadline=None, max_examples=60)
def test_every_repair_mends_everything(seed: int, cells: list[Cell], data: st.DataObject) -> None:
    values = FULL.fill(seed)
    for cell in cells:
        values[cell] = data.draw(st.integers(0, 300))
    for fault in FULL.solve(values).faults:
        for repair in fault.repairs:
            mended: dict[Hashable, Fraction] = {cell: Fraction(value) for cell, value in values.items()}
            for change in repair.changes:
                assert change.value is not None
                assert change.value >= 0
                assert change.value != change.written
                mended[change.key] = change.value
            for each in FULL.constraints:
                assert sum(factor * mended[key] for key, factor in each.terms) == 0


@given(seeds, st.sampled_from([0.3, 0.6, 0.95]), st.floats(0, 1))
@settings(deadline=None, max_examples=60)
def test_blank_zeros_give_no_fault_and_nothing_but_zero(seed: int, zeros: float, share: float) -> None:
    values = FULL.fill(seed, zeros)
    rng = random.Random(seed)
    blank = [cell for cell, value in values.items() if not value and rng.random() <= share]
    diagnosis = FULL.solve(values, blank)
    assert diagnosis.faults == ()
    assert {filling.key for filling in diagnosis.blanks} == set(blank)
    assert all(filling.value == 0 and filling.status in (Blank.PROVEN, Blank.EXPECTED) for filling in diagnosis.blanks)


@given(seeds, st.sampled_from([0.3, 0.9]), st.integers(1, 40))
@settings(deadline=None, max_examples=60)
def test_whatever_is_blank_a_proven_value_is_the_right_one(seed: int, zeros: float, count: int) -> None:
    values = FULL.fill(seed, zeros)
    blank = random.Random(seed).sample(FULL.cells, count)
    diagnosis = FULL.solve(values, blank)
    for filling in diagnosis.blanks:
        if filling.status is Blank.PROVEN:
            assert filling.value == values[filling.key]  # type: ignore[index]
    # All written numbers are right: none is proven wrong.
    for fault in diagnosis.faults:
        assert fault.verdict is not Verdict.PROVEN


@given(seeds, st.sampled_from([0.5, 0.9]), st.sampled_from([1, 2]))
@settings(deadline=None, max_examples=60)
def test_wrong_cells_among_blanks_are_proven_only_if_they_are_those(seed: int, zeros: float, number: int) -> None:
    values = FULL.fill(seed, zeros)
    rng = random.Random(seed)
    blank = {cell for cell, value in values.items() if not value and rng.random() < 0.7}
    wrong = rng.sample([cell for cell in FULL.cells if cell not in blank], number)
    seen = {**values, **{cell: values[cell] + rng.randint(1, 90) for cell in wrong}}
    for fault in FULL.solve(seen, blank).faults:
        if fault.verdict is Verdict.PROVEN and len(fault.repairs[0].changes) == number:
            # Two that cancel in one identity may truly look like one or like two others; these do not share any.
            lines = [{each.name for each in FULL.constraints if cell in dict(each.terms)} for cell in wrong]
            if number == 1 or not lines[0] & lines[1]:
                assert set(named(fault)) == set(wrong)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(-9, 9)), min_size=6, max_size=6),
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from("abcdef"), st.integers(-3, 3), max_size=4),
            st.integers(-9, 9),
            st.sampled_from(["==", "<=", ">="]),
            st.integers(0, 2),
            st.booleans(),
        ),
        max_size=5,
    ),
    st.sampled_from([None, 0, 2]),
)
@settings(deadline=None, max_examples=300)
def test_any_system_is_answered(
    written: dict[str, int | None],
    constraints: list[tuple[dict[str, int], int, str, int, bool]],
    default: int | None,
) -> None:
    """Whatever the identities, there is an answer, the same each time, and the repairs that fix all values mend it."""
    variables = line(written, default)
    system = [
        Constraint(
            i, tuple((key, Fraction(f, 2)) for key, f in terms.items()), Fraction(c), relation, Fraction(t, 3), hard
        )
        for i, (terms, c, relation, t, hard) in enumerate(constraints)
    ]
    diagnosis = solve(variables, system)
    assert diagnosis == solve(variables, system)
    assert {filling.key for filling in diagnosis.blanks} == {key for key, value in written.items() if value is None}
    for fault in diagnosis.faults:
        if fault.verdict is Verdict.PROVEN:
            assert len(fault.repairs) == 1
            values: dict[Hashable, Fraction | None] = {v.key: v.written for v in variables}
            values |= {filling.key: filling.value for filling in diagnosis.blanks} | named(fault)
            for name in fault.constraints:
                assert isinstance(name, int)
                each = system[name]
                used = [(values[key], factor) for key, factor in each.terms if factor]
                if all(value is not None for value, _ in used):
                    total = each.constant + sum(value * factor for value, factor in used if value is not None)
                    assert each.relation == ">=" or total <= each.tolerance
                    assert each.relation == "<=" or total >= -each.tolerance


@pytest.mark.unmeasured
@pytest.mark.parametrize(("number", "share"), [(0, 1.0), (1, 0.0), (2, 0.0), (6, 0.0), (20, 0.5), (2, 1.0)])
def test_the_work_is_bounded(number: int, share: float) -> None:
    """Far above what is needed, far below what a run-away search would take (see the benchmark for figures)."""
    from time import process_time

    values = FULL.fill(21, zeros=0.8)
    rng = random.Random(2)
    blank = {cell for cell, value in values.items() if not value and rng.random() < share}
    for cell in rng.sample([cell for cell in FULL.cells if cell not in blank], number):
        values[cell] += rng.randint(1, 99)
    start = process_time()
    FULL.solve(values, blank)
    assert process_time() - start < seconds(5)
