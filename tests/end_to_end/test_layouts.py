"""Generated reports in every layout: consistent ones give no finding, each mistake gives its own, each figure counts.

``GKLINT_SEEDS=20`` goes twenty times as deep as the default.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.end_to_end.linting import DEPTH, family, lint, told
from tests.generator import FORMS, LAYOUTS, MISTAKES, Options, UnsuitedError, make_report, put_in, render
from tests.generator.agreement import disagreements
from tests.generator.forms import CARRIED_IN, CARRIED_OUT, NEW, TOTAL, TOTAL_ROW
from tests.generator.strategies import options, reports
from tests.generator.writer import Rendered

SIZES = ("medium", "small", "large")


def varied(seed: int, layout: str) -> Options:
    """Options for a seed: the first ones plain, so that a failure is easy to read, then all kinds."""
    rng = Random(f"{seed}-{layout}")
    return Options(
        seed=seed,
        style=seed,
        punctuation=("full", "half", "mixed")[seed % 3],
        number_space=seed % 4 == 3,
        split=seed % 3 == 1,
        title=("one", "two", "absent")[seed % 3],
        chrome=seed % 4 == 2,
        repeat_group=seed % 5 == 4,
        lead=rng.random() < 0.4,
        heading=("atx", "bold", "setext", "plain")[seed % 4],
        four=rng.choice(("one-row", "three-rows")),
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=8 * DEPTH, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_consistent_report_gives_no_finding(layout: str, form: str, data: st.DataObject) -> None:
    report = data.draw(reports(form))
    rendered = render(report, layout, data.draw(options(layout)))
    result = lint(rendered)
    assert result.report is not None, "no pack applies"
    assert result.report.pack.id.endswith(form)
    assert not disagreements(result.report, rendered, report.spec.tables)
    assert not result.findings, told(result.findings)


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_mistake_is_found_where_it_is(layout: str, name: str) -> None:
    rng = Random(f"{layout}-{name}")
    offset, form = rng.randrange(12), rng.randrange(2)
    for number in range(DEPTH):
        check_mistake(layout, name, offset + number // 2, ("2019", "2021")[(form + number) % 2])


def check_mistake(layout: str, name: str, seed: int, form: str) -> None:
    """One mistake, one finding: of its family, on its line, and hardly any other."""
    report = make_report(form, seed, SIZES[seed % 3], level="county")
    try:
        faulty = put_in(name, report, layout, varied(seed, layout))
    except UnsuitedError as reason:
        pytest.skip(str(reason))
    result = lint(faulty.rendered)
    what = faulty.mistake
    findings = result.findings
    context = (
        f"{name} in {layout}, form {form}, seed {seed}, expected on {sorted(faulty.lines or ())}:\n{told(findings)}"
    )
    own = [finding for finding in findings if family(finding) in what.families]
    right = [finding for finding in own if faulty.lines is None or finding.span.line in faulty.lines]
    assert right, f"not found: {context}"
    others = [finding for finding in findings if family(finding) not in (*what.families, *what.allowed)]
    assert not others, f"further families: {context}"
    assert len(findings) <= what.most, f"more than {what.most}: {context}"


@pytest.mark.unmeasured
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_figure_changed_alone_is_found(layout: str, form: str) -> None:
    """A cell of table three or four with one more or with a digit dropped: on its line or on a total's of its row or
    column a finding says so."""
    for number in range(DEPTH):
        seed = number + list(LAYOUTS).index(layout)
        report = make_report(form, seed, "large" if number % 2 else "medium", level="city")
        rendered = render(report, layout, varied(seed, layout))
        cells = [key for key in rendered.cells if key[0] in ("three", "four")]
        for at, key in enumerate(cells):
            # By default every cell once over the two forms' runs, at depth every cell in each.
            if DEPTH == 1 and (at + seed) % 2 != list(FORMS).index(form):
                continue
            check_cell(rendered, key, at + number)


def check_cell(rendered: Rendered, key: tuple[str, str, str], turn: int) -> None:
    table, row, column = key
    old = rendered.values[key]
    new = old[1:].lstrip("0") or "0" if turn % 2 and len(old) > 1 else str(int(old) + 1)
    result = lint(rendered, rendered.replace(rendered.cells[key], new))
    totals = [(table, row, TOTAL)]
    if table == "three":
        totals += [("three", line, column) for line in (NEW, CARRIED_IN, TOTAL_ROW, CARRIED_OUT)]
    lines = {rendered.cells[place].line for place in (key, *totals)}
    context = f"{rendered.layout}: {key} {old} made {new} on {rendered.cells[key].line}:\n{told(result.findings)}"
    assert any(finding.span.line in lines for finding in result.findings), context
    assert {family(finding) for finding in result.findings} == {"GK4"}, context
    assert len(result.findings) <= 2, context
