# ruff: noqa: E501
"""What a report says of itself and what follows from it: conditions of identities, findings that are less bad."""

from __future__ import annotations

import pytest

from tests.checks.farm import ALL, RICE, WHEAT, draft, expect, farm, lint, rowed

HOLDS = "holds: 'sum(sheep[*]) == 0', at: 'sheep[born]'"
HILL = f"- {{{{code: FM408, name: hills, table: herds, {HOLDS}, severity: warning, when: {{}}}}}}"
TITLE = "# 青山2023年农场年报\n\n"


@pytest.mark.parametrize(
    ("when", "title", "applies"),
    [
        ("{land: hill}", TITLE, True),
        ("{land: [plain, hill]}", TITLE, True),
        ("{land: plain}", TITLE, False),
        ("{land: hill}", "# 青原2023年农场年报\n\n", False),
        # What is not known switches a rule off, never on.
        ("{land: hill}", "# 某山2023年农场年报\n\n", False),
        ("{land: hill}", "# 青湖2023年农场年报\n\n", False),
        ("{land: hill}", "", False),
        ("{year: 2023}", TITLE, True),
        ("{year: 2020..2023}", TITLE, True),
        ("{year: ..2022}", TITLE, False),
        ("{year: 2024..}", TITLE, False),
        ("{year: 2020..}", "", False),
        ("{year: 2023, land: hill}", TITLE, True),
        ("{year: 2022, land: hill}", TITLE, False),
        ("{farm: 青山}", TITLE, True),
    ],
)
def test_conditions(when: str, title: str, applies: bool) -> None:
    findings = lint(draft((TITLE, title)), farm(identities=HILL.format(when)))
    assert [finding.code for finding in findings] == ["FM408"] * applies


def test_a_sum_that_must_be_0_is_told_on_the_first_cell_that_is_not() -> None:
    pack = farm(identities=HILL.format("{land: hill}"))
    expect(
        lint(draft(("| 20 | 25 | 61 |", "| 0 | 25 | 61 |")), pack),
        """
        24:13-15 FM408 hills warning
          勾稽关系不成立：25 + 61 = 86 ≠ 0
          the identity does not hold: 25 + 61 = 86 ≠ 0
          ~ 24:9-10 “绵山羊”行“本年出生”：0 | row “绵山羊”, column “本年出生”: 0
          ~ 24:18-20 “绵山羊”行“年末存栏”：61 | row “绵山羊”, column “年末存栏”: 61
        """,
    )


BLANK = rowed(RICE, "5 |  | 7 | 12")
TITLED = ("养殖与", "养殖和")


def severities(more: str) -> list[tuple[str, str]]:
    """The findings about a blank (a warning) and a title (an error) where a pack has further keys."""
    return [(finding.code, finding.severity.label) for finding in lint(draft(BLANK, TITLED), farm(more=more))]


@pytest.mark.parametrize(
    ("more", "blank", "title"),
    [
        ("", "warning", "error"),
        ("severity: {GK301: error, GK103: info}", "error", "info"),
        ("severity: {GK302: error}", "warning", "error"),
        ("relax: [{when: {year: 2023}, codes: GK1, severity: warning}]", "warning", "warning"),
        ("relax: [{when: {year: 2023}, codes: [GK3, GK103], severity: info}]", "info", "info"),
        # To relax makes nothing worse.
        ("relax: [{when: {year: 2023}, codes: GK, severity: error}]", "warning", "error"),
        ("relax: [{when: {year: 2022}, codes: GK, severity: info}]", "warning", "error"),
        ("relax: [{when: {land: plain}, codes: GK, severity: info}]", "warning", "error"),
        (
            "relax:\n- {when: {land: hill}, codes: GK1, severity: warning}\n- {when: {year: 2023}, codes: GK1, severity: info}",
            "warning",
            "info",
        ),
        ("severity: {GK301: error}\nrelax: [{when: {year: 2023}, codes: GK3, severity: info}]", "info", "error"),
        ("severity: {GK103: info}\nrelax: [{when: {year: 2023}, codes: GK1, severity: warning}]", "warning", "info"),
    ],
)
def test_severities_of_a_pack(more: str, blank: str, title: str) -> None:
    assert severities(more) == [("GK301", blank), ("GK103", title)]


def test_an_unknown_year_relaxes_nothing() -> None:
    pack = farm(more="relax: [{when: {year: 2020..}, codes: GK, severity: info}]")
    assert [finding.severity.label for finding in lint(draft((TITLE, ""), TITLED), pack)] == ["error"]


def test_the_severity_of_an_identity_is_its_own_the_pack_s_word_goes_before() -> None:
    text = draft(rowed(WHEAT, "12 | 3 | 4 | 20"), rowed(ALL, "19 | 4 | 11 | 35"))
    assert [(finding.code, finding.severity.label) for finding in lint(text)] == [("FM401", "error")]
    pack = farm(more="severity: {FM401: warning}")
    assert [(finding.code, finding.severity.label) for finding in lint(text, pack)] == [("FM401", "warning")]
