"""``gklint init``: a configuration with every key explained, the commit hook and the CI job."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gklint import __version__
from gklint.errors import Exit, PathError, UsageError

CONFIG = "gklint.yaml"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/gklint.yml"
GITLAB = ".gitlab-ci.yml"


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        f"Write {CONFIG} with every key explained, add gklint to the hooks of {HOOKS}, and write the CI job for the "
        f"platform that the folder is set up for (.github, {GITLAB}). What is there is left as it is."
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default=".", help="the project (default: .)")
    parser.add_argument("--force", action="store_true", help="overwrite files that gklint would write as a whole")
    parser.add_argument(
        "--hook-repo",
        metavar="URL",
        help="take the hook from this repository (default: run the gklint that is installed)",
    )


def run(options: argparse.Namespace) -> int:
    """Write what is missing, and say what was done with each file."""
    folder = Path(options.folder)
    if not folder.is_dir():
        raise PathError("no such folder", options.folder)
    for line in _steps(folder, options.force, options.hook_repo):
        print(line)
        sys.stdout.flush()
    return Exit.CLEAN


def _steps(folder: Path, force: bool, hook_repo: str | None) -> Iterator[str]:
    other = next((name for name in (".gklint.yaml",) if (folder / name).exists()), None)
    if other is not None:
        yield f"{other}: is the configuration already, left as it is"
    else:
        yield _whole(folder, CONFIG, "".join(template()), force)
    yield _hook(folder, hook_repo)
    found = False
    if (folder / ".github").is_dir():
        found = True
        yield _whole(folder, WORKFLOW, _workflow(), force)
    if (folder / GITLAB).exists():
        found = True
        yield _gitlab(folder)
    if not found:
        yield f"no .github folder and no {GITLAB} here: no CI job written"


def _whole(folder: Path, name: str, text: str, force: bool) -> str:
    """Write a file that is gklint's own."""
    path = folder / name
    there = path.exists()
    if there and not force:
        return f"{name}: exists, left as it is (--force overwrites it)"
    _write(path, text)
    return f"{name}: {'overwritten' if there else 'written'}"


def _write(path: Path, text: str) -> None:
    """Write a file, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.resolve()
        partial = target.with_name(f"{target.name}.part")
        try:
            partial.write_text(text, encoding="utf-8", newline="\n")
            if target.exists():
                partial.chmod(target.stat().st_mode)
            partial.replace(target)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", str(path)) from None


def template() -> Iterator[str]:
    """The lines of a configuration in which every key is explained and none is set, from the schema."""
    from gklint.cli.config import to_yaml
    from gklint.config.read import schema_path

    schema: dict[str, Any] = json.loads(schema_path().read_text(encoding="utf-8"))
    yield "# The settings of gklint; what is commented out shows the form. `gklint config` prints what is in force,\n"
    yield "# `gklint schema --config` the JSON Schema of this file, for completion in an editor.\n"
    for key, part in schema["properties"].items():
        yield "\n"
        for line in textwrap.wrap(part["description"], 98, break_on_hyphens=False):
            yield f"# {line}\n"
        words = part.get("enum")
        if words:
            yield f"# One of: {', '.join(words)}.\n"
        default = part.get("default")
        shown = part["examples"][0] if part.get("examples") else default if default is not None else words[0]
        if default and shown != default:
            yield f"# Default: {to_yaml(default)}\n"
        if isinstance(shown, dict):
            yield f"# {key}:\n"
            yield from (f"#   {to_yaml(name)}: {to_yaml(value)}\n" for name, value in shown.items())
        else:
            yield f"# {key}: {to_yaml(shown)}\n"


def _files() -> str:
    from gklint.documents import FORMATS

    # The configurations as well: a commit that breaks one is stopped by it.
    suffixes = "|".join(suffix[1:] for suffix in FORMATS)
    return rf"(?i)(\.({suffixes})|(^|/)(\.?gklint\.ya?ml|pyproject\.toml))$"


def _hook(folder: Path, repo: str | None) -> str:
    """Add gklint to the hooks, all else and every comment left as it is."""
    hook: dict[str, Any] = {"id": "gklint"}
    entry: dict[str, Any] = {"repo": repo or "local"}
    if repo is None:
        hook |= {
            "name": "gklint",
            "entry": "gklint check --skip-other --no-progress",
            "language": "system",
            "files": _files(),
            "require_serial": True,
        }
    else:
        entry["rev"] = f"v{__version__}"
    entry["hooks"] = [hook]
    path = folder / HOOKS
    if not path.exists():
        lines = ["repos:", *_block([entry], "  ")]
        _write(path, "\n".join(lines) + "\n")
        return f"{HOOKS}: written, with the hook gklint"
    return _added_hook(path, entry)


def _added_hook(path: Path, entry: dict[str, Any]) -> str:
    import io
    import re

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", str(path)) from None
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    first = re.search(r"^( *)- +repo:", text, re.MULTILINE)
    offset = len(first[1]) if first else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    try:
        data = yaml.load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
        raise UsageError("not YAML that can be read; nothing was added", str(path), line, column) from None
    repos = data.get("repos") if isinstance(data, dict) else None
    if not isinstance(repos, list):
        raise UsageError("has no list 'repos'; nothing was added", str(path))
    for other in repos:
        hooks = other.get("hooks") if isinstance(other, dict) else None
        if any(isinstance(hook, dict) and hook.get("id") == "gklint" for hook in hooks or ()):
            return f"{HOOKS}: has the hook gklint already, left as it is"
    repos.append(entry)
    stream = io.StringIO(newline="")
    yaml.dump(data, stream)
    _write(path, stream.getvalue())
    return f"{HOOKS}: hook gklint added"


def _block(value: Any, indent: str) -> Iterator[str]:
    """Lists and mappings as YAML in block form."""
    from gklint.cli.config import to_yaml

    if isinstance(value, list):
        for item in value:
            first, *rest = _block(item, indent + "  ")
            yield f"{indent}- {first.removeprefix(indent + '  ')}"
            yield from rest
        return
    for key, part in value.items():
        if isinstance(part, (list, dict)):
            yield f"{indent}{key}:"
            yield from _block(part, indent + "  ")
        else:
            yield f"{indent}{key}: {to_yaml(part)}"


def _workflow() -> str:
    return f"""\
name: gklint
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  gklint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install gklint=={__version__}
      - run: gklint check --output-format github
"""


_GITLAB_JOB = f"""\
gklint:
  image: python:3.13-slim
  script:
    - pip install gklint=={__version__}
    - gklint check
"""


def _gitlab(folder: Path) -> str:
    """Add a job at the end of the pipeline's file, if it is one to which text can be added."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    path = folder / GITLAB
    try:
        text = path.read_text(encoding="utf-8")
        # Tags such as !reference are GitLab's own; only the round-trip reader lets them stand.
        before = YAML().load(text) or {}
        added = text + ("" if not text or text.endswith("\n") else "\n") + ("\n" if text.strip() else "") + _GITLAB_JOB
        if isinstance(before, dict) and "gklint" in before:
            return f"{GITLAB}: has a job gklint already, left as it is"
        after = YAML().load(added)
        fits = list(after) == [*before, "gklint"]
    except (OSError, UnicodeDecodeError, YAMLError, TypeError):
        fits = False
    if not fits:
        return f"{GITLAB}: not of a form to which a job can be added; add this yourself:\n\n{_GITLAB_JOB}"
    _write(path, added)
    return f"{GITLAB}: job gklint added"
