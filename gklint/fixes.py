"""Applying the edits of findings: which of them together, what comes of it, and whether the report is better for it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from gklint.documents.source import Source
from gklint.findings import Edit, Finding, Severity, sort_key
from gklint.linter import LintResult, lint_source
from gklint.packs.model import Pack
from gklint.records import dataclass, field

MAX_ROUNDS = 10
"""One fix can make way for another (a section put in order gets its number then), but hardly a long chain of them."""

Identity = tuple[str, tuple[str, ...], str]
"""What a finding is known by from one round to the next, when its place may have moved."""


@dataclass(slots=True)
class FixResult:
    """A text with edits applied.

    ``conflicts`` are pairs: the finding whose edits were applied, and the one that would change the same place in
    another way.
    """

    text: str
    applied: list[Finding] = field(default_factory=list)
    conflicts: list[tuple[Finding, Finding]] = field(default_factory=list)


@dataclass(slots=True)
class FixOutcome:
    """What came of fixing one source.

    ``source`` and ``linted`` are the fixed text and what is found in it.  ``fixed`` are the findings that were mended,
    ``refused`` those whose edits would have made things worse and were taken back, with the reason.  ``conflicts`` are
    pairs of a finding that was mended and one that could not be because of that.
    """

    source: Source
    linted: LintResult
    fixed: list[Finding] = field(default_factory=list)
    refused: list[tuple[Finding, str]] = field(default_factory=list)
    conflicts: list[tuple[Finding, Finding]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.fixed)


def wanted_edits(finding: Finding, unsafe: bool) -> tuple[Edit, ...]:
    """The edits of a finding that are to be applied: the safe ones or, with ``unsafe``, all."""
    return finding.edits if unsafe else tuple(edit for edit in finding.edits if edit.safe)


def apply_edits(source: Source, findings: Iterable[Finding], unsafe: bool) -> FixResult:
    """Apply the edits of findings to the text of their source; nothing else in it changes.

    The edits of a finding that are wanted are applied all or none.  Where those of two findings overlap, the proven
    goes before the likely, then the graver finding before the other, then the earlier.  The same edit of two findings
    is no conflict.  Texts inserted at the same place stand in the order of their findings.
    """
    result = FixResult(source.text)
    taken: list[_Change] = []
    owners: dict[_Change, Finding] = {}
    candidates = [(finding, edits) for finding in findings if (edits := wanted_edits(finding, unsafe))]
    candidates.sort(key=lambda entry: (not all(edit.safe for edit in entry[1]), -entry[0].severity, sort_key(entry[0])))
    for finding, edits in candidates:
        changes = _changes(source, edits)
        if not changes:
            continue
        new = [change for change in changes if change not in owners]
        rival = next((owners[other] for change in new if (other := _rival(change, taken)) is not None), None)
        if rival is not None:
            result.conflicts.append((rival, finding))
            continue
        for change in new:
            owners[change] = finding
            insort(taken, change)
        result.applied.append(finding)
    result.applied.sort(key=sort_key)
    result.text = _rewritten(source.text, [(change, owners[change]) for change in taken])
    return result


_Change = tuple[int, int, str]
"""Offsets in the text, and what stands between them afterwards."""


def _changes(source: Source, edits: Sequence[Edit]) -> list[_Change]:
    """The edits by offset; none if they contradict one another, lie outside of the text or change nothing."""
    changes: list[_Change] = []
    for edit in edits:
        span = edit.span
        if not 1 <= span.line <= span.end_line <= len(source.lines):
            return []
        start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
        if end < start:
            return []
        if source.text[start:end] != edit.replacement:
            changes.append((start, end, edit.replacement))
    changes = sorted(dict.fromkeys(changes))
    if any(after[0] < before[1] for before, after in pairwise(changes)):
        return []
    return changes


def _rival(change: _Change, taken: list[_Change]) -> _Change | None:
    """The change among ``taken``, which are sorted and do not overlap, that ``change`` cannot stand beside."""
    start, end, _ = change
    at = bisect_left(taken, (start, -1, ""))
    if at and taken[at - 1][1] > start:
        return taken[at - 1]
    # Of those that begin at the same place, only a replacement of something can be in the way.
    while at < len(taken) and (taken[at][0] < end or taken[at][0] == start):
        other = taken[at]
        if other[0] > start or (other[1] > start and end > start):
            return other
        at += 1
    return None


def _rewritten(text: str, changes: list[tuple[_Change, Finding]]) -> str:
    # Insertions stand before a replacement that begins at the same place.
    ordered = sorted(changes, key=lambda entry: (entry[0][0], entry[0][1], sort_key(entry[1]), entry[0][2]))
    pieces: list[str] = []
    position = 0
    for (start, end, replacement), _ in ordered:
        pieces.append(text[position:start])
        pieces.append(replacement)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def fix_source(
    source: Source,
    packs: list[Pack],
    unsafe: bool,
    linted: LintResult | None = None,
    *,
    only: Callable[[Finding], bool] | None = None,
    format: str | None = None,
) -> FixOutcome:
    """Fix a source as far as its findings' edits go: apply, lint again, until nothing more can be applied.

    ``linted`` is what `lint_source` gave for the source, if that is known; ``only`` tells which findings to fix.  An
    edit after which the report is worse (an error that was not there before and that no further fix mends, or its pack
    applies no more) is taken back.  Fixing the result again changes nothing.
    """
    linted = lint_source(source, packs, format) if linted is None else linted
    outcome = FixOutcome(source, linted)
    if linted.report is None:
        return outcome
    refused: dict[Identity, tuple[Finding, str]] = {}
    conflicts: dict[Identity, tuple[Finding, Finding]] = {}
    fixer = _Fixer(packs, unsafe, format)
    rounds = 0
    while rounds < MAX_ROUNDS:
        findings = [
            finding
            for finding in outcome.linted.findings
            if identity(finding) not in refused and (only is None or only(finding))
        ]
        step = fixer.step(outcome.source, outcome.linted, findings)
        for finding, reason in step.refused:
            refused.setdefault(identity(finding), (finding, reason))
        if not step.applied and not step.refused:
            break
        # A round that only sorts out what must not be applied is bounded by the number of findings.
        rounds += not step.refused
        for winner, loser in step.conflicts:
            conflicts.setdefault(identity(loser), (winner, loser))
        for finding in step.applied:
            conflicts.pop(identity(finding), None)
        outcome.fixed.extend(step.applied)
        outcome.source, outcome.linted = step.source, step.linted
    outcome.refused = list(refused.values())
    outcome.conflicts = list(conflicts.values())
    return outcome


def identity(finding: Finding) -> Identity:
    """What a finding is known by when lines have moved."""
    return finding.code, finding.address, finding.message.zh


@dataclass(slots=True)
class _Step:
    source: Source
    linted: LintResult
    applied: list[Finding]
    conflicts: list[tuple[Finding, Finding]]
    refused: list[tuple[Finding, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Fixer:
    packs: list[Pack]
    unsafe: bool
    format: str | None

    def step(self, source: Source, linted: LintResult, findings: list[Finding]) -> _Step:
        """Apply what can be applied at once, without the findings whose edits make things worse."""
        step, reason = self._try(source, linted, findings)
        if reason is None:
            return step
        if len(step.applied) == 1:
            return _Step(source, linted, [], [], [(step.applied[0], reason)])
        # Half by half: the cost is one more look at the report for each level, and only where there is a culprit.
        half = len(step.applied) // 2
        first = self.step(source, linted, step.applied[:half])
        if not first.applied:
            rest = self.step(source, linted, step.applied[half:])
            return _Step(rest.source, rest.linted, rest.applied, rest.conflicts, [*first.refused, *rest.refused])
        # What is left has other places now: the next round comes to it.
        return first

    def _try(self, source: Source, linted: LintResult, findings: list[Finding]) -> tuple[_Step, str | None]:
        result = apply_edits(source, findings, self.unsafe)
        if not result.applied:
            return _Step(source, linted, [], []), None
        fixed = Source.from_text(result.text, source.path, source.encoding, source.bom)
        again = lint_source(fixed, self.packs, self.format)
        step = _Step(fixed, again, result.applied, result.conflicts)
        return step, self._worse(linted, again) or _idle(linted, step)

    def _worse(self, before: LintResult, after: LintResult) -> str | None:
        """Why the report is worse than before, None if it is not."""
        assert before.report is not None
        if after.report is None:
            return "the report would no longer be recognised"
        if after.report.pack.id != before.report.pack.id:
            return f"the report would be taken for one of {after.report.pack.id}"
        known = Counter(_kind(finding) for finding in before.findings if finding.severity is Severity.ERROR)
        for finding in after.findings:
            if finding.severity is not Severity.ERROR or wanted_edits(finding, self.unsafe):
                continue
            kind = _kind(finding)
            if not known[kind]:
                return f"{finding.code} would be found: {finding.message.en}"
            known[kind] -= 1
        return None


def _idle(before: LintResult, step: _Step) -> str | None:
    """Why a step has not mended what it was to mend, None if it has: a finding whose edits change nothing for it would
    be fixed again in every round."""
    known = Counter(map(identity, before.findings))
    known.subtract(map(identity, step.applied))
    left = Counter(map(identity, step.linted.findings))
    for finding in step.applied:
        if left[identity(finding)] > known[identity(finding)]:
            return f"{finding.code} would still be found: {finding.message.en}"
    return None


def _kind(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.address
