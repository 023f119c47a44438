"""From the paths that a user gives to the files to look at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gklint.documents import format_of
from gklint.errors import PathError

STDIN = "-"

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that are never walked, beside hidden ones (``.git``, ``.venv`` …)."""


_SHOWN = 20
"""Missing paths that are named."""


class Found(NamedTuple):
    """A file to look at: its path as given or as walked, and whether the user named it."""

    path: str
    named: bool


class Discovery(NamedTuple):
    """The files, in order of path within each path given, and the folders that could not be walked with the reason."""

    files: list[Found]
    unreadable: list[tuple[str, str]]


def discover(paths: Sequence[str]) -> Discovery:
    """The files that ``paths`` stand for: files as they are, folders walked, ``-`` for standard input.

    In folders only files are taken whose suffix a reader knows and that git would not ignore; hidden ones never.  Each
    file comes once, by whatever links and names it is reached, under the first name given or its own rather than a
    link's.  Raises `PathError`, which names them all, if any of the paths does not exist.
    """
    missing = [path for path in paths if path != STDIN and not os.path.exists(path)]
    if missing:
        raise PathError(_missing(missing))
    walk = _Walk()
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            walk.folder(path)
        else:
            walk.file(path)
    return Discovery(walk.files, walk.unreadable)


def _missing(paths: Sequence[str]) -> str:
    each = list(dict.fromkeys(paths))
    shown = ", ".join(repr(path) for path in each[:_SHOWN])
    if len(each) > _SHOWN:
        shown += f", … ({len(each)} in all)"
    broken = all(os.path.islink(path) for path in each)
    return f"{'dangling link' if broken else 'no such file or folder'}: {shown}"


class _Walk:
    """The state of one discovery: what was found and what has been seen."""

    def __init__(self) -> None:
        self.files: list[Found] = []
        self.unreadable: list[tuple[str, str]] = []
        self._seen_files: set[str] = set()
        self._seen_folders: set[str] = set()

    def file(self, path: str) -> None:
        """A file that the user named."""
        real = path if path == STDIN else os.path.realpath(path)
        if real in self._seen_files:
            # It may have been found in a folder named before; now it is a named one.
            self.files = [
                Found(found.path, True) if not found.named and os.path.realpath(found.path) == real else found
                for found in self.files
            ]
            return
        self._seen_files.add(real)
        self.files.append(Found(path, True))

    def folder(self, path: str) -> None:
        """A folder that the user named, and all below it."""
        from gklint.ignores import Ignores  # opens no file and imports nothing before it has to

        top = os.path.realpath(path)
        ignores = Ignores(top)
        found: list[str] = []
        links: list[tuple[str, str]] = []
        pending = [("" if path in (".", "./") else path, top)]
        # What is reached by links comes after everything that is not, so that a file goes by its own name.
        while pending or links:
            if not pending:
                links.sort(reverse=True)
                shown, real = links.pop()
                if os.path.isdir(real):
                    # A link to a folder that holds this one would lead out of what the user named.
                    if not _contains(real, top):
                        pending.append((shown, real))
                elif real not in self._seen_files and os.path.isfile(real):
                    self._seen_files.add(real)
                    found.append(shown)
                continue
            shown, real = pending.pop()
            if real in self._seen_folders:
                continue
            self._seen_folders.add(real)
            for entry in self._entries(shown, real):
                name = entry.name
                if name.startswith("."):
                    continue
                below = os.path.join(shown, name)
                link = entry.is_symlink()
                try:
                    is_folder = entry.is_dir()
                    if is_folder:
                        if name not in SKIPPED_FOLDERS and not ignores.ignored(real, name, folder=True):
                            target = os.path.join(real, name)
                            if link:
                                links.append((below, os.path.realpath(target)))
                            else:
                                pending.append((below, target))
                    elif format_of(name) is not None and not ignores.ignored(real, name, folder=False):
                        target = os.path.join(real, name)
                        if link:
                            links.append((below, os.path.realpath(target)))
                        elif target not in self._seen_files and entry.is_file():
                            self._seen_files.add(target)
                            found.append(below)
                except OSError as error:
                    # A link to itself is nothing that anybody could read.
                    if not link:
                        self.unreadable.append((below, error.strerror or str(error)))
        found.sort(key=lambda name: name.split(os.sep))
        self.files.extend(Found(name, False) for name in found)

    def _entries(self, shown: str, real: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(real) as entries:
                yield from sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.unreadable.append((shown or ".", error.strerror or str(error)))


def _contains(folder: str, other: str) -> bool:
    return other == folder or other.startswith(folder.rstrip(os.sep) + os.sep)
