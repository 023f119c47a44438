"""What all findings share: names, severities, a span on one line, edits that can be made."""

from __future__ import annotations

import pytest

from gklint.checks.base import Reporter
from gklint.documents.model import Gap, Located, Run, Span
from gklint.findings import Edit, Message, Rule, Severity
from tests.checks.farm import bound, draft, farm

RULE = Rule("GK999", "made-up", Severity.ERROR, Message("甲", "a"), Message("乙", "b"))


def reporter(text: str = "", more: str = "") -> Reporter:
    return Reporter(bound(text or draft(), farm(more=more)), [RULE])


def test_a_rule_gives_name_and_severity() -> None:
    finding = reporter()("GK999", Span(1, 1, 1, 3), "甲", "a")
    assert (finding.name, finding.severity, finding.pack, finding.message.en) == ("made-up", 3, "farm", "a")


def test_what_a_pack_brings_along_says_so_itself() -> None:
    finding = reporter()("FM001", Span(1, 1, 1, 1), "甲", "a", name="own", severity=Severity.INFO)
    assert (finding.name, finding.severity) == ("own", Severity.INFO)


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (Span(1, 3, 1, 9), Span(1, 3, 1, 9)),
        (Span(1, 3, 5, 2), Span(1, 3, 1, 14)),
        (Span(2, 1, 3, 2), Span(2, 1, 2, 1)),
        (Span(99, 4, 100, 2), Span(99, 4, 99, 5)),
    ],
)
def test_a_span_ends_with_its_first_line(span: Span, wanted: Span) -> None:
    assert reporter()("GK999", span, "甲", "a").span == wanted


def test_writing() -> None:
    say = reporter()
    assert say.writing(Located("青山", 1, 3), "绿水", safe=True) == (Edit(Span(1, 3, 1, 5), "绿水", True),)
    assert say.writing(Located("青山", 1, 3)[0:0], "大", safe=False) == (Edit(Span(1, 3, 1, 3), "大", False),)
    in_pieces = Located.of_runs("青山", (Run(0, 1, 3), Run(1, 1, 9)))
    assert say.writing(in_pieces, "绿水", safe=True) == ()


def test_a_value_with_a_line_of_its_own_is_written_where_only_separators_stand() -> None:
    gap = Gap(2, 1, after="\n")
    say = reporter()
    assert say.writing(gap, "0", safe=True) == (Edit(Span(2, 1, 2, 1), "0\n", True),)
    assert say.writing(Gap(1, 1, after="\n"), "0", safe=True) == ()
    say = reporter(draft().replace("\n", "\r\n"))
    assert say.writing(gap, "0", safe=True) == (Edit(Span(2, 1, 2, 1), "0\r\n", True),)
