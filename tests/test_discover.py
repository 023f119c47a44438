"""Which files paths stand for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gklint.discover import Discovery, Found, discover
from gklint.errors import PathError
from tests.patience import seconds


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder that is no repository."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")


def ignore(text: str, folder: str = ".") -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / ".gitignore").write_text(text, "utf-8")


def found(*paths: str) -> list[str]:
    return [file.path for file in discover(paths or (".",)).files]


def test_folders_are_walked_in_order_and_only_known_suffixes_taken() -> None:
    make("b.md", "a/z.html", "a/b/c.TXT", "a.md", "a.docx", "a/readme", "镇 一/报告.md", "a/x.htm")
    assert found() == ["a/b/c.TXT", "a/x.htm", "a/z.html", "a.md", "b.md", "镇 一/报告.md"]
    assert found("a") == ["a/b/c.TXT", "a/x.htm", "a/z.html"]
    assert found("./a/") == ["./a/b/c.TXT", "./a/x.htm", "./a/z.html"]


def test_a_file_is_named_or_found() -> None:
    make("a.md", "b/c.md", "d.docx")
    assert discover(["d.docx", "b", "-"]) == Discovery(
        [Found("d.docx", True), Found("b/c.md", False), Found("-", True)], []
    )


def test_a_file_found_and_named_is_named_and_comes_once() -> None:
    make("b/c.md")
    assert discover(["b", "b/c.md", "b/../b/c.md"]).files == [Found("b/c.md", True)]
    assert discover(["b/c.md", "b"]).files == [Found("b/c.md", True)]


def test_all_missing_paths_are_named() -> None:
    make("a.md")
    with pytest.raises(PathError) as caught:
        discover(["a.md", "no.md", "kein/", "no.md"])
    assert str(caught.value) == "no such file or folder: 'no.md', 'kein/'"


def test_hidden_and_foreign_folders_are_not_walked() -> None:
    make(".git/a.md", ".venv/a.md", ".x/a.md", "node_modules/a.md", "__pycache__/a.md", ".a.md", "ok/a.md")
    assert found() == ["ok/a.md"]
    assert found(".x", "node_modules") == [".x/a.md", "node_modules/a.md"]
    assert found(".a.md") == [".a.md"]


def test_gitignore_nested_and_negated() -> None:
    make("a.md", "b.md", "out/a.md", "sub/out/a.md", "sub/a.md", "sub/b.md", "sub/keep.txt", "x.txt")
    ignore("out/\n*.txt\n/a.md\n")
    ignore("!keep.txt\nb.md\n", "sub")
    assert found() == ["b.md", "sub/a.md", "sub/keep.txt"]


def test_a_named_file_is_taken_even_if_git_would_ignore_it() -> None:
    make("a.md")
    ignore("*.md\n")
    assert found() == []
    assert found("a.md") == ["a.md"]


def test_patterns_above_count_up_to_the_root_of_the_repository(folder: Path) -> None:
    make("repo/.git/HEAD", "repo/docs/drafts/a.md", "repo/docs/drafts/b.md", "repo/docs/drafts/c.md")
    ignore("b.md\n", "repo")
    ignore("/drafts/c.md\n", "repo/docs")
    ignore("a.md\n")
    assert found("repo/docs/drafts") == ["repo/docs/drafts/a.md"]
    os.chdir(folder / "repo" / "docs" / "drafts")
    assert found() == ["a.md"]


def test_patterns_above_do_not_count_outside_a_repository() -> None:
    make("sub/a.md")
    ignore("*.md\n")
    assert found("sub") == ["sub/a.md"]


def test_the_exclude_file_of_the_repository_counts_and_gitignore_overrules_it() -> None:
    make(".git/HEAD", "a.md", "b.md", "c.md")
    Path(".git/info").mkdir()
    Path(".git/info/exclude").write_text("a.md\nb.md\n", "utf-8")
    ignore("!b.md\n")
    assert found() == ["b.md", "c.md"]


def test_the_exclude_file_of_a_work_tree() -> None:
    make("main/.git/HEAD", "main/.git/worktrees/w/HEAD", "w/a.md", "w/b.md")
    Path("main/.git/worktrees/w/commondir").write_text("../..\n", "utf-8")
    Path("main/.git/info").mkdir()
    Path("main/.git/info/exclude").write_text("a.md\n", "utf-8")
    Path("w/.git").write_text("gitdir: ../main/.git/worktrees/w\n", "utf-8")
    assert found("w") == ["w/b.md"]


def test_an_ignored_folder_that_is_named_is_walked() -> None:
    make(".git/HEAD", "build/a.md", "build/x/b.md", "build/x/c.md")
    ignore("build/\n")
    ignore("c.md\n", "build/x")
    assert found() == []
    assert found("build") == ["build/a.md", "build/x/b.md"]
    assert found("build/x") == ["build/x/b.md"]


def test_a_pattern_that_cannot_be_read_is_passed_over() -> None:
    make("a.md", "b.md")
    ignore("!\n/\nb.md\n")
    assert found() == ["a.md"]


def test_no_gitignore_no_pathspec(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a.md", ".git/HEAD")
    monkeypatch.setitem(sys.modules, "pathspec", None)
    assert found() == ["a.md"]


def test_a_link_to_a_file_is_that_file_once() -> None:
    make("z.md", "real/r.md")
    Path("a.md").symlink_to("z.md")
    Path("only.md").symlink_to("real/r.md")
    assert found() == ["real/r.md", "z.md"]
    assert found("a.md", "z.md") == ["a.md"]


def test_links_to_folders_are_followed_once(folder: Path) -> None:
    make("real/a.md", "work/x.md")
    Path("work/more").symlink_to(folder / "real")
    Path("work/again").symlink_to(folder / "real")
    assert found("work") == ["work/again/a.md", "work/x.md"]
    assert found() == ["real/a.md", "work/x.md"]


def test_loops_of_links_end(folder: Path) -> None:
    make("a/a.md")
    Path("a/up").symlink_to("..")
    Path("a/self").symlink_to("self")
    Path("a/root").symlink_to("/")
    Path("b").symlink_to("a")
    Path("gone.md").symlink_to("nowhere.md")
    assert discover(["."]) == Discovery([Found("a/a.md", False)], [])
    assert found("b") == ["b/a.md"]


def test_a_dangling_link_that_is_named() -> None:
    Path("gone.md").symlink_to("nowhere.md")
    with pytest.raises(PathError, match=r"dangling link: 'gone\.md'"):
        discover(["gone.md"])


def test_what_is_no_file_is_not_opened() -> None:
    make("a.md")
    os.mkfifo("pipe.md")
    assert found() == ["a.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read() -> None:
    make("ok/a.md", "no/b.md")
    Path("no").chmod(0)
    try:
        assert discover(["."]) == Discovery([Found("ok/a.md", False)], [("no", "Permission denied")])
    finally:
        Path("no").chmod(0o700)


def test_a_folder_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    make("ok/a.md", "gone/b.md")
    scandir = os.scandir

    def vanish(path: str) -> object:
        if path.endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanish)
    assert discover(["."]) == Discovery([Found("ok/a.md", False)], [("gone", "No such file or directory")])


@pytest.mark.unmeasured
def test_many_files_take_little_time() -> None:
    ignore("*.tmp\nout/\n")
    for number in range(60):
        make(*(f"d{number:02}/f{index}.md" for index in range(20)))
    import time

    begun = time.perf_counter()
    assert len(found()) == 1200
    assert time.perf_counter() - begun < seconds(3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in this system's folders")
@pytest.mark.parametrize("kind", ["pipe", "link", "device", "names"])
def test_a_gitignore_of_a_strange_kind_ends_nothing(tmp_path: Path, kind: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / f"{'a' * 200}.md").write_text("", "utf-8")
    file = tmp_path / ".gitignore"
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "link":
        (tmp_path / "other").write_text("*.md", "utf-8")
        file.symlink_to("other")
    elif kind == "device":
        file.symlink_to("/dev/zero")
    else:
        file.write_text("*a" * 20 + "b", "utf-8")
    assert len(discover([str(tmp_path)]).files) == 1


@pytest.mark.skipif(os.name == "nt", reason="links take a right that few have")
def test_a_file_behind_a_link_is_found_once_under_its_own_name() -> None:
    make("b/real.md", "elsewhere/other.md")
    Path("a").mkdir()
    Path("a/link.md").symlink_to("../elsewhere/other.md")
    Path("a/again.md").symlink_to("../elsewhere/other.md")
    Path("b/double.md").symlink_to("real.md")
    Path("b/circle.md").symlink_to("circle.md")
    done = discover(["a", "b"])
    assert [file.path for file in done.files] == ["a/again.md", "b/real.md"]
    assert done.unreadable == []


@pytest.mark.parametrize("content", ["gitdir: nowhere\n", "something else\n", "\udcff"])
def test_a_file_named_git_that_leads_nowhere_hides_nothing(content: str) -> None:
    make("a.md", "b.md")
    Path(".git").write_bytes(content.encode("utf-8", "surrogateescape"))
    ignore("b.md\n")
    assert found() == ["a.md"]
