"""What all check families share: making findings of one report with its severities and paths."""

from __future__ import annotations

from functools import cached_property

from gklint.binding.model import BoundReport
from gklint.documents.model import Located, Span
from gklint.findings import Edit, Finding, Message, Quoting, Related, Rule, Severity
from gklint.identities import condition_holds
from gklint.records import replace


class Reporter:
    """Makes findings for one report: rule's name and severity, the pack's changes to it, a span on one line."""

    def __init__(self, report: BoundReport, rules: list[Rule]) -> None:
        self.report = report
        self._known = rules

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        # Most reports have no findings of most families.
        return {rule.code: rule for rule in self._known}

    def __call__(
        self,
        code: str,
        span: Span,
        zh: str,
        en: str,
        *,
        related: tuple[Related, ...] = (),
        edits: tuple[Edit, ...] = (),
        address: tuple[str, ...] = (),
        equation: Message | None = None,
        name: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """One finding.  ``name`` and ``severity`` are for rules that a pack brings along, of which no `Rule` is
        known."""
        rule = self._rules.get(code)
        if rule is not None:
            name, severity = name or rule.name, severity or rule.severity
        assert name is not None
        assert severity is not None
        return Finding(
            code,
            name,
            self._severity(code, severity),
            self.report.source.path,
            self._on_one_line(span),
            Message(zh, en),
            related,
            edits,
            self.report.pack.id,
            address,
            equation,
        )

    def like(self, finding: Finding, span: Span) -> Finding:
        """A finding that differs from another in its place alone."""
        return replace(finding, span=self._on_one_line(span))

    def quoting(self, code: str, span: Span, pattern: Message, word: str, *, address: tuple[str, ...]) -> Finding:
        """One of many findings that differ in a word, that in ``span`` as it is shown."""
        quoted = Quoting(pattern, span, self.report.source.lines)
        as_written = span.line == span.end_line <= len(self.report.source.lines) and quoted.word == word
        rule = self._rules[code]
        return Finding(
            code,
            rule.name,
            self._severity(code, rule.severity),
            self.report.source.path,
            self._on_one_line(span),
            quoted if as_written else Quoting(pattern, word),
            pack=self.report.pack.id,
            address=address,
        )

    def writing(self, text: Located, value: str, *, safe: bool) -> tuple[Edit, ...]:
        """The edit that puts ``value`` in the place of ``text``; none where markup in between forbids it."""
        if not text.in_one_piece():
            return ()
        span, replacement = text.writing(value)
        if "\n" in replacement:
            source = self.report.source
            line = source.lines[span.line - 1]
            if any(character.isalnum() or character == "<" for character in line):
                # A value gets a line of its own only where nothing but separators stands.
                return ()
            replacement = replacement.replace("\n", source.line_end(span.line))
        return (Edit(span, replacement, safe),)

    def _severity(self, code: str, severity: Severity) -> Severity:
        for prefix, own in self.report.pack.severities:
            if code.startswith(prefix):
                severity = own
        for relaxation in self.report.pack.relaxations:
            if code.startswith(relaxation.codes) and condition_holds(relaxation.when, self.report):
                severity = min(severity, relaxation.severity)
        return severity

    def _on_one_line(self, span: Span) -> Span:
        if span.line == span.end_line:
            return span
        lines = self.report.source.lines
        return span.first_line(len(lines[span.line - 1]) if span.line <= len(lines) else span.column)
