"""Configurations through the real command: what is in force, what is left out, what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, OTHER, PACK, ROOT, Done, gklint, write


def check(folder: Path, *words: str, text: str = "") -> Done:
    """Check a folder by the harvest pack, named in the configuration."""
    (folder / "gklint.yaml").write_text(f"packs: [{json.dumps(str(PACK))}]\n{text}", "utf-8")
    return gklint("check", *words, cwd=folder, rules=False)


def found(done: Done) -> list[str]:
    return [" ".join(line.split(" ")[:2]) for line in done.out.splitlines()]


@pytest.mark.parametrize(
    ("text", "status", "left"),
    [
        ("", 1, ["a.md:12:8: GK305", "b.md:3:4: GK105"]),
        ("select: [GK3]\n", 0, ["a.md:12:8: GK305"]),
        ("ignore: [full-width-digits]\n", 1, ["b.md:3:4: GK105"]),
        ("severity: {GK1: info, GK3: error}\nselect: [GK1]", 0, ["b.md:3:4: GK105"]),
        ("severity: {GK: off, GK105: warning}\n", 0, ["b.md:3:4: GK105"]),
        ("severity: {GK305: error, GK3: info}\nfail-on: error\nselect: [GK3]", 1, ["a.md:12:8: GK305"]),
        ("fail-on: warning\nignore: [GK1]\n", 1, ["a.md:12:8: GK305"]),
        ("fail-on: never\n", 0, ["a.md:12:8: GK305", "b.md:3:4: GK105"]),
        ("exclude: ['b.*']\n", 0, ["a.md:12:8: GK305"]),
        ("include: ['/b.md']\n", 1, ["b.md:3:4: GK105"]),
        ("per-file-ignores: {a.md: [GK305], '!a.md': [GK1]}\n", 0, []),
        ("per-file-ignores: {'*.md': [{code: GK305, table: crops, row: rice}]}\n", 1, ["b.md:3:4: GK105"]),
        ("per-file-ignores: {'*.md': [{code: GK305, table: crops, column: 秋季}]}\n", 1, None),
    ],
)
def test_what_a_configuration_does(tmp_path: Path, text: str, status: int, left: list[str] | None) -> None:
    write(tmp_path, a=MARKED, b=EMPTY_SECTION)
    done = check(tmp_path, text=text)
    assert done.status == status, done.err
    assert found(done) == (["a.md:12:8: GK305", "b.md:3:4: GK105"] if left is None else left)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select: [GK3, GK999]\n", "gklint.yaml:2:15: no rule 'GK999'"),
        ("ignore:\n  - blank-zeor\n", "gklint.yaml:3:5: no rule 'blank-zeor'; did you mean 'blank-zero'?"),
        (
            "severity:\n  sectoin-empty: info\n",
            "gklint.yaml:3:3: no rule 'sectoin-empty'; did you mean 'section-empty'?",
        ),
        (
            "per-file-ignores:\n  a.md: [{code: GK305, table: corps}]\n",
            "gklint.yaml:3:31: no pack has a table 'corps'; did you mean 'crops'?",
        ),
        (
            "per-file-ignores:\n  a.md: [{code: GK305, table: crops, row: rcie}]\n",
            "gklint.yaml:3:43: the table 'crops' has no row 'rcie'; did you mean 'rice'?",
        ),
        ("per-file-ignores:\n  a.md: [GK3, GK888]\n", "gklint.yaml:3:15: no rule 'GK888'"),
        ("exclude: ['']\n", "gklint.yaml:2:11: found an empty text"),
        ("exclude: ['# x']\n", "gklint.yaml:2:11: '# x' is no pattern of paths"),
    ],
)
def test_what_nothing_goes_by_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, a=CLEAN)
    done = check(tmp_path, text=text)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"gklint: error: {message}")


def test_packs_that_are_none(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    for text, message in (
        (
            "packs: [builtin, gov-disclosure-2012]\n",
            "gklint.yaml:1:18: no pack 'gov-disclosure-2012': neither a path nor",
        ),
        ("packs: [./none.yaml]\n", "gklint.yaml:1:9: no such pack file or folder: './none.yaml'"),
    ):
        (tmp_path / "gklint.yaml").write_text(text, "utf-8")
        done = gklint("check", cwd=tmp_path, rules=False)
        assert done.status == 2
        assert done.err.startswith(f"gklint: error: {message}")


def test_only_the_packs_named_count(tmp_path: Path) -> None:
    (tmp_path / "gklint.yaml").write_text("packs: [gov-disclosure-2021]\n", "utf-8")
    packs = json.loads(gklint("config", "--output-format=json", cwd=tmp_path, rules=False).out)["packs"]
    assert packs == [{"id": "gov-disclosure-2021", "file": str(ROOT / "rules" / "gov-disclosure-2021.yaml")}]


def test_options_take_the_place_of_keys(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED, b=EMPTY_SECTION)
    text = "select: [GK305]\nfail-on: warning\nlang: en\noutput-format: json\n"
    data = json.loads(check(tmp_path, text=text).out)
    assert [finding["code"] for finding in data["findings"]] == ["GK305"]
    assert data["findings"][0]["message"].startswith("row ")
    done = check(
        tmp_path, "--select=GK1", "--fail-on=never", "--lang=zh", "--output-format=concise", "--isolated", text=text
    )
    assert "GK002" not in done.out
    done = check(tmp_path, "--select=GK1", "--fail-on=never", "--lang=zh", "--output-format=concise", text=text)
    assert (done.status, found(done)) == (0, ["b.md:3:4: GK105"])
    assert "错误" in done.err
    assert check(tmp_path, "--exit-zero", text="").status == 0


def test_each_file_has_its_own_configuration(tmp_path: Path) -> None:
    for name, text in (("a", "select: [GK3]\n"), ("b", "lang: en\nseverity: {GK1: warning}\n")):
        (tmp_path / name).mkdir()
        write(tmp_path / name, x=MARKED, y=EMPTY_SECTION)
        (tmp_path / name / "gklint.yaml").write_text(f"packs: [{json.dumps(str(PACK))}]\n{text}", "utf-8")
    done = gklint("check", cwd=tmp_path, rules=False)
    assert found(done) == ["a/x.md:12:8: GK305", "b/x.md:12:8: GK305", "b/y.md:3:4: GK105"]
    assert done.status == 0
    first, second, _ = done.out.splitlines()
    assert "行" in first
    assert "row" in second


def test_excluded_files_stay_out_when_they_are_named_and_that_is_told(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED, b=EMPTY_SECTION)
    done = check(tmp_path, "b.md", "--lang=en", text="exclude: [b.md]\n")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("gklint: 1 file left out by exclude (gklint.yaml:2)\n")
    shown = check(tmp_path, ".", "b.md", "--show-files", text="exclude: [b.md]\n")
    assert (shown.status, shown.out, shown.err) == (0, "a.md\n", "")
    listed = check(tmp_path, "--show-files", "--output-format=json", text="")
    assert json.loads(listed.out) == {"version": 1, "files": ["a.md", "b.md"]}


def test_an_entry_for_one_file_that_does_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN, b=CLEAN)
    text = "per-file-ignores:\n  a.md: [GK305, GK105]\n  '*.md': [GK301]\n  gone.md: [GK301]\n"
    done = check(tmp_path, "--lang=en", text=text)
    assert done.status == 0
    assert done.out.splitlines() == [
        "gklint.yaml:3:10: GK004 there is no finding of GK305 in a.md for this entry to ignore; remove it",
        "gklint.yaml:3:17: GK004 there is no finding of GK105 in a.md for this entry to ignore; remove it",
    ]
    assert found(check(tmp_path, "b.md", text=text)) == []


def test_suppressed_findings_are_counted_and_in_sarif(tmp_path: Path) -> None:
    comment = "<!-- gklint: ignore GK305 — 原文如此 -->"
    write(tmp_path, a=MARKED.replace("| 作物", f"{comment}\n| 作物"), b=EMPTY_SECTION, c=CLEAN)
    text = "per-file-ignores: {b.md: [GK1]}\n"
    done = check(tmp_path, "--lang=en", text=text)
    assert (done.status, done.out) == (0, "")
    assert done.err == "No problems in 3 files; suppressed: 2.\n"
    log = json.loads(check(tmp_path, "--output-format=sarif", text=text).out)
    assert [result["suppressions"] for result in log["runs"][0]["results"]] == [
        [{"kind": "inSource", "justification": "原文如此"}],
        [{"kind": "external"}],
    ]
    plain = json.loads(check(tmp_path, "c.md", "--output-format=sarif", text="").out)
    assert all("suppressions" not in result for result in plain["runs"][0]["results"])


def test_a_named_file_that_is_no_report_can_say_so_itself(tmp_path: Path) -> None:
    write(tmp_path, a="<!-- gklint: ignore-file no-pack — 不是报告 -->\n" + OTHER)
    assert check(tmp_path, "a.md").out == ""


def test_fixing_leaves_alone_what_is_ignored(tmp_path: Path) -> None:
    comment = "<!-- gklint: ignore GK305 -->"
    text = MARKED.replace("| 作物", f"{comment}\n| 作物")
    write(tmp_path, a=text, b=MARKED, c=MARKED)
    rules = "per-file-ignores:\n  b.md: [GK305]\n  c.md: [{code: GK305, table: crops, row: rice, column: spring}]\n"
    done = check(tmp_path, "--fix", text=rules)
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / "a.md").read_text("utf-8") == text
    assert (tmp_path / "b.md").read_text("utf-8") == MARKED
    assert (tmp_path / "c.md").read_text("utf-8") == MARKED
    check(tmp_path, "--fix", text="")
    assert "５" not in (tmp_path / "b.md").read_text("utf-8")


def test_statistics(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED.replace("| 12 |", "| １２ |"), b=EMPTY_SECTION)
    done = check(tmp_path, "--statistics", "--quiet")
    assert (done.status, done.out) == (1, "2  GK305  full-width-digits\n1  GK105  section-empty\n")
    data = json.loads(check(tmp_path, "--statistics", "--output-format=json").out)
    assert [(entry["code"], entry["count"], entry["severity"]) for entry in data["statistics"]] == [
        ("GK305", 2, "warning"),
        ("GK105", 1, "error"),
    ]
    assert data["summary"]["errors"] == 1
    refused = check(tmp_path, "--statistics", "--output-format=sarif")
    assert refused.status == 2
    assert "it has no sarif form" in refused.err


def test_config_says_where_each_value_comes_from(tmp_path: Path) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    (tmp_path / "gklint.yaml").write_text("# x\nselect: [GK3, GK1]\nseverity:\n  GK301: info\n  GK2: 'off'\n", "utf-8")
    done = gklint("config", "a", "--ignore=GK305", cwd=tmp_path)
    assert done.status == 0, done.err
    lines = done.out.splitlines()
    assert lines[0] == "# a: gklint.yaml"
    values = {line.split(":")[0].strip("# "): " ".join(line.split()) for line in lines[1:]}
    assert values["select"] == "select: [GK3, GK1] # gklint.yaml:2"
    assert values["ignore"] == "ignore: [GK305] # command line"
    assert values["GK301"] == "GK301: info # gklint.yaml:4"
    assert values["fail-on"] == "fail-on: error # default"
    assert values["lang"] == "# lang: not set # default"
    assert lines[-1].startswith("# pack harvest: ")
    data = json.loads(gklint("config", "a/x.md", "--output-format=json", "--lang=en", cwd=tmp_path).out)
    assert data["configuration"] == "gklint.yaml"
    assert data["settings"]["select"] == {"value": ["GK3", "GK1"], "origin": "file", "file": "gklint.yaml", "line": 2}
    assert data["settings"]["lang"] == {"value": "en", "origin": "command line", "file": None, "line": None}
    assert data["settings"]["exclude"]["origin"] == "default"
    left_out = gklint("config", "a", "--isolated", cwd=tmp_path)
    assert left_out.out.startswith("# a: no configuration\n")


def test_toml_and_a_named_configuration(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED, b=EMPTY_SECTION)
    (tmp_path / "pyproject.toml").write_text(f"[tool.gklint]\npacks = ['{PACK}']\nselect = ['GK1']\n", "utf-8")
    assert found(gklint("check", cwd=tmp_path, rules=False)) == ["b.md:3:4: GK105"]
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci" / "strict.yaml").write_text(f"packs: [{PACK}]\nselect: [GK3]\nfail-on: info\n", "utf-8")
    done = gklint("check", "--config=ci/strict.yaml", cwd=tmp_path, rules=False)
    assert (done.status, found(done)) == (1, ["a.md:12:8: GK305"])
    (tmp_path / "pyproject.toml").write_text("[tool.gklint]\nselect = [\n  'GK99',\n]\n", "utf-8")
    wrong = gklint("check", cwd=tmp_path, rules=False)
    assert wrong.status == 2
    assert wrong.err.startswith("gklint: error: pyproject.toml:3:3: no rule 'GK99'")


def test_a_configuration_with_two_mistakes_tells_both(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    done = check(tmp_path, text="selct: []\nlagn: zh\n")
    assert done.status == 2
    assert done.err == (
        "gklint: error: gklint.yaml:2:1: unknown key 'selct'; did you mean 'select'?\n"
        "gklint: error: gklint.yaml:3:1: unknown key 'lagn'; did you mean 'lang'?\n"
    )
