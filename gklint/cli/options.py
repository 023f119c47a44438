"""Options that several commands have."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import argparse

    from gklint.packs.model import Pack
    from gklint.policy import Policy

    Parser = argparse._ActionsContainer
    """A parser, or a group of its arguments."""

FAIL_ON = ("error", "warning", "info", "never")


def add_config(parser: Parser) -> None:
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration for all files (default: for each the nearest gklint.yaml, .gklint.yaml or "
        "pyproject.toml upward)",
    )
    parser.add_argument("--isolated", action="store_true", help="read no configuration")


def add_selection(parser: Parser) -> None:
    parser.add_argument(
        "--select",
        metavar="CODES",
        action="append",
        default=[],
        help="show only these: codes, beginnings of codes (GK3) or names, separated by commas",
    )
    parser.add_argument(
        "--ignore", metavar="CODES", action="append", default=[], help="leave these out, of what --select lets through"
    )
    parser.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        choices=FAIL_ON,
        help="end with status 1 from this severity on (default: error)",
    )


def add_rules(parser: Parser) -> None:
    parser.add_argument(
        "--rules",
        metavar="PATH",
        action="append",
        default=[],
        help="a pack of your own, or a folder of packs, besides ours; may be repeated",
    )
    parser.add_argument("--no-builtin-rules", action="store_true", help="leave out the packs that come with gklint")


def add_language(parser: Parser) -> None:
    parser.add_argument(
        "--lang",
        metavar="LANG",
        type=language,
        help="language of messages: zh or en (default: that of each finding's pack)",
    )


def add_text_or_json(parser: Parser) -> None:
    """``--output-format`` of the commands that print something else than findings."""
    parser.add_argument(
        "--output-format",
        metavar="FORMAT",
        choices=("text", "json"),
        default="text",
        help="text or json (default: text).",
    )


def add_color(parser: Parser) -> None:
    parser.add_argument(
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours; auto heeds NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE (default: auto)",
    )


def add_widths(parser: Parser) -> None:
    parser.add_argument(
        "--ambiguous-width",
        metavar="CELLS",
        type=int,
        choices=(1, 2),
        default=1,
        help="cells that your terminal gives to “ ” — … and the like (default: 1)",
    )


def language(text: str) -> str:
    """``zh`` or ``en``, however it is written: ``zh-CN``, ``en_GB.UTF-8``."""
    short = text.replace("_", "-").split("-")[0].split(".")[0].lower()
    if short in ("zh", "en"):
        return short
    import argparse

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


def policy(options: argparse.Namespace) -> Policy:
    """What the options say, with the configurations that they let count."""
    from gklint.config import Finder
    from gklint.policy import Policy
    from gklint.settings import Overrides

    given = vars(options)
    values = {
        key: given[name] for key, name in _SETTINGS.items() if given.get(name) is not None and given.get(name) != []
    }
    for key in ("select", "ignore"):
        if key in values:
            values[key] = [word.strip() for words in values[key] for word in words.split(",") if word.strip()]
    overrides = Overrides(values, options.rules, not options.no_builtin_rules)
    return Policy(Finder(options.config, isolated=options.isolated), overrides)


_SETTINGS = {"select": "select", "ignore": "ignore", "fail-on": "fail_on", "lang": "lang", "baseline": "baseline"}
"""The keys of a configuration with the options that take their place."""


def load(options: argparse.Namespace, path: str = "gklint.yaml") -> list[Pack]:
    """The packs that hold for a file or, without one, for the working folder.

    Raises `PackError`, `PathError`, `ConfigError`, and `UsageError` if there would be none.
    """
    return policy(options).packs(path)


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
