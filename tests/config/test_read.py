"""Configurations: found, read, and refused with line and column."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gklint.config import KEYS, Finder
from gklint.config.read import read_pyproject, read_yaml, schema_path
from gklint.config.toml import places
from gklint.errors import ConfigError, GklintError, UsageError
from gklint.output import FORMATS

SCHEMA = json.loads(schema_path().read_text("utf-8"))


def problems(folder: Path, text: str, name: str = "gklint.yaml") -> list[str]:
    path = folder / name
    path.write_text(text, "utf-8")
    read = read_pyproject if name.endswith(".toml") else read_yaml
    with pytest.raises(ConfigError) as caught:
        read(str(path), name, str(folder))
    return [str(problem) for problem in caught.value.problems]


def test_the_schema_is_one_and_names_every_key_and_format() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["properties"]) == KEYS
    assert set(SCHEMA["properties"]["output-format"]["enum"]) == set(FORMATS)
    for key, part in SCHEMA["properties"].items():
        assert part["title"], key
        assert part["description"], key
        for example in part.get("examples", []):
            Draft202012Validator(SCHEMA).validate({key: example})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selct: [GK3]\n", "gklint.yaml:1:1: unknown key 'selct'; did you mean 'select'?"),
        ("# x\nignore: GK3\n", "gklint.yaml:2:9: found 'GK3'; allowed is a list"),
        (
            "severity:\n  GK301: fatal\n",
            "gklint.yaml:2:10: found 'fatal'; allowed are error, warning, info, off",
        ),
        ("fail-on: eror\n", "gklint.yaml:1:10: found 'eror'; did you mean 'error'? (allowed are error, warning, "),
        (
            "per-file-ignores:\n  a.txt: [{code: GK1, tabel: x, table: y}]\n",
            "gklint.yaml:2:23: unknown key 'tabel'; did you mean 'table'?",
        ),
        ("per-file-ignores:\n  a.txt: [{code: GK1}]\n", "gklint.yaml:2:11: item 1 of 'a.txt' needs the key 'table'"),
        ("- a\n", "gklint.yaml:1:1: a configuration is a mapping of keys and values ('select: …')"),
        ("a: b: c\n", "gklint.yaml:1:5: a ':' too many on this line"),
        ("lang: zh\nlang: en\n", "gklint.yaml:2:1: the key 'lang' stands here twice, first on line 1"),
        ("a: !x b\n", "gklint.yaml:1:4: the tag !x is not allowed in a configuration"),
        ("lang: zh\n---\nlang: en\n", "gklint.yaml:2:1: a second document begins here; a file holds one configuration"),
    ],
)
def test_mistakes_in_yaml(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text)[0].startswith(expected)


def test_a_configuration_that_is_too_much(tmp_path: Path) -> None:
    path = tmp_path / "gklint.yaml"
    path.write_text("# 甲\n" * 200_000, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_yaml(str(path), "gklint.yaml", str(tmp_path))
    assert str(caught.value) == "gklint.yaml: larger than 1 MB, the most that a configuration may have"
    toml = tmp_path / "pyproject.toml"
    toml.write_text("[tool.gklint]\nselect = " + "[" * 100_000, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_pyproject(str(toml), "pyproject.toml", str(tmp_path))
    assert str(caught.value) == "pyproject.toml: too many levels inside one another"


@pytest.mark.parametrize("text", ["", "# nothing\n", "~\n", "\ufeff"])
def test_an_empty_configuration_is_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "gklint.yaml").write_text(text, "utf-8")
    config = Finder().for_folder(str(tmp_path))
    assert config.path is not None
    assert {key: config[key] for key in KEYS} == {key: Finder(isolated=True).for_folder("/")[key] for key in KEYS}


TOML = """\
[project]
name = "x" # gklint

[tool.gklint]
selct = ["GK3"]
ignore = [
  # "GK9"
  "GK3", "", 'GK4',
]
severity = { GK301 = "fatal", "GK3" = "off" }

[tool.gklint.per-file-ignores]
"a b.txt" = [{ code = "GK1", tabel = "x" }]
"""


def test_mistakes_in_toml_have_their_lines(tmp_path: Path) -> None:
    found = problems(tmp_path, TOML, "pyproject.toml")
    assert [problem.split("; ")[0] for problem in found] == [
        "pyproject.toml:5:1: unknown key 'selct'",
        "pyproject.toml:8:10: found an empty text",
        "pyproject.toml:10:22: found 'fatal'",
        "pyproject.toml:13:30: unknown key 'tabel'",
    ]


def test_a_broken_pyproject_counts_only_if_it_speaks_of_gklint(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("a = = 1\n", "utf-8")
    assert read_pyproject(str(path), "pyproject.toml", str(tmp_path)) is None
    assert problems(tmp_path, "[tool.gklint]\na = = 1\n", "pyproject.toml") == [
        "pyproject.toml:2:5: not TOML: Invalid value"
    ]


def routes(data: object, route: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """The routes of all that is inside of data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found: set[tuple[str | int, ...]] = set()
    for key, value in inside:
        found |= {(*route, key)} | routes(value, (*route, key))
    return found


