"""What a configuration says, each value with its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from gklint.errors import GklintError
from gklint.records import dataclass, field

if TYPE_CHECKING:
    from gklint.packs.positions import Located, Route

DEFAULTS: dict[str, Any] = {
    "packs": ["builtin"],
    "select": ["GK"],
    "ignore": [],
    "per-file-ignores": {},
    "severity": {},
    "fail-on": "error",
    "lang": None,
    "include": [],
    "exclude": [],
    "output-format": None,
    "baseline": None,
}
"""Each key with what holds where a configuration does not say otherwise."""

KEYS = tuple(DEFAULTS)


@dataclass(slots=True)
class Config:
    """One configuration file, or none: then ``path`` is None and every value the default.

    ``path`` is as the user would write it, ``folder`` the absolute path that its patterns and paths start from.
    """

    folder: str
    path: str | None = None
    located: Located | None = None
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.data.get(key, DEFAULTS[key])

    def __contains__(self, key: object) -> bool:
        return key in self.data

    def place(self, *route: str | int) -> tuple[int, int]:
        """Line and column of a value or, where only that is known, of what is around it."""
        if self.located is None:
            return 1, 1
        found = self.located.values.get(route) or self.located.keys.get(route)
        if found is None:
            return self.place(*route[:-1]) if route else (1, 1)
        return found.line, found.column

    def line(self, key: str) -> int | None:
        """The line of a key."""
        place = self.located.keys.get((key,)) if self.located is not None else None
        return place.line if place is not None else None

    def error(self, route: Route, message: str, *, key: bool = False) -> GklintError:
        """An error at the value at ``route``, or at the key that it ends in."""
        if self.located is None:
            return GklintError(message, self.path)
        return self.located.key_error(route, message) if key else self.located.error(route, message)

    def leads_out(self, path: str) -> bool:
        """Whether a path, links followed, leads out of the repository that the file is in.

        Where there is no repository, nothing does: the file is then nobody else's.
        """
        from gklint.ignores import repository

        top = repository(self.folder)
        if top is None:
            return False
        inside = os.path.realpath(top).rstrip(os.sep) + os.sep
        return not os.path.realpath(path).startswith(inside)

    def resolve(self, path: str) -> str:
        """A path of the file as one that can be opened: relative to the working folder where it lies inside it."""
        absolute = os.path.normpath(os.path.join(self.folder, path))
        inside = os.getcwd().rstrip(os.sep) + os.sep
        return absolute.removeprefix(inside) if absolute.startswith(inside) else absolute
