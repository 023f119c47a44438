"""The checks: a family of rules a module, and the catalogue of all their codes."""

from __future__ import annotations

from gklint.analysis import analyse
from gklint.binding.model import BoundReport
from gklint.checks import cells, columns, identities, run, sections, tables
from gklint.findings import Finding, Rule

CATALOGUE: dict[str, Rule] = {
    rule.code: rule for family in (run, sections, tables, columns, cells, identities) for rule in family.RULES
}
"""Every rule that is not a pack's own, by code."""


def run_checks(report: BoundReport) -> list[Finding]:
    """All findings of one bound report, in no particular order."""
    analysis = analyse(report)
    findings = [
        *sections.check(report),
        *tables.check(report),
        *columns.check(report),
        *cells.check(report, analysis),
        *identities.check(report, analysis),
    ]
    # Where headings are missing, two tables may claim the same surplus label: that is one mistake all the same.
    unique: dict[object, Finding] = {}
    for finding in findings:
        unique.setdefault((finding.code, finding.span, finding.message), finding)
    return list(unique.values())
