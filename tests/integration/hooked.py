"""git repositories whose commits go through the hooks of this checkout, run by pre-commit or by prek."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import gklint

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = "https://example.org/gklint"
"""Where the hooks seem to come from; git is told that it is a folder on this machine."""
REV = f"v{gklint.__version__}"
_FINDING = re.compile(r":\d+:\d+: GK\d{3} ")
# What a caller set for their own git, Python, hooks and terminal must not decide what is tested.
_KEPT_OUT = ("GIT_", "PYTHON", "PYTEST", "COV", "PRE_COMMIT", "PREK_", "GKLINT_", "VIRTUAL_ENV", "CLICOLOR")
_KEPT_OUT_NAMES = frozenset({"NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "SKIP", "CI"})


@dataclass(frozen=True)
class Done:
    """What a command came to; ``shown`` is all that it printed, in order."""

    status: int
    shown: str

    @property
    def lines(self) -> list[str]:
        return self.shown.splitlines()


@dataclass(frozen=True)
class Tool:
    """A program that runs hooks, with the words for what the tests want of it."""

    name: str
    prepare: tuple[str, ...]


PRE_COMMIT = Tool("pre-commit", ("install-hooks",))
PREK = Tool("prek", ("prepare-hooks",))


@dataclass(frozen=True)
class Workplace:
    """The folder that the hooks' environments are kept in, with the repository that the hooks come from."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables that all commands run with."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(_KEPT_OUT) and name not in _KEPT_OUT_NAMES
        }
        settings = {
            "user.name": "Drafter",
            "user.email": "drafter@example.org",
            "init.defaultBranch": "main",
            "commit.gpgSign": "false",
            "core.autocrlf": "false",
            "core.quotePath": "true",
            f"url.{(self.folder / 'hooks.git').as_uri()}.insteadOf": ADDRESS,
        }
        kept.update(
            # Programs that run hooks pass these on to git, other than the name of a file with settings.
            GIT_CONFIG_COUNT=str(len(settings)),
            **{f"GIT_CONFIG_KEY_{index}": key for index, key in enumerate(settings)},
            **{f"GIT_CONFIG_VALUE_{index}": value for index, value in enumerate(settings.values())},
            GIT_CONFIG_GLOBAL=os.devnull,
            GIT_CONFIG_NOSYSTEM="1",
            GKLINT_CACHE_DIR=str(self.folder / "cache"),
            PATH=os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]),
            PIP_DISABLE_PIP_VERSION_CHECK="1",
            PRE_COMMIT_HOME=str(self.folder / "pre-commit"),
            PREK_HOME=str(self.folder / "prek"),
            TERM="dumb",
            # prek makes environments with uv, which may neither be fetched nor fetch a Python.
            UV_PYTHON=sys.executable,
            UV_PYTHON_DOWNLOADS="never",
        )
        return kept

    def run(self, *command: str | Path, cwd: Path, variables: Mapping[str, str] | None = None) -> Done:
        """Run a command to its end."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**self.environment, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return Done(done.returncode, done.stdout)

    def offer_hooks(self) -> None:
        """Commit the checkout as it lies there, but for what git ignores, to the repository that hooks come from.

        Several test processes may do so at once: the first one counts.
        """
        target = self.folder / "hooks.git"
        if target.exists():
            return
        made = self.folder / f"hooks.{os.getpid()}.git"
        for words in (
            ("init", "--quiet", "--bare", str(made)),
            ("--git-dir", str(made), "--work-tree", str(ROOT), "add", "--all"),
            ("--git-dir", str(made), "--work-tree", str(ROOT), "commit", "--quiet", "-m", "Release"),
            ("--git-dir", str(made), "tag", REV),
        ):
            done = self.run("git", *words, cwd=ROOT)
            assert done.status == 0, done.shown
        try:
            made.rename(target)
        except OSError:
            assert target.exists()


@dataclass(frozen=True)
class Drafts:
    """A repository with drafts in it, whose commits run the hooks."""

    folder: Path
    place: Workplace
    tool: Tool

    def hooks(self, *ids: str, **overridden: str) -> None:
        """Ask for hooks in the repository's configuration, with other values for some of their keys."""
        lines = ["repos:", f"  - repo: {ADDRESS}", f"    rev: {REV}", "    hooks:"]
        for hook in ids:
            lines.append(f"      - id: {hook}")
            lines.extend(f"        {key}: {value}" for key, value in overridden.items())
        self.write(".pre-commit-config.yaml", "\n".join(lines) + "\n")

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def try_git(self, *words: str) -> Done:
        return self.place.run("git", *words, cwd=self.folder)

    def git(self, *words: str) -> str:
        """What a git command prints, which must succeed."""
        done = self.try_git(*words)
        assert done.status == 0, done.shown
        return done.shown

    def stage(self, *paths: str) -> None:
        self.git("add", "--", *paths)

    def keep(self, *paths: str) -> None:
        """Commit paths as people do who have no hooks."""
        self.stage(*paths)
        self.git("commit", "--quiet", "--no-verify", "-m", "Keep", "--", *paths)

    def commit(self) -> Done:
        """Commit what is staged, through the hooks."""
        return self.try_git("commit", "--quiet", "-m", "Report")

    def run(self, *words: str) -> Done:
        """Have the hooks run without a commit."""
        return self.place.run(self.tool.name, "run", *words, cwd=self.folder)

    def commits(self) -> int:
        done = self.try_git("rev-list", "--count", "HEAD")
        return int(done.shown) if done.status == 0 else 0


def drafts(folder: Path, place: Workplace, tool: Tool, *hooks: str) -> Drafts:
    """A new repository that runs ``hooks`` before each commit."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Drafts(folder, place, tool)
    made.git("init", "--quiet")
    made.hooks(*hooks)
    made.keep(".pre-commit-config.yaml")
    done = place.run(tool.name, "install", cwd=folder)
    assert done.status == 0, done.shown
    return made


def findings(done: Done) -> list[str]:
    """The findings among what was printed, which programs that run hooks may indent."""
    return [line.strip() for line in done.lines if _FINDING.search(line)]
