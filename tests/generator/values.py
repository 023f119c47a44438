"""Numbers for a report, such that every identity and every sound inequality of the form holds."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .forms import CARRIED_IN, CARRIED_OUT, FORMS, NEW, TOTAL, TOTAL_ROW, Form

Key = tuple[str, str, str]
"""Table, row and column of a cell."""

SIZES = ("zero", "small", "medium", "large")

BODIES = {
    "township": ("栖霞岭镇人民政府", "白石渡乡人民政府", "望月街道办事处"),
    "county": ("云溪县人民政府办公室", "青禾区人民政府办公室", "石川县人民政府", "临澜区人民政府"),
    "department": ("云溪县水务局", "青禾区教育局", "石川县卫生健康局"),
    "city": ("澜州市人民政府办公室", "澜州市人民政府"),
    "province": ("岚江省人民政府办公厅",),
}
"""Invented bodies by level; only those of the last two may have 规章."""


@dataclass(slots=True)
class Report:
    """A report's figures: ``values`` holds the text of each cell as the form would print it."""

    form: str
    year: int
    body: str
    level: str
    values: dict[Key, str]
    prose_seed: int = 0

    @property
    def spec(self) -> Form:
        return FORMS[self.form]

    def number(self, table: str, row: str, column: str) -> int:
        return int(self.values[table, row, column])


def make_report(
    form: str, seed: int, size: str = "medium", level: str | None = None, year: int | None = None
) -> Report:
    """A consistent report; the same arguments give the same report."""
    rng = Random(f"{form}-{seed}-{size}")
    spec = FORMS[form]
    chosen = level or rng.choice(sorted(BODIES))
    report = Report(form, year or rng.choice(spec.years), rng.choice(BODIES[chosen]), chosen, {}, seed)
    _fill_proactive(report, rng, size)
    _fill_applications(report, rng, size)
    _fill_litigation(report, rng, size)
    return report


def _count(rng: Random, size: str) -> int:
    match size:
        case "zero":
            return 0
        case "small":
            return rng.choice((0, 0, 0, 0, 1, 2, 3))
        case "medium":
            return rng.choice((0, 0, rng.randint(1, 9), rng.randint(10, 99)))
    return rng.choice((0, rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 4000)))


def _fill_proactive(report: Report, rng: Random, size: str) -> None:
    for table in report.spec.tables:
        if not table.id.startswith("two-"):
            continue
        for row in table.row_keys():
            barred = row == "规章" and report.level not in ("city", "province")
            numbers: list[str] = []
            for column in table.column_keys():
                kind = table.kinds.get(column, "count")
                if kind == "signed":
                    change = rng.randint(-9, 60) if size != "zero" else 0
                    numbers.append(f"+{change}" if change > 0 and rng.random() < 0.6 else str(change))
                elif kind == "amount":
                    numbers.append(_amount(rng, size))
                else:
                    numbers.append("0" if barred else str(_count(rng, size)))
            if table.id == "two-一" and not barred:
                _respect_inequality(report.form, numbers)
            for column, text in zip(table.column_keys(), numbers, strict=True):
                report.values[table.id, row, column] = text


def _amount(rng: Random, size: str) -> str:
    if size == "zero":
        return "0"
    whole = rng.choice((0, rng.randint(1, 90), rng.randint(100, 9000)))
    return str(whole) if rng.random() < 0.4 else f"{whole}.{rng.randint(0, 9999):04d}"


def _respect_inequality(form: str, numbers: list[str]) -> None:
    """New published ≤ published in all (2019); in force ≥ issued − repealed (2021)."""
    first, second, third = (int(number) for number in numbers)
    least = second if form == "2019" else first - second
    numbers[2] = str(max(third, least))


def _fill_applications(report: Report, rng: Random, size: str) -> None:
    table = report.spec.table("three")
    columns = table.column_keys()
    outcomes = [row for row in table.row_keys() if row not in (NEW, CARRIED_IN, CARRIED_OUT, TOTAL_ROW)]
    counts: dict[tuple[str, str], int] = {}
    for column in columns[:-1]:
        weight = size if column == columns[0] or size in ("zero", "small") else rng.choice(("small", size))
        for row in outcomes:
            counts[row, column] = _count(rng, weight)
        done = sum(counts[row, column] for row in outcomes)
        counts[TOTAL_ROW, column] = done
        counts[CARRIED_OUT, column] = _count(rng, weight)
        flow = done + counts[CARRIED_OUT, column]
        counts[CARRIED_IN, column] = rng.randint(0, flow // 3)
        counts[NEW, column] = flow - counts[CARRIED_IN, column]
    for row in table.row_keys():
        counts[row, TOTAL] = sum(counts[row, column] for column in columns[:-1])
    for (row, column), value in counts.items():
        report.values["three", row, column] = str(value)


def _fill_litigation(report: Report, rng: Random, size: str) -> None:
    table = report.spec.table("four")
    for row in table.row_keys():
        parts = [_count(rng, "small" if size == "medium" else size) for _ in range(4)]
        for column, value in zip(table.column_keys(), [*parts, sum(parts)], strict=True):
            report.values["four", row, column] = str(value)
