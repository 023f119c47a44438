"""How well and how fast wrong cells are named: `python benchmarks/localisation.py`.

Makes consistent tables of each built-in form in several sizes, puts mistakes into them and looks at what
`gklint.localise.solve` says.  With `highspy` installed every sampled case is also solved as a mixed-integer programme:
the same smallest number of cells, the same sets.

    python benchmarks/localisation.py --cases 200 --reference 40
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gklint.findings import Severity
from gklint.identities import Key, instances
from gklint.localise import Blank, Constraint, Diagnosis, Reason, Variable, Verdict, solve
from gklint.packs import builtin_packs
from gklint.packs.model import Pack

SIZES = {"township": (0.85, 3), "county": (0.65, 40), "city": (0.35, 900), "province": (0.1, 40_000)}
"""For each size of a body: the share of zeros, and the largest number of a single cell."""
TABLES = ("applications", "litigation")
Values = dict[Key, int]


@dataclass(frozen=True)
class Form:
    """A form as a constraint system."""

    name: str
    pack: Pack
    constraints: tuple[Constraint, ...]
    neighbours: dict[Key, tuple[Key, ...]]

    @property
    def keys(self) -> list[Key]:
        return list(self.neighbours)

    def variables(self, values: Values, blank: Iterable[Key] = ()) -> list[Variable]:
        left_out = set(blank)
        zero = Fraction(0)
        return [
            Variable(key, None, "", zero, True, zero, self.neighbours[key])
            if key in left_out
            else Variable(key, Fraction(value), str(value), zero, True, zero, self.neighbours[key])
            for key, value in values.items()
        ]

    def diagnose(self, values: Values, blank: Iterable[Key] = ()) -> tuple[Diagnosis, float]:
        """The diagnosis, and the seconds that it took."""
        variables = self.variables(values, blank)
        start = time.perf_counter()
        diagnosis = solve(variables, self.constraints)
        return diagnosis, time.perf_counter() - start


def form_of(pack: Pack) -> Form:
    neighbours: dict[Key, tuple[Key, ...]] = {}
    for name in TABLES:
        table = pack.table(name)
        columns = [column.path for column in table.column_leaves()]
        for row in table.row_leaves():
            for index, column in enumerate(columns):
                beside = [columns[i] for i in (index - 1, index + 1) if 0 <= i < len(columns)]
                neighbours[name, row.path, column] = tuple((name, row.path, other) for other in beside)
    constraints = []
    for instance in instances(pack):
        if instance.identity.severity is not Severity.ERROR or instance.identity.table not in TABLES:
            continue
        if instance.left is None or instance.right is None:
            continue
        terms = dict(instance.left[0])
        for key, factor in instance.right[0].items():
            terms[key] = terms.get(key, Fraction(0)) - factor
        label = (instance.identity.code, instance.node.path if instance.node else "")
        exact = tuple((key, Fraction(factor)) for key, factor in terms.items())
        constant = Fraction(instance.left[1] - instance.right[1])
        constraints.append(Constraint(label, exact, constant, instance.identity.holds.operator))
    return Form(pack.id, pack, tuple(constraints), neighbours)


def consistent(form: Form, rng: random.Random, size: str) -> Values:
    """A filled-in form in which every identity holds."""
    zeros, largest = SIZES[size]

    def number() -> int:
        return 0 if rng.random() < zeros else min(largest, max(1, round(largest ** rng.random())))

    values: Values = {}
    name = "applications"
    table = form.pack.table(name)
    rows = [row.path for row in table.row_leaves()]
    columns = [column.path for column in table.column_leaves()]
    flow = ("received", "carried_in", "outcome.total", "carried_out")
    for column in columns[:-1]:
        for row in rows:
            values[name, row, column] = 0 if row in flow else number()
        handled = sum(values[name, row, column] for row in rows)
        values[name, "outcome.total", column] = handled
        values[name, "carried_out", column] = number()
        values[name, "carried_in", column] = min(number(), handled + values[name, "carried_out", column])
        rest = handled + values[name, "carried_out", column] - values[name, "carried_in", column]
        values[name, "received", column] = rest
    for row in rows:
        values[name, row, columns[-1]] = sum(values[name, row, column] for column in columns[:-1])
    name = "litigation"
    table = form.pack.table(name)
    columns = [column.path for column in table.column_leaves()]
    for leaf in table.row_leaves():
        for column in columns[:-1]:
            values[name, leaf.path, column] = number()
        values[name, leaf.path, columns[-1]] = sum(values[name, leaf.path, column] for column in columns[:-1])
    return {key: values[key] for key in form.keys}


# --- mistakes --------------------------------------------------------------------------------------------------------

Change = Callable[[random.Random, int], int | None]


def anything(rng: random.Random, value: int) -> int | None:
    other = rng.randint(0, max(2 * value, 20))
    return other if other != value else value + 1


def swapped(rng: random.Random, value: int) -> int | None:
    text = str(value)
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1]]
    if not places:
        return None
    i = rng.choice(places)
    return int(text[:i] + text[i + 1] + text[i] + text[i + 2 :])


def dropped(rng: random.Random, value: int) -> int | None:
    text = str(value)
    i = rng.randrange(len(text))
    return int(text[:i] + text[i + 1 :]) if len(text) > 1 and text != text[0] * len(text) else None


def doubled(rng: random.Random, value: int) -> int | None:
    text = str(value)
    i = rng.randrange(len(text))
    return int(text[: i + 1] + text[i:]) if value else None


def mistyped(rng: random.Random, value: int) -> int | None:
    text = str(value)
    i = rng.randrange(len(text))
    digit = rng.choice([digit for digit in "0123456789" if digit != text[i]])
    return int(text[:i] + digit + text[i + 1 :])


def negative(rng: random.Random, value: int) -> int | None:
    return -value if value else None


CHANGES: dict[str, Change] = {
    "any": anything,
    "digits swapped": swapped,
    "digit dropped": dropped,
    "digit doubled": doubled,
    "digit mistyped": mistyped,
    "sign": negative,
}


def places(form: Form) -> dict[str, list[Key]]:
    """The kinds of cells."""
    kinds: dict[str, list[Key]] = {}
    last = {name: form.pack.table(name).column_leaves()[-1].path for name in TABLES}
    rows = {"received": "row one", "carried_in": "row two", "carried_out": "row four", "outcome.total": "total row"}
    for key in form.keys:
        table, row, column = key
        if table == "litigation":
            kind = "table four, total" if column == last[table] else "table four, result"
        else:
            kind = rows.get(row, "result")
            if column == last[table]:
                kind += ", total column"
        kinds.setdefault(kind, []).append(key)
    return kinds


@dataclass
class Score:
    """What was said of a kind of case."""

    cases: int = 0
    detected: int = 0
    single: int = 0
    """All in as few findings as there are independent mistakes."""
    unique: int = 0
    """The identities leave one smallest repair."""
    proven: int = 0
    proven_right: int = 0
    likely: int = 0
    likely_right: int = 0
    among: int = 0
    """Undecided or not right, the truth being among the candidates."""

    def take(self, diagnosis: Diagnosis, truth: dict[Key, int], independent: int = 1) -> None:
        self.cases += 1
        faults = diagnosis.faults
        self.detected += bool(faults)
        self.single += len(faults) == independent
        wanted = {(key, Fraction(value)) for key, value in truth.items()}
        named: set[tuple[object, Fraction | None]] = set()
        offered: set[tuple[object, Fraction | None]] = set()
        for fault in faults:
            if fault.verdict is not Verdict.UNDECIDED:
                named |= {(change.key, change.value) for change in fault.repairs[0].changes}
            for repair in fault.repairs:
                changes = {(change.key, change.value) for change in repair.changes}
                if changes <= wanted:
                    offered |= changes
        sure = bool(faults) and all(fault.verdict is Verdict.PROVEN for fault in faults)
        decided = bool(faults) and all(fault.verdict is not Verdict.UNDECIDED for fault in faults)
        right = named == wanted
        self.unique += bool(faults) and all(len(f.repairs) == 1 and f.reason is not Reason.SEARCH for f in faults)
        self.proven += sure
        self.proven_right += sure and right
        self.likely += decided and not sure
        self.likely_right += decided and not sure and right
        self.among += not (decided and right) and offered == wanted

    def row(self) -> list[str]:
        return [
            str(self.cases),
            *(share(count, self.cases) for count in (self.detected, self.single, self.unique)),
            f"{self.proven_right} of {self.proven}",
            f"{self.likely_right} of {self.likely}",
            str(self.cases - self.proven - self.likely),
            str(self.among),
        ]


SCORE_HEAD = [
    "cases",
    "detected",
    "one finding each",
    "one repair",
    "proven: right",
    "likely: right",
    "undecided",
    "listed",
]


def share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %" if total else "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        cells = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("| " + " | ".join(cells) + " |")
        if not number:
            print("|" + "|".join("-" * (width + 1) + ("-" if i == 0 else ":") for i, width in enumerate(widths)) + "|")
    print()


def tables_of(forms: Sequence[Form], rng: random.Random) -> Iterator[tuple[Form, Values]]:
    while True:
        for form in forms:
            for size in SIZES:
                yield form, consistent(form, rng, size)


def one_wrong(forms: Sequence[Form], cases: int, rng: random.Random) -> None:
    print("## One wrong cell, by kind of cell (any change)\n")
    scores: dict[str, Score] = {}
    source = tables_of(forms, rng)
    for kind in places(forms[0]):
        score = scores.setdefault(kind, Score())
        while score.cases < cases:
            form, values = next(source)
            key = rng.choice(places(form)[kind])
            wrong = anything(rng, values[key])
            assert wrong is not None
            score.take(form.diagnose({**values, key: wrong})[0], {key: values[key]})
    table(["wrong cell", *SCORE_HEAD], [[kind, *score.row()] for kind, score in scores.items()])
    for title, name in (("table three", "applications"), ("table four", "litigation")):
        print(f"## One wrong cell in {title}, by kind of change\n")
        scores = {}
        for kind, change in CHANGES.items():
            score = scores.setdefault(kind, Score())
            while score.cases < cases:
                form, values = next(source)
                key = rng.choice([key for key in values if key[0] == name])
                wrong = change(rng, values[key])
                if wrong is not None and wrong != values[key]:
                    score.take(form.diagnose({**values, key: wrong})[0], {key: values[key]})
        table(["change", *SCORE_HEAD], [[kind, *score.row()] for kind, score in scores.items()])


def two_keys(form: Form, kind: str, rng: random.Random) -> tuple[Key, Key]:
    three = [key for key in form.keys if key[0] == "applications"]
    first = rng.choice(three)
    others = {
        "anywhere in table three": [key for key in three if key != first],
        "in one row": [key for key in three if key[1] == first[1] and key != first],
        "in one column": [key for key in three if key[2] == first[2] and key != first],
        "neighbours exchanged": list(form.neighbours[first]),
        "set in the neighbour column": list(form.neighbours[first]),
        "tables three and four": [key for key in form.keys if key[0] == "litigation"],
    }
    return first, rng.choice(others[kind])


TWO = (
    "anywhere in table three",
    "in one row",
    "in one column",
    "neighbours exchanged",
    "set in the neighbour column",
    "tables three and four",
)


def two_wrong_case(form: Form, values: Values, kind: str, rng: random.Random) -> Values | None:
    """The two wrong values, or None if this table has no such place."""
    first, second = two_keys(form, kind, rng)
    if kind == "neighbours exchanged":
        if values[first] == values[second] or not values[first] or not values[second]:
            return None
        return {first: values[second], second: values[first]}
    if kind == "set in the neighbour column":
        if not values[first] or values[second]:
            return None
        return {first: 0, second: values[first]}
    wrong = {key: anything(rng, values[key]) for key in (first, second)}
    return {key: value for key, value in wrong.items() if value is not None}


def two_wrong(forms: Sequence[Form], cases: int, rng: random.Random) -> None:
    print("## Two wrong cells\n")
    source = tables_of(forms, rng)
    rows = []
    for kind in TWO:
        score = Score()
        while score.cases < cases:
            form, values = next(source)
            wrong = two_wrong_case(form, values, kind, rng)
            if wrong is not None:
                truth = {key: values[key] for key in wrong}
                score.take(form.diagnose({**values, **wrong})[0], truth, 2 if kind == TWO[-1] else 1)
        rows.append([kind, *score.row()])
    table(["wrong cells", *SCORE_HEAD], rows)


def blanks(forms: Sequence[Form], cases: int, rng: random.Random) -> None:
    print("## Zeros left blank\n")
    source = tables_of(forms, rng)
    rows = []
    for percent in (0, 10, 25, 50, 75, 90, 100):
        count: Counter[str] = Counter()
        faults = 0
        for _ in range(cases):
            form, values = next(source)
            zeros = [key for key, value in values.items() if not value]
            diagnosis, _ = form.diagnose(values, rng.sample(zeros, len(zeros) * percent // 100))
            faults += len(diagnosis.faults)
            count.update(filling.status.value for filling in diagnosis.blanks)
            count["wrong"] += sum(filling.value != 0 for filling in diagnosis.blanks)
        blank_cells = count.total() - count["wrong"]
        rows.append(
            [
                f"{percent} %",
                str(cases),
                str(faults),
                str(blank_cells),
                share(count[Blank.PROVEN], blank_cells),
                share(count[Blank.EXPECTED], blank_cells),
                str(count["wrong"]),
            ]
        )
    table(["zeros blank", "tables", "faults", "blanks", "proven 0", "expected 0", "not 0"], rows)

    print("## Other cells left blank (with half of the zeros)\n")
    rows = []
    for kind in ("total row", "total column", "any 5 cells", "any 20 cells", "total row and column"):
        count = Counter()
        faults = 0
        for _ in range(cases):
            form, values = next(source)
            zeros = [key for key, value in values.items() if not value]
            blank = set(rng.sample(zeros, len(zeros) // 2))
            three = [key for key in values if key[0] == "applications"]
            if kind.startswith("total row"):
                blank |= {key for key in three if key[1] == "outcome.total"}
            if kind.endswith("column"):
                blank |= {key for key in three if key[2] == three[-1][2]}
            if kind.startswith("any"):
                blank |= set(rng.sample(three, int(kind.split()[1])))
            diagnosis, _ = form.diagnose(values, blank)
            faults += len(diagnosis.faults)
            for filling in diagnosis.blanks:
                if values[filling.key]:  # type: ignore[index]
                    right = filling.value == values[filling.key]  # type: ignore[index]
                    count[f"{filling.status.value} {'right' if right else 'wrong'}"] += 1
                elif filling.value:
                    count["zero taken for another"] += 1
        keys = ("proven right", "proven wrong", "likely right", "likely wrong", "expected wrong", "unknown wrong")
        rows.append(
            [kind, str(cases), str(faults), *(str(count[key]) for key in keys), str(count["zero taken for another"])]
        )
    table(
        [
            "blank",
            "tables",
            "faults",
            "proven right",
            "wrong",
            "likely right",
            "wrong",
            "taken for 0",
            "unknown",
            "0 taken for other",
        ],
        rows,
    )

    print("## One or two wrong cells, zeros left blank\n")
    rows = []
    for number in (1, 2):
        for percent in (10, 50, 100):
            score = Score()
            for _ in range(cases):
                form, values = next(source)
                zeros = [key for key, value in values.items() if not value]
                blank = set(rng.sample(zeros, len(zeros) * percent // 100))
                written = [key for key in values if key not in blank and key[0] == "applications"]
                if len(written) < number:
                    continue
                chosen = rng.sample(written, number)
                wrong = {key: anything(rng, values[key]) for key in chosen}
                seen = {**values, **{key: value for key, value in wrong.items() if value is not None}}
                score.take(form.diagnose(seen, blank)[0], {key: values[key] for key in chosen})
            rows.append([f"{number} wrong, {percent} % of the zeros blank", *score.row()])
    table(["case", *SCORE_HEAD], rows)


def times(forms: Sequence[Form], cases: int, rng: random.Random) -> None:
    print("## Time of one report, milliseconds (tables three and four)\n")
    rows = []
    for form in forms:
        kinds = [
            (0, 0),
            (0, 100),
            (1, 0),
            (2, 0),
            (3, 0),
            (5, 0),
            (20, 0),
            (1, 50),
            (1, 100),
            (2, 50),
            (2, 100),
            (20, 100),
        ]
        for number, percent in kinds:
            taken = []
            for _ in range(cases):
                values = consistent(form, rng, rng.choice(list(SIZES)))
                zeros = [key for key, value in values.items() if not value]
                blank = set(rng.sample(zeros, len(zeros) * percent // 100))
                written = [key for key in values if key not in blank and key[0] == "applications"]
                for key in rng.sample(written, min(number, len(written))):
                    wrong = anything(rng, values[key])
                    assert wrong is not None
                    values[key] = wrong
                taken.append(1000 * form.diagnose(values, blank)[1])
            taken.sort()
            what = f"{number} wrong" + (f", {percent} % of the zeros blank" if percent else "")
            figures = (statistics.median(taken), taken[len(taken) * 95 // 100], taken[-1])
            rows.append([f"{form.name}: {what}", str(cases), *(f"{figure:.2f}" for figure in figures)])
    table(["case", "runs", "median", "95 %", "longest"], rows)


# --- the reference ---------------------------------------------------------------------------------------------------


def smallest_sets(form: Form, values: Values, blank: set[Key], limit: int) -> tuple[int, set[frozenset[Key]], float]:
    """By mixed-integer programming: the least number of written cells to change, all sets of so many, and the seconds.

    Blanks are free to be anything; a changed cell is a whole number not below 0.  Raises ImportError without HiGHS.
    """
    import highspy  # type: ignore[import-not-found]
    import numpy  # type: ignore[import-not-found]

    start = time.perf_counter()
    keys = list(values)
    column = {key: index for index, key in enumerate(keys)}
    # As small as is safe: a large factor on the switches lets the solver's tolerances hide a change.
    large = 2 * max(abs(value) for value in values.values()) + 100
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    for key in keys:
        solver.addVar(min(0, values[key]), large)
    switch = {key: len(keys) + index for index, key in enumerate(key for key in keys if key not in blank)}
    for _ in switch:
        solver.addVar(0, 1)
    for index in range(len(keys) + len(switch)):
        solver.changeColIntegrality(index, highspy.HighsVarType.kInteger)
    for key, index in switch.items():
        solver.changeColCost(index, 1)
        value = values[key]
        # value changed only if switched on, and then not below 0
        add(solver, numpy, -highspy.kHighsInf, value, {column[key]: 1, index: value - large})
        add(solver, numpy, value, highspy.kHighsInf, {column[key]: 1, index: value})
    for constraint in form.constraints:
        terms = {column[key]: float(factor) for key, factor in constraint.terms}  # type: ignore[index]
        constant = float(constraint.constant)
        add(solver, numpy, -constant, -constant, terms)
    found: set[frozenset[Key]] = set()
    least = -1
    while len(found) < limit:
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        solution = solver.getSolution().col_value
        chosen = frozenset(key for key, index in switch.items() if solution[index] > 0.5)
        if least < 0:
            least = len(chosen)
        if len(chosen) > least or not chosen:
            break
        found.add(chosen)
        add(solver, numpy, -highspy.kHighsInf, len(chosen) - 1, {switch[key]: 1 for key in chosen})
    return least, found, time.perf_counter() - start


def add(solver, numpy, low: float, high: float, terms: dict[int, float]) -> None:  # type: ignore[no-untyped-def]
    index = numpy.array(list(terms), dtype=numpy.int32)
    solver.addRow(low, high, len(terms), index, numpy.array(list(terms.values()), dtype=numpy.float64))


def reference(forms: Sequence[Form], cases: int, rng: random.Random) -> None:
    print("## Against HiGHS as a mixed-integer programme\n")
    try:
        import highspy
    except ImportError:
        print("highspy is not installed: left out.\n")
        return
    rows = []
    limit = 12
    for number in (1, 2):
        for percent in (0, 50, 100):
            same_size = same_sets = sure = sure_same = 0
            ours, theirs = [], []
            for index in range(cases):
                form = forms[index % len(forms)]
                values = consistent(form, rng, rng.choice(list(SIZES)[:2]))
                zeros = [key for key, value in values.items() if not value]
                blank = set(rng.sample(zeros, len(zeros) * percent // 100))
                kind = rng.choice(TWO[:5])
                wrong = two_wrong_case(form, values, kind, rng) if number == 2 else None
                if wrong is None or set(wrong) & blank:
                    written = [key for key in values if key not in blank]
                    drawn = {key: anything(rng, values[key]) for key in rng.sample(written, min(number, len(written)))}
                    wrong = {key: value for key, value in drawn.items() if value is not None}
                values.update(wrong)
                diagnosis, seconds = form.diagnose(values, blank)
                ours.append(1000 * seconds)
                least, sets, seconds = smallest_sets(form, values, blank, limit)
                theirs.append(1000 * seconds)
                if percent:
                    # Blanks weigh something with us and nothing there: what is called proven must be unique there too.
                    if diagnosis.faults and all(fault.verdict is Verdict.PROVEN for fault in diagnosis.faults):
                        sure += 1
                        named = frozenset(change.key for f in diagnosis.faults for change in f.repairs[0].changes)
                        sure_same += sets == {named}
                    continue
                options: list[frozenset[object]] = [frozenset()]
                for fault in diagnosis.faults:
                    options = [option | repair.keys for option in options for repair in fault.repairs]
                same_size += {len(option) for option in options} == {least}
                same_sets += set(options) == sets or (len(sets) == limit and sets < set(options))
            rows.append(
                [
                    f"{number} wrong, {percent} % of the zeros blank",
                    str(cases),
                    "–" if percent else f"{same_size} of {cases}",
                    "–" if percent else f"{same_sets} of {cases}",
                    f"{sure_same} of {sure}" if percent else "–",
                    f"{statistics.median(ours):.2f}",
                    f"{statistics.median(theirs):.0f}",
                ]
            )
    table(["case", "cases", "same size", "same sets", "proven: unique there", "gklint, ms", "HiGHS, ms"], rows)
    print(f"(highspy {highspy.Highs().version()}; times are medians, HiGHS listing at most {limit} sets.)\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="measure error localisation")
    parser.add_argument("--cases", type=int, default=200, help="cases of each kind (default: %(default)s)")
    parser.add_argument("--reference", type=int, default=30, help="cases of each kind for HiGHS (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    forms = [
        form_of(pack) for pack in builtin_packs() if all(any(t.id == name for t in pack.tables) for name in TABLES)
    ]
    names = ", ".join(f"{form.name} ({len(form.keys)} cells, {len(form.constraints)} identities)" for form in forms)
    print(f"# Localisation: {names}\n\nPython {platform.python_version()}, seed {options.seed}\n")
    for part in (one_wrong, two_wrong, blanks, times):
        part(forms, options.cases, random.Random(options.seed))
    reference(forms, options.reference, random.Random(options.seed))


if __name__ == "__main__":
    main()
