"""Configurations and packs from a stranger's branch: data, of which nothing runs, explodes or leads out of it."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.command import EMPTY_SECTION, PACK
from tests.hostile.running import WITNESSED, hostile, one_message, witness
from tests.hostile.texts import MANY

HARVEST = PACK.read_text("utf-8")
_LETTERS = "abcdefghij"


def bomb(first: str, more: str) -> str:
    """Aliases of aliases; written out there are a thousand million."""
    lines = [f"a: &a {first}"]
    for before, letter in pairwise(_LETTERS):
        lines.append(f"{letter}: &{letter} {more.replace('~', f'*{before}')}")
    return "\n".join(lines) + "\n"


YAML = {
    "aliases": (bomb("[x,x]", f"[{','.join('~' * 10)}]"), "with all aliases written out"),
    "alias-maps": (bomb("{x: 1}", f"{{{', '.join(f'k{n}: ~' for n in range(10))}}}"), "with all aliases written out"),
    "merges": (bomb("{x: 1}", f"{{<<: [{','.join('~' * 10)}]}}"), "with all aliases written out"),
    "itself": ("a: &a [*a]\n", "names no anchor that stands before it"),
    "brackets": ("[" * MANY, "more than 60 levels"),
    "braces": ("{a: " * MANY, "more than 60 levels"),
    "dashes": ("- " * MANY, "more than 60 levels"),
    "questions": ("? " * MANY, "more than 60 levels"),
    "keys": ("".join(f"k{number}: 1\n" for number in range(60_000)), "more than 100,000 keys and values"),
    "documents": ("---\n" * MANY, "a second document"),
    "quotation": ("select: '" + "x\n" * MANY, "never closed"),
    "escape": ("select: \x1b[31m\n", "U+001B"),
    "nul": ("select: \0\n", "U+0000"),
    "directives": ("%TAG ! tag:x\n" * 1000 + "---\n", "not YAML"),
    "large": ("x: " + "y" * 3_000_000, "larger than"),
}


@pytest.mark.parametrize("kind", ["configuration", "pack"])
@pytest.mark.parametrize("name", YAML)
def test_yaml_that_explodes(tmp_path: Path, kind: str, name: str) -> None:
    witness(tmp_path)
    text, said = YAML[name]
    if kind == "pack":
        (tmp_path / "pack.yaml").write_text(text, "utf-8")
        words = ["--no-builtin-rules", "--rules=pack.yaml"]
    else:
        (tmp_path / "gklint.yaml").write_text(text, "utf-8")
        words = []
    ran = hostile(tmp_path, "check", "--no-cache", *words, "zz.md", rules=kind != "pack")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err.splitlines()[0]
    assert len(ran.err) < 5000


@pytest.mark.parametrize(
    "text",
    [
        "select: !!python/object/apply:os.mkdir [pwned]\n",
        "select: !!python/object/new:os.mkdir [pwned]\n",
        "select: !!python/name:os.mkdir\n",
        "!!python/object/apply:subprocess.run [[mkdir, pwned]]\n",
        "select: ['${{ mkdir pwned }}', '$(mkdir pwned)', '{{ pwned }}']\n",
    ],
)
def test_no_tag_makes_an_object(tmp_path: Path, text: str) -> None:
    witness(tmp_path)
    (tmp_path / "gklint.yaml").write_text(text, "utf-8")
    hostile(tmp_path, "check", "--no-cache", "zz.md")
    assert hostile(tmp_path, "check", "--no-cache", "--rules=gklint.yaml", "zz.md").status == 2
    assert not (tmp_path / "pwned").exists()


def changed(folder: Path, old: str, new: str) -> list[str]:
    """The options for the harvest pack with a change."""
    assert old in HARVEST
    (folder / "pack.yaml").write_text(HARVEST.replace(old, new, 1), "utf-8")
    return ["--no-builtin-rules", "--rules=pack.yaml"]


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"(?P<body>(\w+\s?)+)(?P<year>20\d\d)年收成报告$", False),
        (r"(a|a?)+(?P<year>20\d\d)x", True),
        (r"(x*)*(?P<year>20\d\d)y", False),
        (r".*.*.*.*.*.*.*.*(?P<year>20\d\d)x", True),
        (r"(村|村村|村村村)*(?P<year>20\d\d)!", True),
        (r"(.?){25}.{25}(?P<year>20\d\d)x", True),
        (r"(?=(村+)+x)(?P<year>20\d\d)", False),
        ("(" * 900 + ")" * 900, False),
        ("村{1,1000}" * 20 + r"(?P<year>20\d\d)", False),
    ],
)
def test_expressions_that_backtrack(tmp_path: Path, pattern: str, allowed: bool) -> None:
    words = changed(tmp_path, r"'(?P<body>\S*?)(?P<year>20\d\d)年收成报告'", f"'{pattern}'")
    witness(tmp_path)
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"# {'村' * 1000}{' ' * 1000}2024年收成报告 {'a' * 2000}\n", "utf-8")
    ran = hostile(tmp_path, "check", "--no-cache", *words, ".", rules=False)
    if allowed:
        assert WITNESSED in ran.out
    else:
        assert ran.status == 2
        reasons = ("a repetition inside a repetition", "nested too deeply", "too many ways to match")
        assert any(reason in ran.err for reason in reasons), ran.err


@pytest.mark.parametrize(
    "holds",
    [
        "(" * 5000 + "spring" + ")" * 5000 + " == total",
        "-" * 5000 + "spring == total",
        "spring" + " + spring" * 5000 + " == total",
        "spring * 9999999999 * 9999999999 == total" + " * 9999999999" * 5000,
        "sum(" * 2000 + "*" + ")" * 2000 + " == total",
        "__import__('os').mkdir('pwned') == total",
        "spring.__class__ == total",
        f"spring == {'9' * MANY}",
        "spring == 1e999999999",
    ],
    ids=["brackets", "signs", "chain", "products", "calls", "import", "dunder", "digits", "exponent"],
)
def test_sums_that_are_none(tmp_path: Path, holds: str) -> None:
    words = changed(tmp_path, "holds: spring + autumn == total", f'holds: "{holds}"')
    witness(tmp_path)
    ran = hostile(tmp_path, "check", "--no-cache", *words, "zz.md", rules=False)
    assert ran.status == 2
    assert "pack.yaml:" in ran.err.splitlines()[0]
    assert len(ran.err) < 6000
    assert not (tmp_path / "pwned").exists()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a report; what a stranger would like to read lies beside it."""
    (tmp_path / "secret.yaml").write_text(HARVEST, "utf-8")
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "secret.yaml").write_text(HARVEST, "utf-8")
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "sub").mkdir()
    witness(folder)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize(
    "word",
    ["../secret.yaml", "../packs", "sub/../../secret.yaml", "link.yaml", "folder", "folder/secret.yaml", "own", "~"],
)
def test_no_pack_from_outside(repository: Path, word: str) -> None:
    (repository / "link.yaml").symlink_to("../secret.yaml")
    (repository / "folder").symlink_to("../packs")
    (repository / "own").mkdir()
    (repository / "own" / "pack.yaml").symlink_to("../../secret.yaml")
    word = str(repository.parent / "secret.yaml") if word == "~" else word
    (repository / "gklint.yaml").write_text(f"packs: [{word}]\n", "utf-8")
    ran = hostile(repository, "check", "--no-cache", "zz.md", rules=False)
    assert (ran.status, ran.out) == (2, "")
    one_message(ran, "gklint.yaml:1:9: ", "leads out of the repository; name packs elsewhere with --rules")
    ran = hostile(repository, "check", "--no-cache", f"--rules={word}", "--isolated", "zz.md", rules=False)
    assert WITNESSED in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_pack_inside_may_be_a_link(repository: Path) -> None:
    (repository / "sub" / "pack.yaml").write_text(HARVEST, "utf-8")
    (repository / "link.yaml").symlink_to("sub/pack.yaml")
    (repository / "gklint.yaml").write_text("packs: [link.yaml]\n", "utf-8")
    assert WITNESSED in hostile(repository, "check", "--no-cache", "zz.md", rules=False).out
    # The repository itself may be reached by a link.
    (repository.parent / "alias").symlink_to(repository)
    ran = hostile(repository.parent / "alias", "check", "--no-cache", "zz.md", rules=False)
    assert WITNESSED in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("name", ["gklint.yaml", "pyproject.toml"])
