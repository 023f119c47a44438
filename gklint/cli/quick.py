"""A quick reading of plain command lines, without argparse.

argparse takes longer to load and to fill than a small report takes to lint.  Here a command's ``configure`` declares
its arguments to a stand-in, which understands the plain case: options as they are declared, their values, paths.
Anything else - a mistake, ``--help``, ``--``, options between paths - is left to argparse, which knows what to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    import argparse


class _Argument(NamedTuple):
    name: str
    flag: bool = False
    many: bool = False
    convert: Callable[[str], Any] | None = None
    choices: Any = None


class _RefusedError(Exception):
    """Nothing for this module."""


class QuickParser:
    """Takes declarations as `argparse.ArgumentParser` does, and reads command lines that are plain."""

    def __init__(self) -> None:
        self.usage = self.description = self.epilog = None
        self._options: dict[str, _Argument] = {}
        self._rest: str | None = None
        self._defaults: dict[str, Any] = {}
        self._usable = True

    def add_argument_group(self, *_: object, **__: object) -> QuickParser:
        """Groups are for the help."""
        return self

    def add_argument(self, *names: str, **settings: Any) -> None:
        """Declare an argument; one of a kind that is not known here leaves every command line to argparse."""
        action = settings.get("action", "store")
        known = {"action", "choices", "default", "help", "metavar", "type"}
        if not names[0].startswith("-"):
            self._usable &= self._rest is None and settings.get("nargs") == "*" and settings.keys() <= known | {"nargs"}
            self._usable &= action == "store" and not settings.keys() & {"choices", "type"}
            self._rest = names[0]
            self._defaults[names[0]] = settings.get("default", [])
            return
        self._usable &= action in ("store", "store_true", "append") and settings.keys() <= known
        default = settings.get("default", False if action == "store_true" else None)
        self._usable &= not (isinstance(default, str) and "type" in settings)
        long = next((name for name in names if name.startswith("--")), names[0])
        name = long.lstrip("-").replace("-", "_")
        self._defaults[name] = default
        one = _Argument(name, action == "store_true", action == "append", settings.get("type"), settings.get("choices"))
        self._options.update(dict.fromkeys(names, one))

    def parse(self, words: Sequence[str]) -> argparse.Namespace | None:
        """What the words say, as argparse would have it; None if that is for argparse to find out."""
        if not self._usable:
            return None
        try:
            values = self._read(list(words))
        except _RefusedError:
            return None
        from types import SimpleNamespace

        return cast("argparse.Namespace", SimpleNamespace(**values))

    def _read(self, words: list[str]) -> dict[str, Any]:
        values = dict(self._defaults)
        rest: list[str] = []
        ended = False
        words.reverse()
        while words:
            word = words.pop()
            if not word.startswith("-") or word == "-":
                if ended:
                    raise _RefusedError
                rest.append(word)
                continue
            ended = bool(rest)
            name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
            option = self._options.get(name)
            if option is None:
                raise _RefusedError
            if option.flag:
                if equals:
                    raise _RefusedError
                values[option.name] = True
                continue
            if not equals:
                if not words or words[-1].startswith("-"):
                    raise _RefusedError
                value = words.pop()
            read = _convert(option, value)
            values[option.name] = [*(values[option.name] or []), read] if option.many else read
        if rest and self._rest is None:
            raise _RefusedError
        if rest and self._rest is not None:
            values[self._rest] = rest
        return values


def _convert(option: _Argument, value: str) -> Any:
    read: Any = value
    if option.convert is not None:
        try:
            read = option.convert(value)
        except Exception:
            # Whatever is wrong with it, argparse will find the same and has the words for it.
            raise _RefusedError from None
    if option.choices is not None and read not in option.choices:
        raise _RefusedError
    return read
