"""Which configuration holds for a file: the nearest, upward from its folder."""

from __future__ import annotations

import os

from gklint.config.model import Config
from gklint.errors import PathError, UsageError

NAMES = ("gklint.yaml", ".gklint.yaml")
PYPROJECT = "pyproject.toml"
_NEAR_MISSES = ("gklint.yml", ".gklint.yml")


class Finder:
    """Finds configurations and keeps them, so that each folder is looked into once and each file read once.

    With ``only``, that file holds everywhere; with ``isolated``, none does.
    """

    def __init__(self, only: str | None = None, *, isolated: bool = False) -> None:
        if only is not None and isolated:
            raise UsageError("--config names a configuration and --isolated wants none: give one of them")
        self._isolated = isolated
        self._cwd = os.getcwd()
        self._none = Config(self._cwd)
        self._folders: dict[str, Config] = {}
        self._only: Config | None = None
        if only is not None:
            if not os.path.exists(only):
                raise PathError("no such configuration", only)
            self._only = self._read(os.path.abspath(only))

    def for_file(self, path: str) -> Config:
        """The configuration for a file.  Raises `ConfigError` for one with mistakes."""
        return self.for_folder(os.path.dirname(os.path.abspath(path)))

    def for_folder(self, folder: str) -> Config:
        """The configuration for the files in a folder, an absolute path."""
        if self._isolated:
            return self._none
        if self._only is not None:
            return self._only
        passed: list[str] = []
        found: Config | None = None
        while found is None:
            found = self._folders.get(folder)
            if found is None:
                passed.append(folder)
                found = self._in(folder)
            up = os.path.dirname(folder)
            if found is None and (up == folder or os.path.exists(os.path.join(folder, ".git"))):
                found = self._none
            folder = up
        for below in passed:
            self._folders[below] = found
        return found

    def _in(self, folder: str) -> Config | None:
        present = [name for name in NAMES if os.path.exists(os.path.join(folder, name))]
        for name in _NEAR_MISSES:
            if os.path.exists(path := os.path.join(folder, name)):
                raise UsageError(f"this name is not read; call it {name[:-4]}.yaml", self._shown(path))
        config: Config | None = None
        if os.path.exists(path := os.path.join(folder, PYPROJECT)):
            self._refuse_way_out(path)
            from gklint.config.read import read_pyproject

            config = read_pyproject(path, self._shown(path), folder)
            if config is not None:
                present.append(f"{PYPROJECT} [tool.gklint]")
        if len(present) > 1:
            raise UsageError(
                f"two configurations in one folder: {' and '.join(present)}; keep one of them", self._shown(folder)
            )
        if config is not None or not present:
            return config
        path = os.path.join(folder, present[0])
        self._refuse_way_out(path)
        return self._read(path)

    def _refuse_way_out(self, path: str) -> None:
        """Raise `UsageError` for a link that leads out of the repository: what is there is not the branch's to read."""
        if os.path.islink(path) and Config(os.path.dirname(path)).leads_out(path):
            message = "this link leads out of the repository; name a configuration elsewhere with --config"
            raise UsageError(message, self._shown(path))

    def _read(self, path: str) -> Config:
        from gklint.config.read import read_pyproject, read_yaml

        folder = os.path.dirname(path)
        if path.endswith(".toml"):
            config = read_pyproject(path, self._shown(path), folder)
            if config is None:
                raise UsageError("there is no table [tool.gklint] in it", self._shown(path))
            return config
        return read_yaml(path, self._shown(path), folder)

    def _shown(self, path: str) -> str:
        inside = self._cwd.rstrip(os.sep) + os.sep
        shown = path.removeprefix(inside) if path.startswith(inside) else path
        return shown.replace(os.sep, "/") if os.sep != "/" else shown
