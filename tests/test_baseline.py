"""Baselines: what is known stays known when lines move, and what is gone is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.baseline import Baseline, read_baseline
from gklint.documents.source import Source
from gklint.errors import GklintError
from gklint.findings import Finding
from gklint.linter import lint_source
from gklint.output.context import Context, Summary
from gklint.output.fingerprint import fingerprints
from gklint.packs.loader import load_pack
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, PACK, gklint, write

PACKS = [load_pack(PACK)]


def marked(text: str, path: str = "a.md") -> tuple[list[Finding], list[str]]:
    source = Source.from_text(text, path)
    findings = lint_source(source, PACKS).findings
    return findings, list(fingerprints(findings, Context("0", "/", Summary(), sources={path: source})))


def everywhere(path: str, code: str) -> bool:
    return True


BAD = MARKED.replace("| 12 |", "| １２ |").replace("风调雨顺。\n\n", "")


@given(st.lists(st.sampled_from(["# 柳村", "## 一", "## 二", "| 作物"]), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_findings_stay_known_wherever_their_lines_move(before: list[str], end: str) -> None:
    findings, marks = marked(BAD)
    assert [finding.code for finding in findings] == ["GK105", "GK305", "GK305"]
    baseline = Baseline("base.json").updated(findings, marks, everywhere)
    text = BAD
    for place in before:
        text = text.replace(place, f"<!-- x -->\n\n{place}", 1)
    moved = marked(text.replace("\n", end))
    matched = baseline.match(*moved, everywhere)
    assert matched.findings == []
    assert [other.finding for other in matched.suppressed] == moved[0]
    assert matched.gone == 0


def test_a_second_mistake_of_the_same_kind_is_new() -> None:
    baseline = Baseline("base.json").updated(*marked(MARKED), everywhere)
    [new] = baseline.match(*marked(BAD.replace("## 一", "顺\n\n## 一")), everywhere).findings[:1]
    assert new.code in ("GK105", "GK305")
    assert len(baseline.match(*marked(MARKED), everywhere).findings) == 0


def test_a_renamed_file_keeps_its_entries(tmp_path: Path) -> None:
    base = str(tmp_path / "base.json")
    write(tmp_path, new=BAD)
    baseline = Baseline(base).updated(*marked(BAD, str(tmp_path / "old.md")), everywhere)
    assert {path for path, *_ in baseline.entries} == {"old.md"}
    matched = baseline.match(*marked(BAD, str(tmp_path / "new.md")), everywhere)
    assert (matched.findings, matched.gone) == ([], 0)
    write(tmp_path, old=CLEAN)
    assert len(baseline.match(*marked(BAD, str(tmp_path / "new.md")), everywhere).findings) == 3


def test_what_was_not_looked_at_is_not_gone_and_stays(tmp_path: Path) -> None:
    write(tmp_path, a=BAD, b=BAD)
    a, b = str(tmp_path / "a.md"), str(tmp_path / "b.md")
    baseline = Baseline(str(tmp_path / "base.json"))
    for path in (a, b):
        baseline = baseline.updated(*marked(BAD, path), lambda file, code, path=path: file == path)  # type: ignore[misc]
    assert baseline.entries.total() == 6
    only_a = baseline.match([], [], lambda file, code: file == a and code == "GK305")
    assert only_a.gone == 2
    after = baseline.updated([], [], lambda file, code: file == a)
    assert {path for path, *_ in after.entries} == {"b.md"}


def test_the_file_is_sorted_and_read_as_it_was_written(tmp_path: Path) -> None:
    base = str(tmp_path / "base.json")
    findings, marks = marked(BAD, str(tmp_path / "区 一\udcff.md"))
    baseline = Baseline(base).updated(findings[::-1], marks[::-1], everywhere)
    baseline.write()
    assert read_baseline(base).entries == baseline.entries
    text = Path(base).read_text("utf-8")
    data = json.loads(text)
    assert [(entry["code"], entry["count"]) for entry in data["entries"]] == [("GK105", 1), ("GK305", 2)]
    assert data["entries"][1]["fingerprints"] == sorted(data["entries"][1]["fingerprints"])
    assert Baseline(base).updated(findings, marks, everywhere).text() == text
    assert list(tmp_path.iterdir()) == [Path(base)]


GOOD = (
    '{\n "version": 1,\n "entries": [\n  {"path": "a.md", "code": "GK305", "count": 1, "fingerprints": ["%s"]}\n ]\n}\n'
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "b.json:1:1: the baseline is damaged: Expecting value; restore it"),
        ("[]", "b.json:1:1: the baseline is damaged: it is no baseline"),
        ('{"version": 2}', "b.json:1:13: the baseline is damaged: version 2; this gklint reads version 1"),
        ('{"version": 1,\n "entries": 3}', "b.json:2:13: the baseline is damaged: no list of entries"),
        (GOOD % "xyz", "b.json:4:66: the baseline is damaged: 'xyz' is no fingerprint"),
        (
            (GOOD % ("0" * 32)).replace('"count": 1', '"count": 2'),
            "b.json:4:46: the baseline is damaged: the count is 2, but there are 1 fingerprints",
        ),
        ((GOOD % ("0" * 32)).replace('"code": "GK305"', '"code": 3'), "b.json:4:28: the baseline is damaged: the code"),
        (
            (GOOD % ("0" * 32)).replace("  {", "<<<<<<< HEAD\n  {"),
            "b.json:4:1: the baseline is damaged: a merge conflict",
        ),
        (
            '{"version": 1,\n "entries": [\n  "a.md"]}',
            "b.json:3:3: the baseline is damaged: an entry is no object",
        ),
        (
            (GOOD % "").replace('["",', "[").replace('[""]', '"x"'),
            "b.json:4:65: the baseline is damaged: an entry has no list of fingerprints",
        ),
        ("[" * 100000, "b.json:1:1: the baseline is damaged: it is no baseline"),
    ],
)
def test_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.json").write_text(text, "utf-8")
    with pytest.raises(GklintError) as caught:
        read_baseline("b.json")
    assert str(caught.value).startswith(message)


def test_a_file_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.json").write_bytes(b'{"version": 1,\n "\xff"')
    with pytest.raises(GklintError, match=r"^b\.json:2: the baseline is damaged: not UTF-8; "):
        read_baseline("b.json")
    Path("folder").mkdir()
    with pytest.raises(GklintError, match=r"^folder: the baseline cannot be read: Is a directory$"):
        read_baseline("folder")
    with pytest.raises(GklintError, match=r"^folder: the baseline cannot be written: Is a directory$"):
        Baseline("folder").write()
    assert [path.name for path in Path().iterdir() if path.name.startswith("folder")] == ["folder"]


def test_end_to_end(tmp_path: Path) -> None:
    write(tmp_path, a=BAD, b=EMPTY_SECTION)
    missing = gklint("check", "--baseline", "base.json", cwd=tmp_path)
    assert missing.status == 2
    assert "base.json: no such baseline; --update-baseline writes one" in missing.err
    written = gklint("check", "--baseline", "base.json", "--update-baseline", "--lang=en", cwd=tmp_path)
    assert (written.status, written.out) == (0, "")
    assert "Wrote the baseline base.json: 4 entries, 4 new, 0 gone." in written.err
    assert "suppressed: 4" in written.err

    write(tmp_path, a="\n\n" + BAD.replace("１２", "12"), c=EMPTY_SECTION)
    again = gklint("check", "--baseline=base.json", "--lang=en", cwd=tmp_path)
    assert again.status == 1
    assert [line.split(" ")[0] for line in again.out.splitlines()] == ["c.md:3:4:"]
    assert "1 entry of the baseline base.json is fixed; run --update-baseline\n" in again.err
    assert "suppressed: 3" in again.err
    data = json.loads(gklint("check", "--baseline=base.json", "--output-format=json", cwd=tmp_path).out)
    assert data["summary"]["suppressed"] == 3
    log = json.loads(gklint("check", "--baseline=base.json", "--output-format=sarif", cwd=tmp_path).out)
    results = log["runs"][0]["results"]
    assert [result["suppressions"] for result in results].count([]) == 1
    assert [result["suppressions"][0]["kind"] for result in results if result["suppressions"]] == ["external"] * 3

    one = gklint("check", "c.md", "--baseline=base.json", "--update-baseline", "--lang=en", cwd=tmp_path)
    assert "5 entries, 1 new, 0 gone" in one.err
    (tmp_path / "b.md").unlink()
    last = gklint("check", "--baseline=base.json", "--update-baseline", "--lang=en", cwd=tmp_path)
    assert "3 entries, 0 new, 2 gone" in last.err
    (tmp_path / "base.json").write_text('{"version": 1,\n', "utf-8")
    damaged = gklint("check", "--baseline=base.json", cwd=tmp_path)
    assert damaged.status == 2
    assert damaged.err.startswith("gklint: error: base.json:2:1: the baseline is damaged: ")


def test_a_baseline_does_not_take_in_what_could_not_be_checked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\x00\x01\xff")
    done = gklint("check", "--baseline=base.json", "--update-baseline", cwd=tmp_path)
    assert done.status == 1
    assert "GK001" in done.out


def test_standard_input_needs_a_name(tmp_path: Path) -> None:
    done = gklint("check", "-", "--baseline=x.json", "--update-baseline", cwd=tmp_path, stdin=BAD.encode())
    assert done.status == 2
    assert "--stdin-filename" in done.err