def test_no_configuration_from_outside(repository: Path, name: str) -> None:
    (repository.parent / name).write_text("gklint: [secret, words]\n", "utf-8")
    (repository / name).symlink_to(f"../{name}")
    ran = hostile(repository, "check", "--no-cache", "zz.md")
    assert ran.status == 2
    one_message(ran, f"{name}: this link leads out of the repository")
    assert "secret" not in ran.err


@pytest.mark.parametrize("words", [["--update-baseline"], []], ids=["write", "read"])
def test_no_baseline_outside(repository: Path, words: list[str]) -> None:
    (repository / "gklint.yaml").write_text("baseline: ../baseline.json\n", "utf-8")
    ran = hostile(repository, "check", "--no-cache", *words, "zz.md")
    assert (ran.status, ran.out) == (2, "")
    one_message(ran, "gklint.yaml:1:11: ", "leads out of the repository; name a baseline elsewhere with --baseline")
    assert not (repository.parent / "baseline.json").exists()


def test_a_baseline_of_a_stranger(tmp_path: Path) -> None:
    witness(tmp_path)
    for text in ("[" * MANY, "1" * MANY, '{"version": ' + "9" * MANY + "}", '{"entries": 1}', "\0", '{"a":' * MANY):
        (tmp_path / "b.json").write_text(text, "utf-8")
        ran = hostile(tmp_path, "check", "--no-cache", "--baseline=b.json", "zz.md")
        assert ran.status == 2
        one_message(ran, "b.json:1:", "the baseline is damaged")
        assert len(ran.err) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "exclude: ['" + "*a" * 5000 + "b']\n",
        "exclude: ['" + "**/" * 5000 + "b']\n",
        "exclude: ['" + "{a," * 3000 + "}" * 3000 + "']\n",
        "per-file-ignores: {'" + "*a" * 400 + "x': [GK106]}\n",
    ],
    ids=["stars", "folders", "braces", "files"],
)
def test_patterns_of_paths_that_backtrack(tmp_path: Path, text: str) -> None:
    (tmp_path / "gklint.yaml").write_text(text, "utf-8")
    (tmp_path / f"{'a' * 200}.md").write_text(EMPTY_SECTION, "utf-8")
    witness(tmp_path)
    assert WITNESSED in hostile(tmp_path, "check", "--no-cache", "--output-format=concise", ".").out
