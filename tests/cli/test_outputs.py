"""Several formats at once, and files to write them to."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from gklint.output import FORMATS
from tests.cli.command import EMPTY_SECTION, MARKED, gklint, write


def test_several_formats_at_once(tmp_path: Path) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    done = gklint(
        "check", "--output-format=gnu", "--output-format", "sarif=out/深/a.sarif", "--output-format=junit=j.xml",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.status == 1
    assert done.out.startswith("a.md:3:4")
    assert ": error: GK105 " in done.out
    [run] = json.loads((tmp_path / "out/深/a.sarif").read_bytes())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["GK105"]
    assert ET.fromstring((tmp_path / "j.xml").read_bytes()).attrib["failures"] == "1"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_what_standard_output_would(name: str, tmp_path: Path) -> None:
    write(tmp_path, a=EMPTY_SECTION, b=MARKED)
    shown = gklint("check", "a.md", "b.md", "--output-format", name, cwd=tmp_path)
    kept = gklint("check", "a.md", "b.md", f"--output-format={name}=x.out", "--color=always", cwd=tmp_path)
    assert kept.out == ""
    assert (tmp_path / "x.out").read_bytes().decode() == shown.out
    assert kept.status == shown.status == 1
    assert "检查了 2 个文件" in kept.err


def test_output_file(tmp_path: Path) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    done = gklint("check", "--output-format=gitlab", "--output-file=q.json", cwd=tmp_path)
    assert done.out == ""
    assert len(json.loads((tmp_path / "q.json").read_bytes())) == 1
    gklint("check", "--output-file=plain.log", cwd=tmp_path)
    assert (tmp_path / "plain.log").read_text("utf-8").startswith("a.md:3:4: GK105 ")
    done = gklint("check", "--output-format=gitlab=-", "--output-file=-", cwd=tmp_path)
    assert len(json.loads(done.out)) == 1


def test_a_file_is_written_when_nothing_is_wrong_as_well(tmp_path: Path) -> None:
    (tmp_path / "q.json").write_text("old", "utf-8")
    assert gklint("check", "--output-format=gitlab=q.json", cwd=tmp_path).status == 0
    assert json.loads((tmp_path / "q.json").read_bytes()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output-format=xml=a"], "invalid choice: 'xml'"),
        (["--output-format=sarif="], "'sarif=' names no file after the ="),
        (["--output-format=sarif", "--output-format=json"], "sarif and json would be mixed up on standard output"),
        (["--output-format=sarif", "--output-format=json", "--output-file=x"], "--output-file is one file"),
        (["--output-format=sarif=x", "--output-file=y"], "every --output-format has a file of its own"),
        (["--output-format=sarif=x", "--output-format=json=./x"], "two formats would be written to './x'"),
        (["--output-file=a.md"], "'a.md' is one of the files to check"),
        (["--output-file=."], "'.' is a folder"),
        (["--output-file=a.md/x.json"], "a.md/x.json: cannot be written: "),
        (["--statistics", "--output-format=gitlab"], "it has no gitlab form"),
    ],
)
def test_what_would_get_mixed_up_is_refused(words: list[str], said: str, tmp_path: Path) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    done = gklint("check", *words, cwd=tmp_path)
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert (tmp_path / "a.md").read_text("utf-8") == EMPTY_SECTION


def test_columns_in_bytes(tmp_path: Path) -> None:
    write(tmp_path, b=MARKED)
    columns = [
        gklint("check", "--output-format=concise", f"--column-unit={unit}", cwd=tmp_path).out.split(":")[2]
        for unit in ("characters", "utf16", "bytes")
    ]
    # The line begins with | 水稻 |.
    assert columns == ["8", "8", "12"]


def test_whole_paths(tmp_path: Path) -> None:
    write(tmp_path, b=MARKED)
    done = gklint("check", "./b.md", "--output-format=concise", "--absolute-paths", cwd=tmp_path)
    assert done.out.startswith(f"{tmp_path.resolve().as_posix()}/b.md:12:8: GK305 ")
