"""The checks: a family of rules a module, and the catalogue of all their codes."""

from __future__ import annotations

from gklint.analysis import analyse
from gklint.binding.model import BoundReport
from gklint.checks import cells, columns, identities, run, sections, tables
from gklint.findings import Finding, Rule, put_in_order, same_line

CATALOGUE: dict[str, Rule] = {
    rule.code: rule for family in (run, sections, tables, columns, cells, identities) for rule in family.RULES
}
"""Every rule that is not a pack's own, by code."""


def run_checks(report: BoundReport) -> list[Finding]:
    """All findings of one bound report, in order of place."""
    analysis = analyse(report)
    findings = [
        *sections.check(report),
        *tables.check(report),
        *columns.check(report),
        *cells.check(report, analysis),
        *identities.check(report, analysis),
    ]
    # Where headings are missing, two tables may claim the same surplus label: that is one mistake all the same.
    put_in_order(findings)
    repeated: set[int] = set()
    for start, end in same_line(findings):
        seen: set[object] = set()
        for number in range(start, end):
            finding = findings[number]
            mistake = (finding.code, finding.span, finding.message)
            if mistake in seen:
                repeated.add(number)
            seen.add(mistake)
    return [finding for number, finding in enumerate(findings) if number not in repeated] if repeated else findings
