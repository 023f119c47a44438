"""What came of files is kept between runs: used where it holds, and nowhere else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gklint import jobs
from gklint import results as results_of_gklint
from gklint.discover import discover
from gklint.errors import Exit
from gklint.examine import Examined, examine
from gklint.packs.cache import cached_load
from gklint.packs.model import Pack
from gklint.results import FOLDER, Results, clean
from gklint.runner import RunResult, run
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, OTHER, PACK, gklint

SUPPRESSED = MARKED.replace("| 作物", "<!-- gklint: ignore GK305 -- 排版 -->\n\n| 作物")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("GKLINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def packs(cache: Path) -> list[Pack]:
    return cached_load([PACK], cache)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = (CLEAN, MARKED, EMPTY_SECTION, OTHER, SUPPRESSED)
    for number in range(20):
        (folder / f"{number:02}.md").write_text(texts[number % 5], "utf-8")
    return folder


def lint(folder: Path, packs: list[Pack]) -> RunResult:
    return run(discover([str(folder)]), packs, cache=True)


class Counter:
    """Counts what is really linted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        monkeypatch.setattr(jobs, "examine", self)

    def __call__(self, path: str, packs: Any, *, named: bool, kept: bool) -> Examined:
        self.paths.append(Path(path).name)
        return examine(path, packs, named=named, kept=kept)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(monkeypatch)


def age(folder: Path) -> None:
    """Make the files so old that their times can be relied on."""
    for file in folder.iterdir():
        os.utime(file, (1_600_000_000, 1_600_000_000))


def test_what_has_not_changed_is_not_linted_again(reports: Path, packs: list[Pack], counter: Counter) -> None:
    first = lint(reports, packs)
    assert len(counter.paths) == 20
    assert first.findings
    assert first.suppressed
    assert first.skipped == 4
    for _ in range(3):
        assert lint(reports, packs) == first
    assert len(counter.paths) == 20


def test_a_change_is_seen(reports: Path, packs: list[Pack], counter: Counter) -> None:
    lint(reports, packs)
    counter.paths.clear()
    (reports / "00.md").write_text(MARKED, "utf-8")
    assert any(finding.path.endswith("00.md") for finding in lint(reports, packs).findings)
    assert counter.paths == ["00.md"]


def test_a_change_is_seen_although_size_and_time_are_the_same(
    reports: Path, packs: list[Pack], counter: Counter
) -> None:
    age(reports)
    lint(reports, packs)
    lint(reports, packs)
    counter.paths.clear()
    changed = CLEAN.replace("| 55 |", "| 56 |")
    assert len(changed) == len(CLEAN)
    (reports / "00.md").write_text(changed, "utf-8")
    age(reports)
    assert any(finding.path.endswith("00.md") for finding in lint(reports, packs).findings)
    assert counter.paths == ["00.md"]


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path, packs: list[Pack]) -> None:
    report = tmp_path / "a.md"
    report.write_text(CLEAN, "utf-8")
    assert examine(str(report), packs, named=True).stamp == []


def test_a_file_that_moved_is_linted_under_its_new_name(reports: Path, packs: list[Pack], counter: Counter) -> None:
    lint(reports, packs)
    (reports / "01.md").rename(reports / "renamed.md")
    counter.paths.clear()
    findings = lint(reports, packs).findings
    assert counter.paths == ["renamed.md"]
    assert any(finding.path.endswith("renamed.md") for finding in findings)


def test_paths_are_shown_as_given(reports: Path, packs: list[Pack], monkeypatch: pytest.MonkeyPatch) -> None:
    lint(reports, packs)
    monkeypatch.chdir(reports)
    found = run(discover(["."]), packs, cache=True)
    assert found.findings
    assert found == run(discover(["."]), packs)


def test_other_packs_other_results(reports: Path, cache: Path, packs: list[Pack], tmp_path: Path) -> None:
    lint(reports, packs)
    other = tmp_path / "other.yaml"
    other.write_text(PACK.read_text("utf-8").replace("概况", "概述"), "utf-8")
    changed = cached_load([other], cache)
    assert lint(reports, changed) == run(discover([str(reports)]), changed)
    assert lint(reports, changed) != lint(reports, packs)


def test_packs_of_unknown_origin_are_not_kept(reports: Path, packs: list[Pack], cache: Path, counter: Counter) -> None:
    from gklint.packs import load_packs

    own = load_packs([PACK])
    lint(reports, own)
    lint(reports, own)
    assert len(counter.paths) == 40
    assert not (cache / FOLDER).exists()


