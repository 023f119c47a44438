"""What an output format knows of a run besides its findings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from gklint.documents.source import Source
from gklint.findings import Finding, Message, Rule, Severity, Suppressed
from gklint.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of a run: findings by severity, files checked, files left out because no pack applies to them."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    checked: int = 0
    skipped: int = 0
    fixable: int = 0
    """Findings that safe edits mend."""
    likely: int = 0
    """Findings that edits mend of which some are only likely."""
    fixed: int = 0
    fixed_files: int = 0
    suppressed: int = 0
    """Findings that comments, configurations or the baseline leave out."""

    @classmethod
    def of(cls, findings: Iterable[Finding], checked: int, skipped: int) -> Summary:
        counts = dict.fromkeys(Severity, 0)
        fixable = likely = 0
        for finding in findings:
            counts[finding.severity] += 1
            if finding.edits:
                safe = all(edit.safe for edit in finding.edits)
                fixable += safe
                likely += not safe
        return cls(
            counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], checked, skipped, fixable, likely
        )

    def after(self, fixed: int, files: int) -> Summary:
        """The same after ``fixed`` findings in ``files`` files were mended."""
        return replace(self, fixed=fixed, fixed_files=files)

    def without(self, suppressed: int) -> Summary:
        """The same, with ``suppressed`` findings left out."""
        return replace(self, suppressed=suppressed)

    def sentence(self) -> Message:
        """The numbers as one sentence."""
        return Message(self._zh(), self._en())

    def _zh(self) -> str:
        parts = [("错误", self.errors), ("警告", self.warnings), ("提示", self.infos)]
        found = "，".join(f"{name} {count}" for name, count in parts if count) or "未发现问题"
        text = f"{found}；检查了 {self.checked} 个文件"
        if self.skipped:
            text += f"，另有 {self.skipped} 个文件没有适用的规则包，未检查"
        if self.suppressed:
            text += f"；按要求忽略 {self.suppressed} 处"
        if self.fixed:
            text = f"已修正 {self.fixed} 处（{self.fixed_files} 个文件）；其余：{text}"
        ways = [f"--fix 可修正 {self.fixable} 处"] if self.fixable else []
        if self.likely:
            ways.append(f"--fix --unsafe-fixes 可{'再' if ways else ''}修正 {self.likely} 处")
        return text + "。" + (f"{'，'.join(ways)}。" if ways else "")

    def _en(self) -> str:
        parts = [("error", self.errors), ("warning", self.warnings), ("info", self.infos)]
        found = ", ".join(_count(count, name) for name, count in parts if count) or "No problems"
        text = f"{found} in {_count(self.checked, 'file')}"
        if self.skipped:
            text += f"; {_count(self.skipped, 'file')} skipped, as no pack applies"
        if self.suppressed:
            text += f"; suppressed: {self.suppressed}"
        if self.fixed:
            text = f"Fixed {self.fixed} ({_count(self.fixed_files, 'file')}); left: {text}"
        ways = [f"{self.fixable} fixable with --fix"] if self.fixable else []
        if self.likely:
            ways.append(f"{self.likely} {'more' if ways else 'fixable'} with --fix --unsafe-fixes")
        return text + "." + (f" {', '.join(ways)}." if ways else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(slots=True)
class Context:
    """What an output format knows of a run besides its findings.

    ``lang`` is the language asked for, None where each finding speaks its file's (``langs``, by path) or its pack's;
    ``default_lang`` is that of texts that belong to no finding.  ``suppressed`` are findings that are not shown.
    ``rules`` gives the catalogue by code, made only when it is asked for.  ``width`` is in cells, ``ambiguous`` the
    cells of characters of ambiguous width; ``column_unit`` is what columns count in lines for editors.
    """

    version: str
    cwd: str
    summary: Summary
    lang: str | None = None
    default_lang: str = "en"
    langs: Mapping[str, str] = field(default_factory=dict)
    pack_langs: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    rules: Callable[[], Mapping[str, Rule]] = dict
    color: bool = False
    width: int = 100
    ambiguous: int = 1
    quiet: bool = False
    suppressed: Sequence[Suppressed] = ()
    column_unit: str = "characters"
    absolute: bool = False

    def language(self, finding: Finding) -> str:
        """The language that a finding speaks."""
        if self.lang is not None:
            return self.lang
        if finding.path in self.langs:
            return self.langs[finding.path]
        return self.pack_langs.get(finding.pack, self.default_lang) if finding.pack else self.default_lang

    def say(self, message: Message) -> str:
        """A text that belongs to no finding, in the language of the run."""
        return message.in_language(self.lang or self.default_lang)

    def path(self, path: str) -> str:
        """A path as shown: with ``/``, relative to the working folder where it lies inside it, unless ``absolute``."""
        if self.absolute and path != "-":
            whole = os.path.normpath(os.path.join(self.cwd, path))
            return whole if os.sep == "/" else whole.replace(os.sep, "/")
        return display_path(path, self.cwd)

    def line(self, path: str, number: int) -> str | None:
        """A line of a source, None if the source or the line is not there."""
        source = self.sources.get(path)
        if source is None or not 1 <= number <= len(source.lines):
            return None
        return source.lines[number - 1]


def display_path(path: str, cwd: str) -> str:
    """A path with ``/``, relative to ``cwd`` where it lies inside it, and without a leading ``./``."""
    if os.path.isabs(path):
        inside = path.startswith(cwd.rstrip(os.sep) + os.sep)
        path = path[len(cwd.rstrip(os.sep)) + 1 :] if inside else path
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    while path.startswith("./") and len(path) > 2:
        path = path[2:].lstrip("/") or "."
    return path
