"""Colours, or none."""

from __future__ import annotations

from gklint.findings import Severity

_SEVERITIES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


class Style:
    """Wraps text in terminal colours if ``color`` is true; the text must be free of control characters already."""

    __slots__ = ("color",)

    def __init__(self, color: bool) -> None:
        self.color = color

    def _wrap(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def severity(self, text: str, severity: Severity) -> str:
        return self._wrap(text, _SEVERITIES[severity])

    def bold(self, text: str) -> str:
        return self._wrap(text, "1")

    def faint(self, text: str) -> str:
        return self._wrap(text, "2")

    def good(self, text: str) -> str:
        return self._wrap(text, "1;32")
