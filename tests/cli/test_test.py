"""``gklint test``, through the real command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import PACK, gklint


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = PACK.read_text("utf-8")
    assert old in text
    target = tmp_path / "changed.yaml"
    target.write_text(text.replace(old, new, 1), "utf-8")
    return target


def run(tmp_path: Path, *words: str | Path) -> tuple[int, list[str]]:
    done = gklint("test", *words, cwd=tmp_path, rules=False)
    assert done.err == ""
    return done.status, done.out.splitlines()


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(PACK.read_text("utf-8").splitlines(), 1) if text in line)


def test_examples_that_are_as_stated(tmp_path: Path) -> None:
    assert run(tmp_path, PACK) == (0, ["harvest: 2 examples, as stated"])
    assert run(tmp_path, "-q", PACK) == (0, [])


def test_packs_of_ours_by_name_and_all_of_them(tmp_path: Path) -> None:
    status, every = run(tmp_path)
    assert status == 0
    ours = [line.split(":")[0] for line in every if " examples, as stated" in line]
    assert len(ours) >= 2
    assert run(tmp_path, ours[0]) == (0, [line for line in every if line.startswith(f"{ours[0]}:")])
    done = gklint("test", ours[0][:-1], cwd=tmp_path, rules=False)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(
        f"gklint: error: no pack {ours[0][:-1]!r}: neither a file nor the id of one of ours; did"
    )


def test_another_line(tmp_path: Path) -> None:
    status, lines = run(tmp_path, changed(tmp_path, "line: 12, column: 8, severity", "line: 11, column: 8, severity"))
    assert status == 1
    assert lines[0] == f"{tmp_path}/changed.yaml:{line_of('name: 空格')}: example '空格' is not as stated"
    assert lines[1] == "  expected line 11, column 8: error GK302"
    assert lines[2].startswith("  found    line 12, column 8: error GK302 ")
    assert lines[3:] == ["harvest: 2 examples, 1 not as stated"]


def test_another_severity_column_or_message(tmp_path: Path) -> None:
    for new in ("severity: warning", "severity: error, message: 别的"):
        status, lines = run(tmp_path, changed(tmp_path, "severity: error}", new + "}"))
        assert (status, len(lines)) == (1, 4)
    status, _ = run(tmp_path, changed(tmp_path, "column: 8", "column: 9"))
    assert status == 1


def test_a_finding_too_many_and_one_too_few(tmp_path: Path) -> None:
    status, lines = run(
        tmp_path, changed(tmp_path, "      - {code: GK302, line: 12, column: 8, severity: error}", "      []")
    )
    assert status == 1
    assert lines[1].startswith("  found    line 12, column 8: error GK302 ")
    assert lines[2] == "  in all 0 expected, 1 found"
    status, lines = run(tmp_path, changed(tmp_path, "findings: []", "findings: [{code: GK105, line: 3}]"))
    assert status == 1
    assert lines[1:3] == ["  expected line 3: GK105", "  in all 1 expected, 0 found"]


def test_a_document_to_which_the_pack_does_not_apply(tmp_path: Path) -> None:
    text = PACK.read_text("utf-8")
    head, _, _ = text.partition("examples:")
    target = tmp_path / "p.yaml"
    target.write_text(head + "examples:\n  - {name: a, format: text, document: 无关, findings: []}\n", "utf-8")
    status, lines = run(tmp_path, target)
    assert status == 1
    assert lines[1] == "  the pack does not apply to the document"


def test_a_pack_without_examples_is_said(tmp_path: Path) -> None:
    target = tmp_path / "p.yaml"
    target.write_text(PACK.read_text("utf-8").partition("examples:")[0], "utf-8")
    assert run(tmp_path, target) == (0, ["harvest: has no examples"])


def test_a_pack_that_is_none(tmp_path: Path) -> None:
    done = gklint("test", "gov-disclosure-2012", cwd=tmp_path, rules=False)
    assert done.status == 2
    assert "no pack 'gov-disclosure-2012'" in done.err
    assert "did you mean 'gov-disclosure-20" in done.err
    missing = gklint("test", "no.yaml", cwd=tmp_path, rules=False)
    assert missing.status == 2
    assert "no.yaml: no such pack file or folder" in missing.err


def test_several_packs_are_summed_up(tmp_path: Path) -> None:
    first = changed(tmp_path, "column: 8, severity", "column: 9, severity")
    text = PACK.read_text("utf-8").replace("pack: harvest", "pack: other")
    (tmp_path / "z.yaml").write_text(text, "utf-8")
    status, lines = run(tmp_path, first, tmp_path / "z.yaml")
    assert status == 1
    assert lines[-3:] == [
        "harvest: 2 examples, 1 not as stated",
        "other: 2 examples, as stated",
        "4 examples of 2 packs, 1 not as stated",
    ]