KEY = st.from_regex(r"[A-Za-z_-]{1,5}", fullmatch=True)
SCALAR = st.sampled_from(
    ["1", "1.5", "true", '"a # b"', "'[x'", "2020-01-01", '"""a\n"b"""', "[1, 'x', # y\n]", "{a=1}"]
)


@given(st.dictionaries(KEY, SCALAR, max_size=4), st.dictionaries(KEY, SCALAR, max_size=4))
def test_every_value_of_toml_has_its_place(first: dict[str, str], second: dict[str, str]) -> None:
    lines = [f"{key} = {value} # = [" for key, value in first.items() if key != "tool"]
    lines += ["[tool.gklint] # x"] + [f'"{key}" = {value}' for key, value in second.items()]
    text = "\n".join(lines)
    data = tomllib.loads(text)["tool"]["gklint"]
    keys, values = places(text, ("tool", "gklint"))
    assert set(values) - {()} == routes(data)
    split = text.split("\n")
    for name, place in ((route[-1], place) for route, place in keys.items() if route):
        assert split[place.line - 1][place.column - 1 :].lstrip("\"'").startswith(str(name))


def test_the_nearest_file_holds_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "gklint.yaml").write_text("lang: en\n", "utf-8")
    assert Finder().for_file(str(inner / "x.md"))["lang"] == "en"
    (tmp_path / "repository" / ".git").mkdir()
    assert Finder().for_file(str(inner / "x.md"))["lang"] is None
    (tmp_path / "repository" / "pyproject.toml").write_text('[tool.gklint]\nlang = "en"\n', "utf-8")
    assert Finder().for_file(str(inner / "x.md"))["lang"] == "en"
    (tmp_path / "repository" / "a" / "pyproject.toml").write_text("[tool.other] # gklint\n", "utf-8")
    assert Finder().for_file(str(inner / "x.md"))["lang"] == "en"
    (tmp_path / "repository" / "a" / ".gklint.yaml").write_text("lang: zh\n", "utf-8")
    assert Finder().for_file(str(inner / "x.md"))["lang"] == "zh"
    assert Finder(isolated=True).for_file(str(inner / "x.md"))["lang"] is None
    assert Finder(str(tmp_path / "gklint.yaml")).for_file(str(inner / "x.md"))["lang"] == "en"


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gklint.yaml").write_text("lang: en\n", "utf-8")
    finder = Finder()
    first = finder.for_file(str(tmp_path / "a" / "x.md"))
    (tmp_path / "gklint.yaml").unlink()
    assert finder.for_file(str(tmp_path / "b" / "y.md")) is first


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["gklint.yaml", ".gklint.yaml"], "two configurations in one folder: gklint.yaml and .gklint.yaml"),
        (["gklint.yml"], "gklint.yml: this name is not read; call it gklint.yaml"),
        ([".gklint.yml"], "this name is not read; call it .gklint.yaml"),
    ],
)
def test_names_that_leave_a_doubt(tmp_path: Path, names: list[str], message: str) -> None:
    for name in names:
        (tmp_path / name).write_text("", "utf-8")
    with pytest.raises(UsageError) as caught:
        Finder().for_folder(str(tmp_path))
    assert message in str(caught.value)


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "gklint.yaml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read: "):
        Finder().for_folder(str(tmp_path))
    with pytest.raises(GklintError, match="no such configuration"):
        Finder(os.fspath(tmp_path / "none.yaml"))
    with pytest.raises(UsageError, match="give one of them"):
        Finder("x", isolated=True)


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_content_brings_anything_but_a_clear_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("gklint.yaml", "pyproject.toml"):
        path = folder / name
        path.write_bytes(content + (b"\n# gklint" if name.endswith("toml") else b""))
        try:
            Finder(str(path))
        except GklintError:
            continue


@pytest.mark.parametrize("name", ["gklint.yaml", "pyproject.toml"])
def test_a_configuration_is_kept_and_read_again_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("GKLINT_CACHE_DIR", str(cache))
    text = (
        'lang: en\nselect: [GK3, "GK4"]\n'
        if name == "gklint.yaml"
        else '[tool.gklint]\nlang = "en"\nselect = ["GK3"]\n'
    )
    path = tmp_path / name
    path.write_text(text, "utf-8")
    first = Finder(str(path)).for_folder("/")
    [entry] = cache.glob("*.pack")
    monkeypatch.setattr("gklint.packs.schema.check_data", None)
    again = Finder(str(path)).for_folder("/")
    assert again == first
    assert again.place("select", 0) == first.place("select", 0) != (1, 1)
    entry.write_bytes(entry.read_bytes().replace(b"en", b"zh"))
    with pytest.raises(TypeError):
        Finder(str(path))


def test_a_faulty_configuration_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GKLINT_CACHE_DIR", str(tmp_path / "cache"))
    for _ in range(2):
        assert problems(tmp_path, "selct: []\n") == ["gklint.yaml:1:1: unknown key 'selct'; did you mean 'select'?"]
    assert not (tmp_path / "cache").exists()
