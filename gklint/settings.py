"""One configuration under the command line's options, with its packs: which files, which findings, how grave."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from gklint.codes import hint, matching, names_by_code
from gklint.config import Config
from gklint.errors import ConfigError, UsageError
from gklint.findings import Finding, Severity
from gklint.records import dataclass, field, replace

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from gklint.packs.model import Pack
    from gklint.packs.positions import Route

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(slots=True)
class Overrides:
    """What the command line says; ``values`` has the keys of a configuration that an option takes the place of.

    ``rules`` are packs besides those of the configuration, ``builtin`` says whether those that come with gklint count.
    """

    values: dict[str, Any] = field(default_factory=dict)
    rules: Sequence[str] = ()
    builtin: bool = True


class Value(NamedTuple):
    """A value in force and where it comes from: ``default``, ``command line``, or a file and its line."""

    value: Any
    origin: str
    line: int | None = None

    def __str__(self) -> str:
        return self.origin if self.line is None else f"{self.origin}:{self.line}"


@dataclass(slots=True)
class Entry:
    """One entry of ``per-file-ignores``: rules left out of the files of a pattern, in a part of a table or anywhere."""

    number: int
    pattern: str
    word: str
    codes: frozenset[str]
    place: Route
    table: str | None = None
    row: str | None = None
    column: str | None = None
    reason: str = ""

    @property
    def exact(self) -> bool:
        """Whether the pattern can only mean one file."""
        return not set("*?[!") & set(self.pattern) and not self.pattern.endswith("/")


class Settings:
    """What one configuration and the options say together.

    Nothing is loaded before it is asked for.  What a configuration names and nothing goes by is a `ConfigError`.
    """

    def __init__(self, config: Config, overrides: Overrides) -> None:
        self.config = config
        self._overrides = overrides
        self._per_file: dict[str, tuple[Entry, ...]] = {}

    def __getitem__(self, key: str) -> Value:
        if key in self._overrides.values:
            return Value(self._overrides.values[key], COMMAND_LINE)
        if key in self.config:
            return Value(self.config[key], self.config.path or "", self.config.line(key))
        return Value(self.config[key], DEFAULT)

    @cached_property
    def packs(self) -> list[Pack]:
        """The packs to choose from.  Raises `PackError`, `ConfigError`, `PathError`, `UsageError`."""
        from pathlib import Path

        from gklint.packs.cache import cached_load, default_cache_dir
        from gklint.packs.loader import builtin_dir, pack_files

        overrides, config = self._overrides, self.config
        paths: list[str] = []
        ids: dict[str, int] = {}
        for index, word in enumerate(config["packs"]):
            if _is_path(word, config.folder):
                path = config.resolve(word)
                if not os.path.exists(path):
                    raise ConfigError([config.error(("packs", index), f"no such pack file or folder: {word!r}")])
                # A branch may be anybody's: what it names is read only where it is the branch's own.
                if any(config.leads_out(str(file)) for file in pack_files([Path(path)])):
                    message = f"{word!r} leads out of the repository; name packs elsewhere with --rules"
                    raise ConfigError([config.error(("packs", index), message)])
                paths.append(path)
            else:
                ids[word] = index
        if not overrides.builtin:
            if not paths and not overrides.rules:
                raise UsageError("--no-builtin-rules leaves no pack to check by: name one with --rules")
            ids = {}
        folder = builtin_dir()
        packs = cached_load(
            [*([folder] if ids else []), *map(Path, paths), *map(Path, overrides.rules)], default_cache_dir()
        )
        own = [pack.id for pack in packs if Path(pack.path).parent == folder]
        for word, index in ids.items():
            if word not in own and word != "builtin":
                from gklint.packs.nearest import did_you_mean

                close = did_you_mean(word, [*own, "builtin"])
                message = f"no pack {word!r}: neither a path nor the id of one of ours{close}"
                raise ConfigError([config.error(("packs", index), message)])
        if not ids or "builtin" in ids:
            return packs
        return [pack for pack in packs if pack.id in ids or pack.id not in own]

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each code that the packs and the checks know."""
        return names_by_code(self.packs)

    @cached_property
    def _selected(self) -> set[str] | None:
        return self._codes("select") if self["select"].origin != DEFAULT else None

    @cached_property
    def _ignored(self) -> set[str]:
        return self._codes("ignore")

    def _codes(self, key: str) -> set[str]:
        """The codes that the words of a key stand for."""
        value, origin, _ = self[key]
        codes: set[str] = set()
        for index, word in enumerate(value):
            meant = matching(word, self.names)
            if not meant:
                if origin == COMMAND_LINE:
                    raise UsageError(f"--{key}: no rule {word!r}{hint(word, self.names)}")
                raise ConfigError([self.config.error((key, index), f"no rule {word!r}{hint(word, self.names)}")])
            codes |= meant
        return codes

    @cached_property
    def severities(self) -> dict[str, Severity | None]:
        """The severity that is set for codes; None for one that is turned off."""
        set_for: dict[str, tuple[int, Severity | None]] = {}
        for word, level in self["severity"].value.items():
            meant = matching(word, self.names)
            if not meant:
                message = f"no rule {word!r}{hint(word, self.names)}"
                raise ConfigError([self.config.error(("severity", word), message, key=True)])
            weight = len(word) if word[:2].upper() == "GK" else 5
            for code in meant:
                if code not in set_for or set_for[code][0] <= weight:
                    set_for[code] = (weight, None if level == "off" else Severity[level.upper()])
        return {code: severity for code, (_, severity) in set_for.items()}

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries of ``per-file-ignores``."""
        entries: list[Entry] = []
        for pattern, listed in self["per-file-ignores"].value.items():
            for index, item in enumerate(listed):
                place: Route = ("per-file-ignores", pattern, index)
                item = {"code": item} if isinstance(item, str) else item
                codes = matching(item["code"], self.names)
                if not codes:
                    message = f"no rule {item['code']!r}{hint(item['code'], self.names)}"
                    raise ConfigError([self.config.error((*place, "code"), message)])
                table, row, column = item.get("table"), item.get("row"), item.get("column")
                if table is not None:
                    self._check_cell(place, table, row, column)
                entries.append(
                    Entry(
                        len(entries),
                        pattern,
                        item["code"],
                        frozenset(codes),
                        place,
                        table,
                        row,
                        column,
                        item.get("reason", ""),
                    )
                )
        return entries

    def _check_cell(self, place: Route, table: str, row: str | None, column: str | None) -> None:
        specs = [spec for pack in self.packs for spec in pack.tables]
        ids = list(dict.fromkeys(spec.id for spec in specs))
        if table not in ids:
            message = f"no pack has a table {table!r}{_nearest(table, ids)}"
            raise ConfigError([self.config.error((*place, "table"), message)])
        for key, word, trees in (
            ("row", row, [spec.rows for spec in specs if spec.id == table]),
            ("column", column, [spec.columns for spec in specs if spec.id == table]),
        ):
            nodes = [node for tree in trees for top in tree for node in top.walk()]
            if word is not None and not any(word in (node.path, node.label.text) for node in nodes):
                known = list(dict.fromkeys(node.path for node in nodes))
                message = f"the table {table!r} has no {key} {word!r}{_nearest(word, known)}"
                raise ConfigError([self.config.error((*place, key), message)])

    def prepare(self) -> None:
        """Load the packs and look at everything that the configuration names, so that a mistake is told at once."""
        _ = self.packs, self._selected, self._ignored, self.severities, self.entries, self._include, self._exclude
        for entry in self.entries:
            self._pattern(entry.pattern)

    # Which files.

    @cached_property
    def _include(self) -> GitIgnoreSpec | None:
        return self._patterns("include")

    @cached_property
    def _exclude(self) -> GitIgnoreSpec | None:
        return self._patterns("exclude")

    def left_out(self, path: str) -> str | None:
        """Why a file is not to be checked: ``include (gklint.yaml:3)``; None if it is."""
        if self._exclude is None and self._include is None:
            return None
        inside = self._inside(path)
        if self._exclude is not None and self._exclude.match_file(inside):
            return f"exclude ({self['exclude']})"
        if self._include is not None and not self._include.match_file(inside):
            return f"include ({self['include']})"
        return None

    def entries_for(self, path: str) -> tuple[Entry, ...]:
        """The entries of ``per-file-ignores`` that hold for a file."""
        if not self["per-file-ignores"].value:
            return ()
        known = self._per_file.get(path)
        if known is None:
            inside = self._inside(path)
            fits = {pattern: self._fits(pattern, inside) for pattern in self["per-file-ignores"].value}
            known = self._per_file[path] = tuple(entry for entry in self.entries if fits[entry.pattern])
        return known

    def _fits(self, pattern: str, inside: str) -> bool:
        return self._pattern(pattern).match_file(inside) is not pattern.startswith("!")

    def _pattern(self, pattern: str) -> GitIgnoreSpec:
        specs: dict[str, GitIgnoreSpec] = self.__dict__.setdefault("_specs", {})
        if pattern not in specs:
            specs[pattern] = self._compiled([pattern.removeprefix("!")], lambda _: ("per-file-ignores", pattern))
        return specs[pattern]

    def _patterns(self, key: str) -> GitIgnoreSpec | None:
        patterns: list[str] = self[key].value
        return self._compiled(patterns, lambda index: (key, index)) if patterns else None

    def _compiled(self, patterns: Sequence[str], place: Any) -> GitIgnoreSpec:
        from gklint.globs import path_patterns

        for index, pattern in enumerate(patterns):
            try:
                spec = path_patterns([pattern])
            except ValueError:
                spec = None
            if spec is None or all(part.include is None for part in spec.patterns):
                message = f"{pattern!r} is no pattern of paths"
                raise ConfigError([self.config.error(place(index), message, key=isinstance(place(index)[-1], str))])
        return path_patterns(patterns)

    def _inside(self, path: str) -> str:
        """A path from the configuration's folder; of a file elsewhere, only its names can fit a pattern."""
        absolute = os.path.abspath(path)
        folder = self.config.folder.rstrip(os.sep) + os.sep
        inside = absolute[len(folder) :] if absolute.startswith(folder) else absolute.lstrip(os.sep)
        return inside.replace(os.sep, "/") if os.sep != "/" else inside

    # Which findings.

    def shows(self, code: str) -> bool:
        """Whether findings of a code are shown at all."""
        if code in self._ignored or (self._selected is not None and code not in self._selected):
            return False
        return self.severities.get(code, Severity.ERROR) is not None

    def graded(self, finding: Finding) -> Finding:
        """The finding with the severity that is set for it."""
        severity = self.severities.get(finding.code)
        return finding if severity is None or severity is finding.severity else replace(finding, severity=severity)


def _is_path(word: str, folder: str) -> bool:
    return "/" in word or "\\" in word or word.endswith((".yaml", ".yml")) or os.path.exists(os.path.join(folder, word))


def _nearest(word: str, known: Sequence[str]) -> str:
    from gklint.packs.nearest import did_you_mean, listing

    return did_you_mean(word, known) or f"; known are {listing(known)}"
