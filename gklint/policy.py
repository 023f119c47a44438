"""What holds for each file of a run: which packs, which findings are shown, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from gklint.config import Finder
from gklint.discover import STDIN, Discovery, Found
from gklint.documents.model import Span
from gklint.findings import Finding, Message, Severity, Suppressed, sort_key
from gklint.settings import Entry, Overrides, Settings

if TYPE_CHECKING:
    from gklint.binding.model import BoundReport
    from gklint.documents.source import Source
    from gklint.linter import LintResult
    from gklint.packs.model import Node, Pack

_Identity = tuple[str, str, tuple[str, ...], str]
_Cell = tuple[str, "Node | None", "Node | None"]
"""A table's id with a row and a column; None is all of them."""


class LeftOut(NamedTuple):
    """A file that a configuration leaves out, and by which of its keys."""

    path: str
    reason: str


class Policy:
    """The settings of every file of a run, each configuration read once.

    ``suppressed`` are the findings that configurations leave out of single files, as they come.
    """

    def __init__(self, finder: Finder, overrides: Overrides) -> None:
        self._finder = finder
        self._overrides = overrides
        self._by_config: dict[int, Settings] = {}
        self._by_path: dict[str, Settings] = {}
        self._held: dict[_Identity, Entry] = {}
        self._used: set[tuple[int, int]] = set()
        self._seen: set[tuple[int, int]] = set()
        self.suppressed: list[Suppressed] = []

    def settings(self, path: str) -> Settings:
        """What holds for a file.  Raises `ConfigError`."""
        known = self._by_path.get(path)
        if known is None:
            config = self._finder.for_file(path)
            known = self._by_config.get(id(config))
            if known is None:
                known = self._by_config[id(config)] = Settings(config, self._overrides)
            self._by_path[path] = known
        return known

    def scope(self, discovery: Discovery, stdin_name: str | None = None) -> tuple[Discovery, list[LeftOut]]:
        """The files that configurations do not leave out, and those that they do.  Standard input always stays."""
        files: list[Found] = []
        left_out: list[LeftOut] = []
        for found in discovery.files:
            path = found.path if found.path != STDIN else stdin_name or STDIN
            reason = self.settings(path).left_out(path) if found.path != STDIN else None
            if reason is None:
                files.append(found)
            else:
                left_out.append(LeftOut(found.path, reason))
        return Discovery(files, discovery.unreadable), left_out

    def prepare(self) -> list[Pack]:
        """Load the packs of every configuration that has come up so far; all of them, each once."""
        packs: dict[tuple[str, str], Pack] = {}
        for settings in self._by_config.values():
            settings.prepare()
            packs.update({(pack.id, pack.path): pack for pack in settings.packs})
        return list(packs.values())

    # What a run asks for each file.

    def packs(self, path: str) -> list[Pack]:
        """The packs to choose from for a file."""
        return self.settings(path).packs

    def needs_report(self, path: str) -> bool:
        """Whether `look` has to see what was bound in a file: its configuration names parts of tables."""
        return any(entry.table is not None for entry in self.settings(path).entries_for(path))

    def seen(self, path: str) -> None:
        """Note that a file is checked."""
        settings = self.settings(path)
        self._seen.update((id(settings.config), entry.number) for entry in settings.entries_for(path))

    def look(self, source: Source, linted: LintResult) -> None:
        """Find out which findings stand in a part of a table that the configuration names, while that is known."""
        self.seen(source.path)
        entries = [entry for entry in self.settings(source.path).entries_for(source.path) if entry.table is not None]
        if not entries or linted.report is None:
            return
        cells = _cells(linted.report)
        for finding in linted.findings:
            for cell in cells.get(finding.span[:2], ()):
                for entry in entries:
                    if finding.code in entry.codes and _covers(entry, cell):
                        self._held.setdefault(_identity(finding), entry)

    def wants(self, finding: Finding) -> bool:
        """Whether a finding is shown."""
        settings = self.settings(finding.path)
        return settings.shows(finding.code) and self._entry(settings, finding) is None

    def sift(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are shown, with the severity that is set for them."""
        kept: list[Finding] = []
        for finding in findings:
            settings = self.settings(finding.path)
            entry = self._entry(settings, finding)
            if entry is not None:
                self._used.add((id(settings.config), entry.number))
            if not settings.shows(finding.code):
                continue
            if entry is None:
                kept.append(settings.graded(finding))
            else:
                self.suppressed.append(Suppressed(settings.graded(finding), "configuration", entry.reason))
        return kept

    def held_back(self, suppressed: Iterable[Suppressed]) -> list[Suppressed]:
        """Everything that would be shown if nobody had asked to leave it out: by comments, and by configurations."""
        shown = [
            other._replace(finding=settings.graded(other.finding))
            for other in suppressed
            if (settings := self.settings(other.finding.path)).shows(other.finding.code)
        ]
        return sorted([*shown, *self.suppressed], key=lambda other: sort_key(other.finding))

    def _entry(self, settings: Settings, finding: Finding) -> Entry | None:
        for entry in settings.entries_for(finding.path):
            if entry.table is None and finding.code in entry.codes:
                return entry
        return self._held.get(_identity(finding)) if self._held else None

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the run end with status 1."""
        limit: str = self.settings(finding.path)["fail-on"].value
        return limit != "never" and finding.severity >= Severity[limit.upper()]

    def languages(self, findings: Iterable[Finding]) -> dict[str, str]:
        """The language that is set for each file with a finding, as far as one is."""
        languages: dict[str, str] = {}
        for path in {finding.path for finding in findings}:
            lang = self.settings(path)["lang"].value
            if lang is not None:
                languages[path] = lang
        return languages

    def idle(self) -> tuple[list[Finding], dict[str, Source]]:
        """Findings about entries of ``per-file-ignores`` for single files that had nothing to leave out, with the
        sources that they stand in."""
        from gklint.checks.run import UNUSED_SUPPRESSION as RULE
        from gklint.documents.source import Source

        findings: list[Finding] = []
        sources: dict[str, Source] = {}
        for settings in self._by_config.values():
            config = settings.config
            if not settings["per-file-ignores"].value or config.path is None or not settings.shows(RULE.code):
                continue
            for entry in settings.entries:
                key = (id(config), entry.number)
                if not entry.exact or key in self._used or key not in self._seen:
                    continue
                line, column = config.place(*entry.place)
                message = Message(
                    f"{entry.pattern} 中没有这一项所针对的 {entry.word} 问题，请删去此项",
                    f"there is no finding of {entry.word} in {entry.pattern} for this entry to ignore; remove it",
                )
                finding = Finding(
                    RULE.code, RULE.name, RULE.severity, config.path, Span(line, column, line, column), message
                )
                findings.append(settings.graded(finding))
                sources[config.path] = Source.from_text(config.text, config.path)
        return sorted(findings, key=sort_key), sources


def _identity(finding: Finding) -> _Identity:
    """What a finding is known by when its line has moved."""
    return finding.path, finding.code, finding.address, finding.message.zh


def _cells(report: BoundReport) -> dict[tuple[int, int], list[_Cell]]:
    """What stands where in the tables of a report: cells, the labels of rows and columns, the tables themselves."""
    cells: dict[tuple[int, int], list[_Cell]] = {}
    for table in report.tables:
        name = table.spec.id
        cells.setdefault(table.place[:2], []).append((name, None, None))
        for column in table.columns.values():
            if column.label is not None:
                cells.setdefault(column.label.span()[:2], []).append((name, None, column.node))
        for row in table.rows.values():
            if row.label is not None:
                cells.setdefault(row.label.span()[:2], []).append((name, row.node, None))
            for cell in row.cells.values():
                cells.setdefault(cell.span[:2], []).append((name, cell.row, cell.column))
    return cells


def _covers(entry: Entry, cell: _Cell) -> bool:
    table, row, column = cell
    return table == entry.table and _within(row, entry.row) and _within(column, entry.column)


def _within(node: Node | None, word: str | None) -> bool:
    """Whether a row or column is the one that ``word`` names by its path or label, or inside that group."""
    if word is None:
        return True
    return node is not None and (word in (node.path, node.label.text) or node.path.startswith(f"{word}."))
