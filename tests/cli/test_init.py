"""``gklint init`` and ``gklint completion``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from gklint import __version__
from gklint.cli.main import COMMANDS
from gklint.config import KEYS
from tests.cli.command import CLEAN, ROOT, gklint, write

HOOKS = """\
# our hooks
repos:
- repo: https://example.org/x  # pinned
  rev: "1.0"
  hooks:
  - id: a   # first
    args: ['--b']
  # the end
ci: {skip: [a]}
"""


def test_a_folder_with_nothing(tmp_path: Path) -> None:
    done = gklint("init", cwd=tmp_path, rules=False)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "gklint.yaml: written",
        ".pre-commit-config.yaml: written, with the hook gklint",
        "no .github folder and no .gitlab-ci.yml here: no CI job written",
    ]
    hooks = YAML(typ="safe").load((tmp_path / ".pre-commit-config.yaml").read_text("utf-8"))
    [hook] = hooks["repos"][0]["hooks"]
    assert hook["id"] == "gklint"
    [offered] = (
        entry
        for entry in YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        if entry["id"] == "gklint"
    )
    assert all(hook[key] == offered[key] for key in ("entry", "files", "require_serial"))
    text = (tmp_path / "gklint.yaml").read_text("utf-8")
    assert gklint("config", cwd=tmp_path, rules=False).out.startswith("# .: gklint.yaml\n")
    # Every key as it is shown must be one that is taken, when the mark of a comment is removed.
    shown = tuple(f"# {key}:" for key in KEYS)
    lines = [line for line in text.splitlines() if line.startswith((*shown, "#   "))]
    assert [line.split(":")[0][2:] for line in lines if line.startswith(shown)] == list(KEYS)
    own = "# packs: [builtin, rules/our-form.yaml]"
    assert own in lines
    lines[lines.index(own)] = "# packs: [builtin]"
    (tmp_path / "gklint.yaml").write_text("".join(f"{line[2:]}\n" for line in lines), "utf-8")
    taken = gklint("config", cwd=tmp_path, rules=False)
    assert (taken.status, taken.err) == (0, "")
    assert "default" not in taken.out


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".pre-commit-config.yaml").write_text(HOOKS, "utf-8")
    pipeline = "stages: [a]\n# x\njob:\n  script: !reference [x, y]"
    (tmp_path / ".gitlab-ci.yml").write_text(pipeline, "utf-8")
    done = gklint("init", cwd=tmp_path, rules=False)
    assert done.status == 0, done.err
    hooks = (tmp_path / ".pre-commit-config.yaml").read_text("utf-8")
    for line in HOOKS.splitlines():
        assert line in hooks.splitlines()
    assert [repo["repo"] for repo in YAML(typ="safe").load(hooks)["repos"]] == ["https://example.org/x", "local"]
    after = (tmp_path / ".gitlab-ci.yml").read_text("utf-8")
    assert after.startswith(pipeline + "\n\ngklint:\n")
    assert f"gklint=={__version__}" in after
    workflow = tmp_path / ".github" / "workflows" / "gklint.yml"
    assert "gklint" in YAML(typ="safe").load(workflow.read_text("utf-8"))["jobs"]

    workflow.write_text("mine", "utf-8")
    again = gklint("init", cwd=tmp_path, rules=False)
    assert again.out.splitlines() == [
        "gklint.yaml: exists, left as it is (--force overwrites it)",
        ".pre-commit-config.yaml: has the hook gklint already, left as it is",
        ".github/workflows/gklint.yml: exists, left as it is (--force overwrites it)",
        ".gitlab-ci.yml: has a job gklint already, left as it is",
    ]
    assert workflow.read_text("utf-8") == "mine"
    assert (tmp_path / ".pre-commit-config.yaml").read_text("utf-8") == hooks
    forced = gklint("init", "--force", cwd=tmp_path, rules=False)
    assert ".github/workflows/gklint.yml: overwritten" in forced.out
    assert workflow.read_text("utf-8") != "mine"
    assert (tmp_path / ".gitlab-ci.yml").read_text("utf-8") == after


def test_a_hook_from_a_repository(tmp_path: Path) -> None:
    done = gklint("init", "--hook-repo=https://example.org/gklint", cwd=tmp_path, rules=False)
    assert done.status == 0
    [repo] = YAML(typ="safe").load((tmp_path / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repo == {"repo": "https://example.org/gklint", "rev": f"v{__version__}", "hooks": [{"id": "gklint"}]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("repos: [\n", ".pre-commit-config.yaml:2:1: not YAML that can be read; nothing was added"),
        ("- a\n", ".pre-commit-config.yaml: has no list 'repos'; nothing was added"),
    ],
)
def test_hooks_that_cannot_be_added_to(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text(text, "utf-8")
    done = gklint("init", cwd=tmp_path, rules=False)
    assert done.status == 2
    assert done.err == f"gklint: error: {message}\n"
    assert (tmp_path / ".pre-commit-config.yaml").read_text("utf-8") == text


def test_what_is_there_under_another_name_or_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / ".gklint.yaml").write_text("lang: en\n", "utf-8")
    (tmp_path / ".gitlab-ci.yml").write_text("stages: [\n", "utf-8")
    done = gklint("init", cwd=tmp_path, rules=False)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == ".gklint.yaml: is the configuration already, left as it is"
    assert lines[2] == ".gitlab-ci.yml: not of a form to which a job can be added; add this yourself:"
    assert lines[4] == "gklint:"
    assert not (tmp_path / "gklint.yaml").exists()
    assert (tmp_path / ".gitlab-ci.yml").read_text("utf-8") == "stages: [\n"


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").mkdir()
    done = gklint("init", cwd=tmp_path, rules=False)
    assert done.status == 2
    assert done.err.startswith("gklint: error: ")
    assert ".pre-commit-config.yaml: cannot be read: " in done.err
    (tmp_path / ".pre-commit-config.yaml").rmdir()
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "workflows").write_text("", "utf-8")
    done = gklint("init", cwd=tmp_path, rules=False)
    assert done.status == 2
    assert ".github/workflows" in done.err
    assert ": cannot be written: " in done.err


def test_no_such_folder(tmp_path: Path) -> None:
    done = gklint("init", "none", cwd=tmp_path, rules=False)
    assert (done.status, done.err) == (2, "gklint: error: none: no such folder\n")


def complete(script: Path, *words: str) -> list[str]:
    """What bash offers for the last word."""
    listed = " ".join(f"'{word}'" for word in words)
    printed = "printf '%s\\n' \"${COMPREPLY[@]}\""
    code = f"source '{script}'; COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; _gklint; {printed}"
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run([bash, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes_what_the_parsers_take(tmp_path: Path) -> None:
    done = gklint("completion", "bash", cwd=tmp_path, rules=False)
    assert done.status == 0
    script = tmp_path / "gklint.bash"
    script.write_text(done.out, "utf-8")
    write(tmp_path, a=CLEAN)
    assert complete(script, "gklint", "") == list(COMMANDS)
    assert complete(script, "gklint", "sh") == ["show"]
    assert complete(script, "gklint", "check", "--update") == ["--update-baseline"]
    assert complete(script, "gklint", "check", "--fail-on", "") == ["error", "warning", "info", "never"]
    assert complete(script, "gklint", "check", "--select", "") == []
    assert complete(script, "gklint", "completion", "") == ["bash", "zsh", "fish"]
    assert "--version" in complete(script, "gklint", "--")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_every_command_and_option(tmp_path: Path, shell: str) -> None:
    text = gklint("completion", shell, cwd=tmp_path, rules=False).out
    for command in COMMANDS:
        assert command in text
    assert ("--update-baseline" if shell == "zsh" else "-l update-baseline") in text
    program = shutil.which(shell)
    if program is not None:
        (tmp_path / "script").write_text(text, "utf-8")
        subprocess.run([program, "-n", tmp_path / "script"], check=True, timeout=30)
    assert text.count("'") % 2 == 0
