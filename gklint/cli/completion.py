"""``gklint completion``: the completion script of a shell, made from the argument parsers."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from gklint.errors import Exit

_FILES = frozenset({"FILE", "PATH", "PACK", "FOLDER"})
"""The names of values that are paths."""


class _Option(NamedTuple):
    flags: list[str]
    help: str
    takes: str | None
    """The name of its value, None if it takes none."""
    choices: list[str]


class _Command(NamedTuple):
    name: str
    help: str
    options: list[_Option]
    operands: list[str]
    choices: list[str]
    """What its operands can be, as far as that is a fixed list."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        'Print the completion script of a shell. bash: eval "$(gklint completion bash)" in ~/.bashrc; '
        "zsh: gklint completion zsh > a folder of $fpath, as _gklint; "
        "fish: gklint completion fish > ~/.config/fish/completions/gklint.fish."
    )
    parser.add_argument("shell", metavar="SHELL", choices=tuple(_SCRIPTS), help="the shell")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from gklint.cli.main import build_parser

    commands = list(_commands(build_parser()))
    sys.stdout.write("\n".join(_SCRIPTS[options.shell](commands)) + "\n")
    return Exit.CLEAN


def _commands(parser: argparse.ArgumentParser) -> Iterator[_Command]:
    """What the command takes without a sub-command (its name empty), then each sub-command."""
    yield _command("", "", parser)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            words = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                yield _command(name, words.get(name, ""), command)


def _command(name: str, words: str, parser: argparse.ArgumentParser) -> _Command:
    options: list[_Option] = []
    operands: list[str] = []
    choices: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        listed = [str(choice) for choice in action.choices or ()]
        if action.option_strings:
            takes = None if action.nargs == 0 else str(action.metavar or action.dest.upper())
            options.append(_Option(list(action.option_strings), _short(action.help or ""), takes, listed))
        else:
            operands.append(str(action.metavar or action.dest.upper()))
            choices += listed
    return _Command(name, _short(words), options, operands, choices)


def _short(text: str) -> str:
    """A help text's first clause, in letters that no shell gives a meaning to."""
    text = re.split(r"[;(]|: |\. ", text)[0]
    return re.sub(r"[^\w ,./+-]", "", " ".join(text.split())).rstrip(" ,.")


def _bash(commands: list[_Command]) -> Iterator[str]:
    top, *rest = commands
    names = " ".join(command.name for command in rest)
    yield "# bash completion for gklint, printed by: gklint completion bash"
    yield "_gklint() {"
    yield '    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command="" word'
    yield '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f"        case $word in {'|'.join(command.name for command in rest)}) command=$word; break ;; esac"
    yield "    done"
    yield "    COMPREPLY=()"
    yield '    case "$command:$before" in'
    for command in commands:
        for option in command.options:
            if option.takes is None:
                continue
            cases = "|".join(f'"{command.name}:{flag}"' for flag in option.flags)
            if option.choices:
                yield f"        {cases}) {_words_of(option.choices)}; return ;;"
            elif option.takes in _FILES:
                yield f"        {cases}) {_PATHS}; return ;;"
            else:
                yield f"        {cases}) return ;;"
    yield "    esac"
    yield "    case $command in"
    for command in rest:
        flags = [flag for option in command.options for flag in option.flags]
        yield f"        {command.name})"
        yield f"            if [[ $current == -* ]]; then {_words_of(flags)}"
        if command.choices:
            yield f"            else {_words_of(command.choices)}; fi ;;"
        elif _FILES & set(command.operands):
            yield f"            else {_PATHS}; fi ;;"
        else:
            yield "            fi ;;"
    flags = [flag for option in top.options for flag in option.flags]
    yield f"        *) if [[ $current == -* ]]; then {_words_of(flags)}; else {_words_of(names.split())}; fi ;;"
    yield "    esac"
    yield "}"
    yield "complete -o bashdefault -o default -F _gklint gklint"


_PATHS = "COMPREPLY=()"
"""Where nothing is offered, bash completes paths by itself (``-o default``), names with spaces and all."""


def _words_of(words: list[str]) -> str:
    # None of our words has a space in it, and bash 3, which macOS comes with, has no mapfile.
    return f'COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$current"))'


def _zsh(commands: list[_Command]) -> Iterator[str]:
    top, *rest = commands
    yield "#compdef gklint"
    yield "# zsh completion for gklint, printed by: gklint completion zsh"
    yield "_gklint() {"
    yield "    local -a commands"
    yield "    commands=("
    yield from (f"        '{command.name}:{command.help}'" for command in rest)
    yield "    )"
    yield "    local context state state_descr line"
    yield "    typeset -A opt_args"
    yield "    _arguments -C \\"
    yield from (f"        {_zsh_option(option)} \\" for option in top.options)
    yield "        '1:command:->command' '*::argument:->argument'"
    yield "    case $state in"
    yield "        command) _describe command commands ;;"
    yield "        argument)"
    yield "            case $line[1] in"
    for command in rest:
        yield f"                {command.name}) _arguments \\"
        yield from (f"                    {_zsh_option(option)} \\" for option in command.options)
        if command.choices:
            yield f"                    '1:{command.operands[0]}:({' '.join(command.choices)})' ;;"
        elif _FILES & set(command.operands):
            yield "                    '*:file:_files' ;;"
        else:
            yield "                    && return ;;"
    yield "            esac ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] == _gklint ]]; then _gklint "$@"; else compdef _gklint gklint; fi'


def _zsh_option(option: _Option) -> str:
    value = ""
    if option.takes is not None:
        action = f"({' '.join(option.choices)})" if option.choices else "_files" if option.takes in _FILES else " "
        value = f":{option.takes}:{action}"
    if len(option.flags) == 1:
        return f"'*{option.flags[0]}[{option.help}]{value}'"
    return "{" + ",".join(option.flags) + "}" + f"'[{option.help}]{value}'"


def _fish(commands: list[_Command]) -> Iterator[str]:
    top, *rest = commands
    names = " ".join(command.name for command in rest)
    yield "# fish completion for gklint, printed by: gklint completion fish"
    yield "complete -c gklint -f"
    none = f"not __fish_seen_subcommand_from {names}"
    for option in top.options:
        yield _fish_option(option, none)
    for command in rest:
        yield f"complete -c gklint -n '{none}' -a {command.name} -d '{command.help}'"
    for command in rest:
        seen = f"__fish_seen_subcommand_from {command.name}"
        if command.choices:
            yield f"complete -c gklint -n '{seen}' -a '{' '.join(command.choices)}'"
        elif _FILES & set(command.operands):
            yield f"complete -c gklint -n '{seen}' -F"
        for option in command.options:
            yield _fish_option(option, seen)


def _fish_option(option: _Option, condition: str) -> str:
    words = [f"complete -c gklint -n '{condition}'"]
    words += [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags]
    if option.choices:
        words.append(f"-x -a '{' '.join(option.choices)}'")
    elif option.takes in _FILES:
        words.append("-r -F")
    elif option.takes is not None:
        words.append("-x")
    return " ".join([*words, f"-d '{option.help}'"])


_SCRIPTS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
"""Each shell with the function that yields the lines of its script."""
