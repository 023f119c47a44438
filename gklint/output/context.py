"""What an output format knows of a run besides its findings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gklint.documents.source import Source
from gklint.findings import Finding, Message, Rule, Severity


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of a run: findings by severity, files checked, files left out because no pack applies to them."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    checked: int = 0
    skipped: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding], checked: int, skipped: int) -> Summary:
        counts = dict.fromkeys(Severity, 0)
        for finding in findings:
            counts[finding.severity] += 1
        return cls(counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], checked, skipped)

    def sentence(self) -> Message:
        """The numbers as one sentence."""
        return Message(self._zh(), self._en())

    def _zh(self) -> str:
        parts = [("错误", self.errors), ("警告", self.warnings), ("提示", self.infos)]
        found = "，".join(f"{name} {count}" for name, count in parts if count) or "未发现问题"
        text = f"{found}；检查了 {self.checked} 个文件"
        if self.skipped:
            text += f"，另有 {self.skipped} 个文件没有适用的规则包，未检查"
        return text + "。"

    def _en(self) -> str:
        parts = [("error", self.errors), ("warning", self.warnings), ("info", self.infos)]
        found = ", ".join(_count(count, name) for name, count in parts if count) or "No problems"
        text = f"{found} in {_count(self.checked, 'file')}"
        if self.skipped:
            text += f"; {_count(self.skipped, 'file')} skipped, as no pack applies"
        return text + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(slots=True)
class Context:
    """What an output format knows of a run besides its findings.

    ``lang`` is the language asked for, None where each finding speaks its pack's; ``default_lang`` is that of texts
    that belong to no finding.  ``rules`` gives the catalogue by code, made only when it is asked for.  ``width`` is in
    cells, ``ambiguous`` the cells of characters of ambiguous width.
    """

    version: str
    cwd: str
    summary: Summary
    lang: str | None = None
    default_lang: str = "en"
    pack_langs: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    rules: Callable[[], Mapping[str, Rule]] = dict
    color: bool = False
    width: int = 100
    ambiguous: int = 1
    quiet: bool = False

    def language(self, finding: Finding) -> str:
        """The language that a finding speaks."""
        if self.lang is not None:
            return self.lang
        return self.pack_langs.get(finding.pack, self.default_lang) if finding.pack else self.default_lang

    def say(self, message: Message) -> str:
        """A text that belongs to no finding, in the language of the run."""
        return message.in_language(self.lang or self.default_lang)

    def path(self, path: str) -> str:
        """A path as shown: with ``/``, relative to the working folder where it lies inside it."""
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
