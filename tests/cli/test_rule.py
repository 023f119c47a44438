"""``gklint rule``, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gklint.checks import CATALOGUE
from tests.cli.command import gklint


def test_the_list_has_every_code_once(tmp_path: Path) -> None:
    done = gklint("rule", cwd=tmp_path)
    assert done.status == 0
    listed = [line.split()[:2] for line in done.out.splitlines()]
    own = [["GK481", "season-total"], ["GK482", "crop-total"]]
    assert listed == sorted([*([rule.code, rule.name] for rule in CATALOGUE.values()), *own])


def test_the_columns_of_the_list_stand_under_each_other(tmp_path: Path) -> None:
    lines = gklint("rule", "--lang", "en", cwd=tmp_path).out.splitlines()
    for line in lines:
        words = line.split()
        assert line.index(words[2]) == lines[0].index(lines[0].split()[2])


@pytest.mark.parametrize("word", ["GK481", "gk481", "season-total"])
def test_an_identity_of_a_pack(tmp_path: Path, word: str) -> None:
    done = gklint("rule", word, "--lang", "en", cwd=tmp_path)
    assert done.status == 0
    assert done.out == (
        "GK481 season-total  The seasons add up to the total\n\n"
        "Severity: error\n"
        "Carries an edit that mends it: no\n\n"
        "In the pack harvest: The seasons add up to the total\n"
        "  spring + autumn == total\n"
    )


def test_a_rule_of_the_checks_in_both_languages(tmp_path: Path) -> None:
    rule = CATALOGUE["GK305"]
    for lang in ("zh", "en"):
        text = gklint("rule", "full-width-digits", "--lang", lang, cwd=tmp_path).out
        head, *_ = text.splitlines()
        assert head == f"GK305 full-width-digits  {rule.summary.in_language(lang)}"
        assert "".join(rule.explanation.in_language(lang).split()) in "".join(text.split())


def test_lines_are_filled_by_cells(tmp_path: Path) -> None:
    from gklint.output.cells import cells

    text = gklint("rule", "GK001", cwd=tmp_path, environment={"COLUMNS": "60"}).out
    assert max(cells(line) for line in text.splitlines()) <= 60
    assert not any(line.startswith(("，", "。", "、")) for line in text.splitlines())


def test_json(tmp_path: Path) -> None:
    shown = json.loads(gklint("rule", "--output-format", "json", cwd=tmp_path).out)
    assert shown["version"] == 1
    assert [rule["code"] for rule in shown["rules"]] == sorted([*CATALOGUE, "GK481", "GK482"])
    [one] = json.loads(gklint("rule", "GK482", "--output-format", "json", cwd=tmp_path).out)["rules"]
    assert one["name"] == "crop-total"
    assert one["summary_texts"] == {"zh": "两种作物之和等于总收成", "en": "The crops add up to the whole harvest"}


def test_the_beginning_of_codes_lists_them(tmp_path: Path) -> None:
    done = gklint("rule", "GK48", cwd=tmp_path)
    assert [line.split()[0] for line in done.out.splitlines()] == ["GK481", "GK482"]


def test_no_such_rule(tmp_path: Path) -> None:
    done = gklint("rule", "blank-zeros", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err == "gklint: error: no rule 'blank-zeros'; did you mean 'blank-zero'?\n"
