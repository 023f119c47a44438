"""Whole runs over damaged reports: whatever happens to a report, findings come and each is well formed.

``GKLINT_SEEDS=20`` goes twenty times as deep as the default.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gklint.documents.source import Source, decode
from gklint.errors import SourceError
from gklint.fixes import fix_source
from tests.end_to_end.linting import DEPTH, PACKS
from tests.fuzz.mutate import MUTATIONS, mutate
from tests.fuzz.wellformed import check_findings, lint_twice, require
from tests.generator import LAYOUTS, MISTAKES, Options, UnsuitedError, make_report, put_in, render
from tests.generator.strategies import options, reports

_HEALTH = list(HealthCheck)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=12 * DEPTH, suppress_health_check=_HEALTH)
@given(data=st.data(), seed=st.integers(0, 2**32), count=st.integers(0, 25))
def test_a_damaged_report_gives_findings_that_are_well_formed(
    layout: str, data: st.DataObject, seed: int, count: int
) -> None:
    rendered = render(data.draw(reports()), layout, data.draw(options(layout)))
    text = mutate(rendered.text, Random(seed), count)
    lint_twice(Source.from_text(text, rendered.path), PACKS)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=5 * DEPTH, suppress_health_check=_HEALTH)
@given(
    seed=st.integers(0, 2**32), count=st.integers(0, 10), name=st.sampled_from(sorted(MISTAKES)), unsafe=st.booleans()
)
def test_fixing_a_damaged_report_ends_well(layout: str, seed: int, count: int, name: str, unsafe: bool) -> None:
    report = make_report("2021" if seed % 2 else "2019", seed=seed % 1000, size="small")
    try:
        rendered = put_in(name, report, layout, Options(seed=seed % 30)).rendered
    except UnsuitedError:
        rendered = render(report, layout, Options(seed=seed % 30))
    source = Source.from_text(mutate(rendered.text, Random(seed), count), rendered.path)
    linted = lint_twice(source, PACKS)
    outcome = fix_source(source, PACKS, unsafe, linted)
    check_findings(outcome.linted, outcome.source)
    assert outcome.changed == (outcome.source.text != source.text)
    if outcome.changed:
        worst = max(finding.severity for finding in linted.findings)
        before = sum(finding.severity == worst for finding in linted.findings)
        assert sum(finding.severity >= worst for finding in outcome.linted.findings) <= before
    # What was mended stays mended: a second time finds nothing more to do.
    again = fix_source(outcome.source, PACKS, unsafe, outcome.linted)
    assert again.source.text == outcome.source.text


@settings(max_examples=200 * DEPTH, suppress_health_check=_HEALTH)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text(max_size=200).map(lambda text: b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass")),
        st.text(max_size=100).map(lambda text: text.encode("gb18030", "replace") + b"\x81"),
    ),
    suffix=st.sampled_from((".md", ".html", ".txt", ".xhtml", "")),
)
@example(b"\xff\xfe\x00\xd8", ".md")
@example(b"\xef\xbb\xbf", ".html")
@example(b"", ".txt")
def test_any_bytes_are_a_source_or_refused(data: bytes, suffix: str) -> None:
    try:
        source = decode(data, f"a{suffix}")
    except SourceError as error:
        require(bool(error.message and error.zh), error)
        return
    lint_twice(source, PACKS)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_every_kind_of_damage_does_some(mutation: object) -> None:
    before = [f"| {number} | 甲 |" for number in range(12)]
    changed = 0
    for seed in range(20):
        after = list(before)
        mutation(after, Random(seed))  # type: ignore[operator]
        changed += after != before
    assert changed >= 15
