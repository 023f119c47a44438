"""``docs/cli.md``: every command with its options, from the argument parsers.

Read from the parsers' actions and not from their help texts, which each Python version lays out in its own way.
"""

from __future__ import annotations

import argparse

from tools.docgen import GENERATED


def page(parser: argparse.ArgumentParser) -> str:
    """The page about ``parser`` and each of its commands."""
    lines = ["# Commands", "", GENERATED, ""]
    lines += _part(parser)
    for group in parser._actions:
        if isinstance(group, argparse._SubParsersAction):
            # An alias is a second key for the same parser.
            for command in dict.fromkeys(group.choices.values()):
                lines += [f"## {command.prog}", "", *_part(command)]
    return "\n".join(lines).rstrip() + "\n"


def _part(parser: argparse.ArgumentParser) -> list[str]:
    actions = [
        action
        for action in parser._actions
        if action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
    ]
    commands = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    positionals = [action for action in actions if not action.option_strings]
    options = [action for action in actions if action.option_strings]
    usage = [parser.prog, "[OPTION…]" if options else "", *(_operand(action) for action in positionals)]
    if commands:
        usage.append("COMMAND …")
    lines = ["```text", " ".join(word for word in usage if word), "```", ""]
    if parser.description:
        lines += [_expand(parser.description, parser), ""]
    if positionals or options:
        lines += ["| argument | meaning |", "| --- | --- |"]
        lines += [_row(_operand(action), action, parser) for action in positionals]
        lines += [_row(_flags(action), action, parser) for action in options]
        lines.append("")
    if commands:
        lines += ["| command | what it does |", "| --- | --- |"]
        for group in commands:
            lines += [f"| `{choice.dest}` | {choice.help or ''} |" for choice in group._choices_actions]
        lines.append("")
    if parser.epilog:
        lines += [_expand(parser.epilog, parser), ""]
    return lines


def _operand(action: argparse.Action) -> str:
    name = _metavar(action)
    return {"*": f"[{name}…]", "+": f"{name}…", "?": f"[{name}]"}.get(str(action.nargs), name)


def _metavar(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "{" + ",".join(str(choice) for choice in action.choices) + "}"
    return action.dest.upper()


def _flags(action: argparse.Action) -> str:
    flags = ", ".join(action.option_strings)
    return flags if action.nargs == 0 else f"{flags} {_metavar(action)}"


def _row(name: str, action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    words = _expand(action.help or "", parser, action)
    if action.choices is not None and isinstance(action.metavar, str):
        words = f"{words.rstrip('.')}. One of {', '.join(f'`{choice}`' for choice in action.choices)}."
    name, words = (text.replace("|", "\\|") for text in (name, " ".join(words.split())))
    return f"| `{name}` | {words} |"


def _expand(text: str, parser: argparse.ArgumentParser, action: argparse.Action | None = None) -> str:
    """A text with argparse's ``%(default)s`` and the like filled in."""
    values = dict(vars(action)) if action else {}
    if values.get("choices") is not None:
        values["choices"] = ", ".join(str(choice) for choice in values["choices"])
    return text % {**values, "prog": parser.prog}
