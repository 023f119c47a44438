"""``gklint test``: run the examples that packs carry."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from gklint.cli import options as common
from gklint.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gklint.findings import Finding
    from gklint.packs.model import Example, Expected, Pack


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Run the examples that packs carry: each is linted by its pack alone, and must give exactly the findings that "
        "it states. Ends with 1 if one does not."
    )
    parser.add_argument(
        "packs",
        metavar="PACK",
        nargs="*",
        help="a pack file, a folder of packs, or the id of a pack that comes with gklint (default: all of those)",
    )
    common.add_color(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="print failures only")


def run(options: argparse.Namespace) -> int:
    """Run the examples and print what is not as stated."""
    from gklint.output.cells import plain
    from gklint.output.style import Style

    style = Style(common.use_color(options.color, sys.stdout))
    packs = _chosen(options.packs)
    failed = examples = 0
    for pack in packs:
        bad = 0
        for example in pack.examples:
            lines = failures(pack, example)
            if lines:
                bad += 1
                place = style.bold(f"{plain(pack.path)}:{example.line}:")
                sys.stdout.write(f"{place} example {plain(example.name)!r} is not as stated\n")
                sys.stdout.write("".join(f"  {plain(line)}\n" for line in lines))
        failed += bad
        examples += len(pack.examples)
        if not options.quiet:
            sys.stdout.write(f"{pack.id}: {_verdict(len(pack.examples), bad)}\n")
    if not options.quiet and len(packs) > 1:
        total = f"{examples} examples of {len(packs)} packs, {failed} not as stated"
        sys.stdout.write((style.bold(total) if failed else style.good(total)) + "\n")
    return Exit.FINDINGS if failed else Exit.CLEAN


def _verdict(examples: int, bad: int) -> str:
    if not examples:
        return "has no examples"
    counted = f"{examples} example{'s' if examples > 1 else ''}"
    return f"{counted}, {bad} not as stated" if bad else f"{counted}, as stated"


def _chosen(words: Sequence[str]) -> list[Pack]:
    """The packs that the words name: files and folders as they are, anything else the id of a pack of our own."""
    from pathlib import Path

    from gklint.packs.loader import builtin_packs, load_packs

    if not words:
        return builtin_packs()
    paths = [Path(word) for word in words if _is_path(word)]
    ids = [word for word in words if not _is_path(word)]
    packs = load_packs(paths) if paths else []
    if ids:
        own = {pack.id: pack for pack in builtin_packs()}
        for name in ids:
            if name not in own:
                from gklint.packs.nearest import did_you_mean

                raise UsageError(f"no pack {name!r}: neither a file nor the id of one of ours{did_you_mean(name, own)}")
            packs.append(own[name])
    return packs


def _is_path(word: str) -> bool:
    from pathlib import Path

    return "/" in word or "\\" in word or word.endswith((".yaml", ".yml")) or Path(word).exists()


def failures(pack: Pack, example: Example) -> list[str]:
    """What is not as the example states, a line each; empty if all is."""
    from gklint.documents.source import Source
    from gklint.linter import lint_source

    source = Source.from_text(example.document, example.name)
    result = lint_source(source, [pack], example.format)
    lines: list[str] = []
    if result.report is None:
        lines.append("the pack does not apply to the document")
    left = list(result.findings)
    # The most exact statements choose first, so that a loose one does not take the finding of another.
    for expected in sorted(example.findings, key=_exactness, reverse=True):
        found = next((finding for finding in left if _fits(expected, finding)), None)
        if found is None:
            lines.append(f"expected {_stated(expected)}")
        else:
            left.remove(found)
    lines += [f"found    {_described(finding, pack)}" for finding in left]
    if lines and len(example.findings) != len(result.findings):
        lines.append(f"in all {len(example.findings)} expected, {len(result.findings)} found")
    return lines


def _exactness(expected: Expected) -> int:
    return sum(value is not None for value in (expected.column, expected.message, expected.severity))


def _fits(expected: Expected, finding: Finding) -> bool:
    return (
        expected.code == finding.code
        and expected.line == finding.span.line
        and expected.column in (None, finding.span.column)
        and expected.severity in (None, finding.severity)
        and (expected.message is None or expected.message in finding.message)
    )


def _stated(expected: Expected) -> str:
    place = f"line {expected.line}" + (f", column {expected.column}" if expected.column is not None else "")
    severity = f"{expected.severity.label} " if expected.severity is not None else ""
    return f"{place}: {severity}{expected.code}" + (f" {expected.message}" if expected.message is not None else "")


def _described(finding: Finding, pack: Pack) -> str:
    place = f"line {finding.span.line}, column {finding.span.column}"
    return f"{place}: {finding.severity.label} {finding.code} {finding.message.in_language(pack.lang)}"
