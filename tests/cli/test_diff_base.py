"""``--diff-base``: only what has changed on this branch, asked of a real git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, gklint

NAMES = ["报告 一.md", "区/年 (2024).md", "-v.md", *([] if os.name == "nt" else ['quo"te.md', "back\\slash é.md"])]


def git(folder: Path, *words: str) -> str:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    people = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", *words], cwd=folder, env={**clean, **settings, **people}, check=True, capture_output=True, text=True
    ).stdout


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        put(folder, f"{name}.md", text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the branch ``main``."""
    folder = tmp_path / "仓库"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / ".gitignore").write_text(".cache/\n", "utf-8")
    return folder


def check(folder: Path, *words: str, base: str = "main") -> list[str]:
    done = gklint("check", f"--diff-base={base}", "--output-format=concise", *words, cwd=folder)
    assert done.status in (0, 1), done.err
    return [":".join(line.split(":")[:2]) for line in done.out.splitlines()]


def test_only_findings_on_changed_lines(repository: Path) -> None:
    commit(repository, a=EMPTY_SECTION, b=EMPTY_SECTION)
    git(repository, "switch", "-q", "-c", "draft")
    commit(repository, a=EMPTY_SECTION.replace("| 5 |", "| ５ |"))
    everything = gklint("check", "--output-format=concise", cwd=repository).out
    assert len(everything.splitlines()) == 3
    done = gklint("check", "--diff-base=main", "--output-format=concise", "--lang=en", cwd=repository)
    [only] = done.out.splitlines()
    assert only.startswith("a.md:10:8: GK305")
    assert done.status == 0
    assert "Only what has changed since main (" in done.err
    assert "findings elsewhere: 1." in done.err
    assert check(repository, "--diff-scope=files") == ["a.md:3", "a.md:10"]


def test_what_is_not_committed_counts_and_so_does_a_new_file(repository: Path) -> None:
    commit(repository, a=CLEAN)
    put(repository, "a.md", MARKED)
    put(repository, "新 稿.md", EMPTY_SECTION)
    assert check(repository, base="HEAD") == ["a.md:12", "新 稿.md:3"]
    git(repository, "add", "-A")
    assert check(repository, base="HEAD") == ["a.md:12", "新 稿.md:3"]


def test_what_the_other_branch_did_does_not_count(repository: Path) -> None:
    commit(repository, a=CLEAN, b=MARKED)
    git(repository, "switch", "-q", "-c", "draft")
    commit(repository, a=MARKED)
    git(repository, "switch", "-q", "main")
    commit(repository, b=CLEAN)
    git(repository, "switch", "-q", "draft")
    assert check(repository) == ["a.md:12"]


@pytest.mark.parametrize("quote", ["true", "false"])
@pytest.mark.parametrize("name", NAMES)
def test_names(name: str, quote: str, repository: Path) -> None:
    git(repository, "config", "core.quotePath", quote)
    git(repository, "config", "diff.noprefix", "true")
    git(repository, "config", "diff.mnemonicPrefix", "true")
    put(repository, name, EMPTY_SECTION)
    commit(repository)
    put(repository, name, EMPTY_SECTION.replace("| 5 |", "| ５ |"))
    assert check(repository, base="HEAD") == [f"{name}:10"]


def test_a_changed_cell_shows_the_sum_that_it_breaks(repository: Path) -> None:
    """The finding stands on a line that nobody touched."""
    commit(repository, a=CLEAN)
    put(repository, "a.md", CLEAN.replace("| 小麦 | 12 | 30 | 42 |", "| 小麦 | 14 | 30 | 44 |"))
    full = gklint("check", "--output-format=concise", cwd=repository)
    assert full.out
    assert not any(line.startswith("a.md:11:") for line in full.out.splitlines())
    assert check(repository, base="HEAD") == [":".join(line.split(":")[:2]) for line in full.out.splitlines()]


def test_what_was_taken_out_shows_where_it_is_missing(repository: Path) -> None:
    commit(repository, a=CLEAN)
    put(repository, "a.md", CLEAN.replace("风调雨顺。\n", ""))
    assert check(repository, base="HEAD") == ["a.md:3"]


