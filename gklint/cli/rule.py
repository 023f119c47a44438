"""``gklint rule``: explain a rule, or list them all."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from gklint.cli import options as common
from gklint.errors import Exit, UsageError
from gklint.findings import Message

if TYPE_CHECKING:
    from gklint.findings import Rule

_FIXABLE = {
    "no": Message("无", "no"),
    "safe": Message("有", "yes"),
    "unsafe": Message("有，结果须人工核对", "yes, to be looked over"),
    "both": Message("有，部分结果须人工核对", "yes, some to be looked over"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = "Explain a rule, or list all rules: those of the checks and the identities of the packs."
    parser.add_argument(
        "rule", metavar="RULE", nargs="?", help="a code or a name; without one, all are listed, one a line"
    )
    common.add_text_or_json(parser)
    common.add_language(parser)
    common.add_config(parser)
    common.add_rules(parser)
    common.add_color(parser)
    common.add_widths(parser)


def run(options: argparse.Namespace) -> int:
    """Print one rule or the list."""
    from gklint.cli.rules import all_rules, hint, matching

    packs = common.load(options)
    rules = all_rules(packs)
    lang = common.run_language(options.lang, packs, set())
    if options.rule is not None:
        names = {code: rule.name for code, rule in rules.items()}
        chosen = [rules[code] for code in sorted(matching(options.rule, names))]
        if not chosen:
            raise UsageError(f"no rule {options.rule!r}{hint(options.rule, names)}")
    else:
        chosen = list(rules.values())
    if options.output_format == "json":
        _print_json(chosen, lang)
    elif len(chosen) == 1 and options.rule is not None:
        _print_one(chosen[0], lang, common.use_color(options.color, sys.stdout))
    else:
        _print_list(chosen, lang, options)
    return Exit.CLEAN


def _print_json(rules: list[Rule], lang: str) -> None:
    import json

    def texts(key: str, message: Message | None) -> dict[str, Any]:
        if message is None:
            return {key: None}
        return {key: message.in_language(lang), f"{key}_texts": {"zh": message.zh, "en": message.en}}

    listed = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.label,
            "fixable": rule.fixable,
            **texts("summary", rule.summary),
            **texts("explanation", rule.explanation),
            **texts("example", rule.example),
        }
        for rule in rules
    ]
    sys.stdout.write(json.dumps({"version": 1, "rules": listed}, ensure_ascii=False, indent=2) + "\n")


def _print_one(rule: Rule, lang: str, color: bool) -> None:
    from gklint.output.full import SEVERITIES
    from gklint.output.style import Style

    style = Style(color)

    def say(zh: str, en: str) -> str:
        return Message(zh, en).in_language(lang)

    severity = style.severity(SEVERITIES[rule.severity].in_language(lang), rule.severity)
    lines = [
        f"{style.bold(f'{rule.code} {rule.name}')}  {rule.summary.in_language(lang)}",
        "",
        f"{say('级别：', 'Severity: ')}{severity}",
        f"{say('附有修改：', 'Carries an edit that mends it: ')}{_FIXABLE[rule.fixable].in_language(lang)}",
        "",
        *_wrapped(rule.explanation.in_language(lang)),
    ]
    if rule.example is not None:
        lines += ["", say("示例：", "Example:"), ""]
        lines += [f"    {line}".rstrip() for line in rule.example.in_language(lang).rstrip("\n").split("\n")]
    sys.stdout.write("\n".join(lines) + "\n")


def _wrapped(text: str) -> list[str]:
    """Paragraphs filled to at most 100 cells, breaking at spaces and between Chinese characters."""
    from gklint.output.cells import cells

    width = min(common.terminal_width(), 100)
    lines: list[str] = []
    for paragraph in text.rstrip("\n").split("\n"):
        if paragraph.startswith(" ") or cells(paragraph) <= width:
            lines.append(paragraph)
            continue
        line = ""
        for piece in _pieces(paragraph):
            if line and cells(line + piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """The text cut where a line may be broken: after a space, and at either side of a wide character that is no
    punctuation that must not begin a line."""
    from gklint.output.cells import char_cells

    pieces: list[str] = []
    start = 0
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        wide = char_cells(before) == 2 or char_cells(after) == 2
        if (before == " " and after != " ") or (
            wide and after not in "，。；：、！？）》】”’ " and before not in "（《【“‘"
        ):
            pieces.append(text[start:index])
            start = index
    pieces.append(text[start:])
    return pieces


def _print_list(rules: list[Rule], lang: str, options: argparse.Namespace) -> None:
    from gklint.output.cells import cells, pad
    from gklint.output.full import SEVERITIES
    from gklint.output.style import Style

    style = Style(common.use_color(options.color, sys.stdout))
    wide = options.ambiguous_width
    names = max((len(rule.name) for rule in rules), default=0)
    levels = {severity: text.in_language(lang) for severity, text in SEVERITIES.items()}
    level = max(cells(text, wide) for text in levels.values())
    for rule in rules:
        word = style.severity(pad(levels[rule.severity], level, wide), rule.severity)
        summary = " ".join(rule.summary.in_language(lang).split())
        sys.stdout.write(f"{style.bold(rule.code)}  {rule.name.ljust(names)}  {word}  {summary}\n")
