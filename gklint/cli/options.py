"""Options that several commands have."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from gklint.packs.model import Pack


def add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rules",
        metavar="PATH",
        action="append",
        default=[],
        help="a pack of your own, or a folder of packs, besides those that come with gklint; may be repeated",
    )
    parser.add_argument("--no-builtin-rules", action="store_true", help="leave out the packs that come with gklint")


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lang",
        metavar="LANG",
        type=language,
        help="language of messages: zh or en (default: that of the pack that a finding comes from)",
    )


def add_color(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours; auto is on a terminal, and heeds NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE (default: auto)",
    )


def add_widths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ambiguous-width",
        metavar="CELLS",
        type=int,
        choices=(1, 2),
        default=1,
        help="cells that your terminal gives characters such as “ ” — … (default: 1)",
    )


def language(text: str) -> str:
    """``zh`` or ``en``, however it is written: ``zh-CN``, ``en_GB.UTF-8``."""
    short = text.replace("_", "-").split("-")[0].split(".")[0].lower()
    if short in ("zh", "en"):
        return short
    raise argparse.ArgumentTypeError(f"no messages in {text!r}: choose zh or en")


def use_color(when: str, stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Cells in a line of output: ``COLUMNS``, or the terminal's, or 100; at least 40."""
    try:
        columns = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns or 100
        except (OSError, ValueError, AttributeError):
            columns = 100
    return max(columns, 40)


def load(options: argparse.Namespace) -> list[Pack]:
    """The packs that the options ask for.  Raises `PackError`, `PathError`, and `UsageError` if there would be none."""
    from gklint.errors import UsageError
    from gklint.runner import load_rules

    if options.no_builtin_rules and not options.rules:
        raise UsageError("--no-builtin-rules leaves no pack to check by: name one with --rules")
    return load_rules(options.rules, builtin=not options.no_builtin_rules)


def run_language(lang: str | None, packs: list[Pack], applied: set[str]) -> str:
    """The language of texts that belong to no finding: the one asked for, or that of the packs that applied, or that
    of all packs; English where these are of several."""
    if lang is not None:
        return lang
    for group in ([pack for pack in packs if pack.id in applied], packs):
        languages = {pack.lang for pack in group}
        if len(languages) == 1:
            return languages.pop()
    return "en"
