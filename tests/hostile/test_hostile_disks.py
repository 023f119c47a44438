"""Disks that are full and folders that nobody may write to: what was there stays, and the others are gone through."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.command import MARKED
from tests.hostile.running import WITNESSED, codes, hostile, one_message, unprivileged, witness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="neither can be made elsewhere without being root")
BIG = MARKED + "\n风调雨顺。\n" * 2000


def full() -> None:
    """No file may have more than a kilobyte."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


@pytest.fixture(params=["full", "read-only"])
def limits(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A disk that is full, or a folder that may not be written to."""
    witness(tmp_path)
    (tmp_path / "a.md").write_text(BIG, "utf-8")
    (tmp_path / "old.json").write_text('{"version": 1, "tool": "gklint", "entries": []}\n', "utf-8")
    if request.param == "full":
        yield full
        return
    tmp_path.chmod(0o555)
    yield unprivileged
    tmp_path.chmod(0o755)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".cache")


def test_fixing(tmp_path: Path, limits: Callable[[], None]) -> None:
    ran = hostile(tmp_path, "check", "--fix", "--output-format=concise", "a.md", "zz.md", limits=limits)
    assert ran.status == 2
    one_message(ran, "a.md: cannot be written: ")
    assert codes(ran.out, "a.md") == {"GK305"}
    assert WITNESSED in ran.out
    assert (tmp_path / "a.md").read_text("utf-8") == BIG
    assert names(tmp_path) == ["a.md", "old.json", "zz.md"]


def test_caching(tmp_path: Path, limits: Callable[[], None]) -> None:
    folder = tmp_path.with_name(f"{tmp_path.name}-reports")
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.md").write_text(BIG, "utf-8")
    words = ("check", "--output-format=concise", str(folder), "zz.md")
    first = hostile(tmp_path, *words, limits=limits)
    assert WITNESSED in first.out
    assert first.out.count("GK305") == 20
    assert hostile(tmp_path, *words, limits=limits) == first
    assert hostile(tmp_path, *words) == first


def test_writing_findings(tmp_path: Path, limits: Callable[[], None]) -> None:
    words = ("--output-format=sarif=out/a.sarif", "--output-format=concise", "zz.md")
    ran = hostile(tmp_path, "check", "--no-cache", *words, limits=limits)
    assert ran.status == 2
    one_message(ran, "out/a.sarif: cannot be written: ")
    assert WITNESSED in ran.out


def test_writing_a_baseline(tmp_path: Path, limits: Callable[[], None]) -> None:
    old = (tmp_path / "old.json").read_bytes()
    (tmp_path / "a.md").write_text(MARKED + "| 甲 | 1 | 2 | 3 |\n" * 200, "utf-8")
    words = ("check", "--no-cache", "--update-baseline", "--baseline=old.json", "a.md", "zz.md")
    ran = hostile(tmp_path, *words, limits=limits)
    assert ran.status == 2
    one_message(ran, "old.json: the baseline cannot be written: ")
    assert (tmp_path / "old.json").read_bytes() == old
    assert names(tmp_path) == ["a.md", "old.json", "zz.md"]


def test_writing_a_configuration(tmp_path: Path, limits: Callable[[], None]) -> None:
    ran = hostile(tmp_path, "init", ".", rules=False, limits=limits)
    assert ran.status == 2
    one_message(ran, "gklint.yaml: cannot be written: ")
    assert "gklint.yaml" not in names(tmp_path)


@pytest.mark.parametrize("environment", [{"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "not"])
def test_output_of_which_only_a_part_is_written(tmp_path: Path, environment: dict[str, str]) -> None:
    witness(tmp_path)
    for number in range(50):
        (tmp_path / f"{number}.md").write_text(MARKED, "utf-8")
    with (tmp_path / "out.txt").open("wb") as stdout:
        ran = hostile(tmp_path, "check", "--no-cache", "--jobs=1", limits=full, stdout=stdout, environment=environment)
    assert ran.status == 2
    one_message(ran, "standard output: cannot be written: File too large")
