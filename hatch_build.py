"""Puts the compiled form of the packs into wheels, so that not even the first run after an installation reads YAML."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuiltPacks(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling calls `initialize` before it gathers a wheel's files and `finalize` when the wheel is written."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # reads the sources, whose packs change
            return
        self.folder = tempfile.mkdtemp(prefix="gklint-packs-")
        # The dependencies are on the path of an isolated build, which a process of its own does not inherit.
        path = os.pathsep.join([self.root, *filter(None, sys.path)])
        subprocess.run(
            [sys.executable, "-m", "gklint.packs.cache", self.folder],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            check=True,
        )
        build_data["force_include"][self.folder] = "gklint/packs/prebuilt"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            shutil.rmtree(self.folder, ignore_errors=True)
