"""The errors that a user can meet, each with the exit code that it ends a run with."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command says to its caller."""

    CLEAN = 0
    """Nothing at or above ``--fail-on``."""
    FINDINGS = 1
    """At least one finding at or above ``--fail-on``."""
    USAGE = 2
    """Usage, configuration, a pack that does not load, a path that does not exist."""
    FAILURE = 3
    """A failure of gklint itself."""


class GklintError(Exception):
    """An error with one clear message for the user.

    ``path``, ``line`` and ``column`` (1-based, code points) say where, as far as that is known.
    """

    exit_code = Exit.USAGE

    def __init__(
        self, message: str, path: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


class UsageError(GklintError):
    """The command was called in a way that it does not understand."""


class PathError(GklintError):
    """A path given by the user that does not exist or cannot be walked."""


class PackError(GklintError):
    """A pack that cannot be loaded.  ``problems`` holds every mistake found, the first of them being the message."""

    def __init__(self, problems: list[GklintError]) -> None:
        first = problems[0]
        super().__init__(first.message, first.path, first.line, first.column)
        self.problems = problems


class ConfigError(GklintError):
    """A configuration with mistakes.  ``problems`` holds them all, the first being the message."""

    def __init__(self, problems: list[GklintError]) -> None:
        first = problems[0]
        super().__init__(first.message, first.path, first.line, first.column)
        self.problems = problems


class SourceError(GklintError):
    """A file that cannot be read or decoded: a finding on that file, never the end of the run.

    ``zh`` is the message in Chinese, as a finding speaks both languages.
    """

    def __init__(
        self,
        message: str,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        *,
        zh: str | None = None,
    ) -> None:
        super().__init__(message, path, line, column)
        self.zh = message if zh is None else zh


class WriteError(GklintError):
    """A file that cannot be written or must not be: the others are fixed all the same, and the run ends with 2."""