def test_a_named_file_to_which_no_pack_applies_is_a_finding_all_the_same(reports: Path, packs: list[Pack]) -> None:
    lint(reports, packs)
    named = run(discover([str(reports / "03.md")]), packs, cache=True)
    assert [finding.code for finding in named.findings] == ["GK002"]


def shards(cache: Path) -> list[Path]:
    return sorted((cache / FOLDER).glob("*.json"))


def truncate(shard: Path) -> None:
    shard.write_bytes(shard.read_bytes()[:-7])


def flip(shard: Path) -> None:
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(bytes(data))


def empty(shard: Path) -> None:
    shard.write_bytes(b"")


def nonsense(shard: Path) -> None:
    shard.write_bytes(os.urandom(1000))


def unsigned(shard: Path) -> None:
    frame, body = shard.read_bytes().split(b"\n", 1)
    shard.write_bytes(frame + b"\n" + body.replace(b":[", b": [", 1))


def replaced(shard: Path) -> None:
    shard.unlink()
    shard.mkdir()


@pytest.mark.parametrize(
    "damage", [truncate, flip, empty, nonsense, unsigned, replaced], ids=lambda damage: str(damage.__name__)
)
def test_a_damaged_cache_is_passed_over(
    reports: Path, packs: list[Pack], cache: Path, counter: Counter, damage: Callable[[Path], None]
) -> None:
    first = lint(reports, packs)
    assert shards(cache)
    for shard in shards(cache):
        damage(shard)
    counter.paths.clear()
    assert lint(reports, packs) == first
    assert len(counter.paths) == 20


def test_a_cache_from_elsewhere_is_passed_over(reports: Path, packs: list[Pack], cache: Path, counter: Counter) -> None:
    first = lint(reports, packs)
    shutil.copytree(cache, cache.with_name("copy"))
    shutil.rmtree(cache)
    cache.with_name("copy").rename(cache)
    counter.paths.clear()
    assert lint(reports, packs) == first
    assert len(counter.paths) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**9) | st.text(max_size=5), lambda inner: st.lists(inner, max_size=10)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(outcome=JSON | st.tuples(st.text(max_size=3), JSON, JSON).map(list))
def test_what_is_no_outcome_is_none(reports: Path, packs: list[Pack], cache: Path, outcome: Any) -> None:
    # Even if it bears the right digest.
    report = str(reports / "01.md")
    results = Results(str(cache / FOLDER))
    results.keep(report, packs, examine(report, packs, named=False))
    [shard] = results._shards.values()
    [(name, entry)] = shard.items()
    shard[name] = entry._replace(outcome=outcome)
    results.save()
    kept = Results(str(cache / FOLDER)).look_up(report, packs)
    if kept is not None:
        assert json.loads(json.dumps(outcome))[1:] == [[], []]
        assert kept.pack is None or isinstance(kept.pack, str)