def test_text_that_looks_like_a_patch_is_text(repository: Path) -> None:
    odd = "\n++ b/other.md\n@@ -1 +1 @@\n-- a/x\n"
    commit(repository, a=CLEAN, other=EMPTY_SECTION)
    put(repository, "a.md", CLEAN.replace("风调雨顺。\n", f"风调雨顺。\n{odd}"))
    assert check(repository, base="HEAD") == []


def test_a_renamed_file_has_no_changed_lines(repository: Path) -> None:
    commit(repository, a=EMPTY_SECTION)
    git(repository, "mv", "a.md", "移动.md")
    assert check(repository, base="HEAD") == []
    assert check(repository, "--diff-scope=files", base="HEAD") == ["移动.md:3"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings(encoding: str, repository: Path) -> None:
    (repository / "a.md").write_bytes(CLEAN.encode(encoding))
    commit(repository)
    (repository / "a.md").write_bytes(MARKED.encode(encoding))
    assert check(repository, base="HEAD") == ["a.md:12"]


def test_an_unreadable_file_shows_if_it_has_changed(repository: Path) -> None:
    (repository / "old.md").write_bytes(b"\0\1")
    commit(repository)
    (repository / "a.md").write_bytes(b"\0\1")
    assert check(repository, base="HEAD") == ["a.md:1"]


def test_from_a_folder_below_and_with_a_file_above(repository: Path) -> None:
    commit(repository, a=CLEAN)
    put(repository, "深/b.md", MARKED)
    put(repository, "a.md", MARKED)
    assert check(repository / "深", "..", base="HEAD") == ["../a.md:12", "../深/b.md:12"]


def test_nothing_has_changed(repository: Path) -> None:
    commit(repository, a=EMPTY_SECTION)
    done = gklint("check", "--diff-base=HEAD", "--lang=en", cwd=repository)
    assert (done.status, done.out) == (0, "")
    assert "No file to check has changed since HEAD" in done.err


def test_fix_touches_only_files_that_have_changed(repository: Path) -> None:
    commit(repository, a=MARKED, b=CLEAN)
    put(repository, "b.md", MARKED)
    done = gklint("check", "--diff-base=HEAD", "--fix", cwd=repository)
    assert done.status == 0, done.err
    assert (repository / "a.md").read_text("utf-8") == MARKED
    assert (repository / "b.md").read_text("utf-8") == CLEAN


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("nowhere", "no commit 'nowhere' in"),
        ("--output=x", "no commit '--output=x' in"),
        ("", "no commit '' in"),
        ("HEAD:a.md", "no commit 'HEAD:a.md' in"),
        ("lonely", "'lonely' and HEAD have no common ancestor"),
    ],
)
def test_a_base_that_is_none(base: str, said: str, repository: Path) -> None:
    commit(repository, a=CLEAN)
    git(repository, "switch", "-q", "--orphan", "lonely")
    commit(repository)
    git(repository, "switch", "-q", "main")
    done = gklint("check", f"--diff-base={base}", cwd=repository)
    assert done.status == 2
    assert said in done.err
    assert done.err.startswith("gklint: error: --diff-base: ")
    assert not (repository / "x").exists()


def test_a_repository_without_a_commit(repository: Path) -> None:
    put(repository, "a.md", CLEAN)
    assert "no commit 'main' in" in gklint("check", "--diff-base=main", cwd=repository).err


def test_no_repository(tmp_path: Path) -> None:
    put(tmp_path, "a.md", CLEAN)
    done = gklint("check", "a.md", "--diff-base=main", cwd=tmp_path)
    assert done.status == 2
    assert "'a.md' is in no git repository" in done.err


def test_no_git(repository: Path) -> None:
    commit(repository, a=CLEAN)
    done = gklint("check", "--diff-base=main", cwd=repository, environment={"PATH": ""})
    assert done.status == 2
    assert "there is no command git" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--diff-scope=files"], "give it with --diff-base"),
        (["-", "--diff-base=main"], "git does not know standard input"),
        (["--diff-base=main", "--baseline=b.json", "--update-baseline"], "--update-baseline takes in every finding"),
    ],
)
def test_options_that_do_not_go_together(words: list[str], said: str, tmp_path: Path) -> None:
    done = gklint("check", *words, cwd=tmp_path)
    assert done.status == 2
    assert said in done.err
