"""What git would ignore: ``.gitignore`` files, nested ones and those above, and ``.git/info/exclude``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"
_MAX_LENGTH = 1_000_000
"""Characters of such a file that are read."""


class Ignores:
    """Answers for the folders below ``top`` whether git would ignore an entry.

    Outside a repository only the ``.gitignore`` files below ``top`` count.  If ``top`` itself is ignored, the user who
    named it wants it all the same, and what is said above it does not count.
    """

    def __init__(self, top: str) -> None:
        self._top = top
        # The patterns that hold in a folder, the weakest first, each with the folder that they are relative to.
        self._patterns: dict[str, tuple[tuple[str, GitIgnoreSpec], ...]] = {}
        self._root = repository(top)
        if self._root is None:
            self._patterns[os.path.dirname(top)] = ()
            return
        exclude = _exclude_file(self._root)
        base = _read(exclude) if exclude else None
        above: tuple[tuple[str, GitIgnoreSpec], ...] = ((self._root, base),) if base is not None else ()
        if top != self._root:
            parts = os.path.relpath(os.path.dirname(top), self._root).split(os.sep)
            folder = self._root
            folders = [folder]
            for part in parts if parts != ["."] else []:
                folder = os.path.join(folder, part)
                folders.append(folder)
            for folder in folders:
                above = _with(above, folder)
            if _decide(above, top, folder=True) or any(_decide(above, folder, folder=True) for folder in folders[1:]):
                above = ()
        self._patterns[os.path.dirname(top)] = above

    def ignored(self, parent: str, name: str, *, folder: bool) -> bool:
        """Whether ``name`` in the folder ``parent`` (a real path) is ignored."""
        patterns = self._patterns.get(parent)
        if patterns is None:
            patterns = self._load(parent)
        return bool(patterns) and _decide(patterns, os.path.join(parent, name), folder=folder)

    def _load(self, folder: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
        up = os.path.dirname(folder)
        # In a folder reached by a link only its own file counts.
        patterns = _with(self._patterns.get(up, ()), folder)
        self._patterns[folder] = patterns
        return patterns


def _with(patterns: tuple[tuple[str, GitIgnoreSpec], ...], folder: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
    spec = _read(os.path.join(folder, _NAME))
    return patterns if spec is None else (*patterns, (folder, spec))


def _decide(patterns: tuple[tuple[str, GitIgnoreSpec], ...], path: str, *, folder: bool) -> bool:
    """The last pattern that says anything decides."""
    for base, spec in reversed(patterns):
        prefix = base.rstrip(os.sep) + os.sep
        if not path.startswith(prefix):
            continue
        inside = path[len(prefix) :]
        if os.sep != "/":
            inside = inside.replace(os.sep, "/")
        verdict = spec.check_file(inside + "/" if folder else inside).include
        if verdict is not None:
            return verdict
    return False


def _read(path: str) -> GitIgnoreSpec | None:
    """The patterns of a file; None if there is none, or none that can be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", opener=_opened) as file:
            lines = file.read(_MAX_LENGTH).lstrip("\ufeff").split("\n")
    except OSError:
        return None
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    from gklint.globs import path_patterns

    try:
        return path_patterns(lines)
    except ValueError:
        return path_patterns(line for line in lines if _is_pattern(line))


def _opened(path: str, flags: int) -> int:
    # As git, follow no link from a .gitignore, which may lead anywhere; and wait for no pipe.
    links = getattr(os, "O_NOFOLLOW", 0) if path.endswith(_NAME) else 0
    return os.open(path, flags | links | getattr(os, "O_NONBLOCK", 0))


def _is_pattern(line: str) -> bool:
    """Whether the line can be read as a pattern; git passes over one that it cannot read, and so do we."""
    from gklint.globs import path_patterns

    try:
        path_patterns([line])
    except ValueError:
        return False
    return True


def repository(folder: str) -> str | None:
    """The top folder of the repository that ``folder`` is in."""
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        up = os.path.dirname(folder)
        if up == folder:
            return None
        folder = up


def _exclude_file(root: str) -> str | None:
    """The repository's own list of patterns; a work tree or submodule has a file ``.git`` that says where it is."""
    git = os.path.join(root, ".git")
    if os.path.isfile(git):
        try:
            with open(git, encoding="utf-8") as file:
                word, _, target = file.readline().partition(":")
            if word != "gitdir":
                return None
            git = os.path.join(root, target.strip())
            common = os.path.join(git, "commondir")
            if os.path.isfile(common):
                with open(common, encoding="utf-8") as file:
                    git = os.path.join(git, file.readline().strip())
        except (OSError, ValueError):
            return None
    return os.path.join(git, "info", "exclude")