@pytest.mark.parametrize("obstacle", ["file", "missing-parent"])
def test_a_folder_that_cannot_be_written_changes_nothing(
    reports: Path, packs: list[Pack], cache: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    monkeypatch.setenv("GKLINT_CACHE_DIR", str(reports / "00.md") if obstacle == "file" else "/dev/null/nowhere")
    assert lint(reports, packs) == run(discover([str(reports)]), packs)


def test_few_files_leave_nothing_behind(reports: Path, packs: list[Pack], cache: Path) -> None:
    for report in sorted(reports.iterdir())[5:]:
        report.unlink()
    lint(reports, packs)
    assert not (cache / FOLDER).exists()


def test_without_a_cache_folder_nothing_is_kept(
    reports: Path, packs: list[Pack], counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GKLINT_CACHE_DIR", "")
    lint(reports, packs)
    lint(reports, packs)
    assert len(counter.paths) == 40


def test_the_command_uses_it_unless_told_otherwise_and_cleans_it(reports: Path) -> None:
    cache = reports.parent / ".cache"
    first = gklint("check", "reports", cwd=reports.parent)
    assert first.status == Exit.FINDINGS
    assert shards(cache)
    before = {shard: shard.stat().st_mtime_ns for shard in shards(cache)}
    assert gklint("check", "reports", "--no-cache", cwd=reports.parent) == first
    assert {shard: shard.stat().st_mtime_ns for shard in shards(cache)} == before
    assert gklint("check", "reports", cwd=reports.parent) == first
    (cache / "notes.txt").write_text("not ours", "utf-8")
    done = gklint("clean", cwd=reports.parent, rules=False)
    assert done.status == Exit.CLEAN
    assert "deleted from" in done.out
    assert sorted(cache.iterdir()) == [cache / "notes.txt"]
    assert gklint("clean", "-q", cwd=reports.parent, rules=False).out == ""
    assert gklint("check", "reports", cwd=reports.parent) == first


def test_cleaning_what_is_not_there(tmp_path: Path) -> None:
    assert clean(str(tmp_path / "nowhere")) == 0


def test_what_clean_has_nothing_to_do_with(tmp_path: Path) -> None:
    nowhere = {"GKLINT_CACHE_DIR": ""}
    done = gklint("clean", cwd=tmp_path, rules=False, environment=nowhere)
    assert (done.status, done.out, done.err) == (0, "gklint: there is no cache folder\n", "")
    done = gklint("clean", "--quiet", cwd=tmp_path, rules=False, environment=nowhere)
    assert (done.status, done.out, done.err) == (0, "", "")
    (tmp_path / "cache" / "a.pack").mkdir(parents=True)
    done = gklint("clean", cwd=tmp_path, rules=False, environment={"GKLINT_CACHE_DIR": str(tmp_path / "cache")})
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"gklint: error: {tmp_path}/cache: the cache cannot be deleted: ")


def test_what_was_not_used_for_long_is_dropped(reports: Path, packs: list[Pack], cache: Path) -> None:
    first, second = str(reports / "01.md"), str(reports / "02.md")
    results = Results(str(cache / FOLDER))
    for report in (first, second):
        results.keep(report, packs, examine(report, packs, named=False))
    for shard in results._shards.values():
        if first in shard:
            shard[first] = shard[first]._replace(day=shard[first].day - results_of_gklint._UNUSED_DAYS - 1)
    results.save()
    kept = Results(str(cache / FOLDER))
    assert kept.look_up(first, packs) is None
    assert kept.look_up(second, packs) is not None


def test_of_too_many_those_used_last_are_kept(
    reports: Path, packs: list[Pack], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results_of_gklint, "_SHARDS", 1)
    monkeypatch.setattr(results_of_gklint, "_MOST", 3)
    results = Results(str(cache / FOLDER))
    paths = [str(reports / f"{number:02}.md") for number in range(5)]
    for report in paths:
        results.keep(report, packs, examine(report, packs, named=False))
    [shard] = results._shards.values()
    for age, report in enumerate(paths):
        shard[report] = shard[report]._replace(day=shard[report].day - age)
    results.save()
    kept = Results(str(cache / FOLDER))
    assert [report for report in paths if kept.look_up(report, packs) is not None] == paths[:3]


def test_half_a_file_is_not_left_where_the_disk_is_full(
    reports: Path, packs: list[Pack], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: str, target: str) -> None:
        assert Path(source).exists()
        raise OSError(28, "No space left on device")

    report = str(reports / "01.md")
    results = Results(str(cache / FOLDER))
    results.keep(report, packs, examine(report, packs, named=False))
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        results.save()
    assert [*(cache / FOLDER).iterdir()] == []
    # It is not forgotten: a later attempt writes it.
    results.save()
    assert len(shards(cache)) == 1


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "c" / FOLDER).mkdir(parents=True)
    for name in ("a.pack", "b.part", "mine.txt", f"{FOLDER}/00.json", f"{FOLDER}/01.json.7.part"):
        (tmp_path / "c" / name).write_bytes(b"x")
    assert clean(str(tmp_path / "c")) == 4
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "span",
    [[0, 1, 1, 2], [1, 1, 1, 0], [99, 1, 99, 1], [1, 1, 99, 1], [1, 1, 1, True], [1, 1, 1, 2.0]],
)
def test_a_finding_at_a_place_that_the_text_does_not_have_is_none(
    reports: Path, packs: list[Pack], cache: Path, span: list[Any]
) -> None:
    report = str(reports / "01.md")
    results = Results(str(cache / FOLDER))
    results.keep(report, packs, examine(report, packs, named=False))
    [shard] = results._shards.values()
    [(name, entry)] = shard.items()
    pack, [found], suppressed = entry.outcome
    shard[name] = entry._replace(outcome=[pack, [found], suppressed])
    assert results.look_up(report, packs) is not None
    shard[name] = entry._replace(outcome=[pack, [[*found[:3], span, *found[4:]]], suppressed])
    assert results.look_up(report, packs) is None
