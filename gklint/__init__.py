"""gklint: a linter for reports that follow a fixed form.

The names below are the interface for other programs; each is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gklint.documents.model import Span
    from gklint.findings import Finding, Severity
    from gklint.packs.loader import load_pack
    from gklint.runner import check_file, check_text

__all__ = ["Finding", "Severity", "Span", "__version__", "check_file", "check_text", "load_pack"]

_HOMES = {
    "Finding": "gklint.findings",
    "Severity": "gklint.findings",
    "Span": "gklint.documents.model",
    "check_file": "gklint.runner",
    "check_text": "gklint.runner",
    "load_pack": "gklint.packs.loader",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(home), name)
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
