"""Packs as JSON, and the cache of them."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.errors import PackError, PathError
from gklint.findings import Message
from gklint.packs import cache, compiled
from gklint.packs.cache import cached_load, default_cache_dir
from gklint.packs.compiled import dump, load
from gklint.packs.loader import builtin_dir, builtin_packs, load_packs, pack_from_bytes
from gklint.packs.model import Pack

TEXT = """\
pack: p
title: t
sections: {s: {number: 1, title: 甲}}
facts: {year: '(2)', a: ['(a)'], b: {of: a, cases: {x: y}}}
tables:
  t: {caption: c, columns: {x: 甲}, rows: {y: {label: 乙, rows: {z: {label: 丙, cells: {units: {元: 0.5}}}}}}}
identities:
  - code: AB101
    name: n
    table: t
    each: column
    when: {a: [1], year: 2020..}
    at: y.z
    holds: -y.z * 2 / (1.50 - sum(y.*, t:y.z[x])) <= abs(y.z) + 1 within 0.10
relax: [{when: {year: 2020}, codes: GK1, severity: info}]
severity: {AB101: warning}
examples: [{name: e, document: d, findings: [{line: 1, code: AB101, severity: error}]}]
"""


@pytest.fixture
def pack() -> Pack:
    return pack_from_bytes(TEXT.encode(), "p.yaml")


def test_there_and_back(pack: Pack) -> None:
    again = load(dump(pack))
    assert again == pack
    assert str(again.identities[0].holds.tolerance) == "0.10"
    assert [load(dump(one)) for one in builtin_packs()] == builtin_packs()


def test_every_field_is_written() -> None:
    """A field that is added to a class of the model must be added to the compiled form."""
    for kind, names in compiled._RECORDS.items():
        fields = Message._fields if kind is Message else tuple(field.name for field in dataclasses.fields(kind))
        assert names == fields, kind
    import gklint.packs.model as model

    classes = {
        one for one in vars(model).values() if dataclasses.is_dataclass(one) and one.__module__ == model.__name__
    }
    assert classes <= set(compiled._RECORDS)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "[1]", "[0, []]", "[1, []]", "[1, {}]", "[" * 100_000, "[1, NaN]", "[] []"]
)
def test_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        load(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["number","2"]', '["number",2]'),
        ('["number","2"]', '["number","two"]'),
        ('["number","2"]', '["number","Infinity"]'),
        ('["number","2"]', '["nummer","2"]'),
        ('["sum",[', '["summe",['),
        ('"<="', '"=<"'),
    ],
)
def test_a_formula_that_is_none_is_refused(old: str, new: str) -> None:
    text = dump(pack_from_bytes(TEXT.encode(), "p.yaml"))
    assert load(text).identities
    assert old in text
    with pytest.raises(ValueError, match=r"expected$"):
        load(text.replace(old, new, 1))


@given(st.data())
def test_a_part_of_another_kind_is_refused(data: st.DataObject) -> None:
    """Whatever single value is put in place of any part: it is refused, or it is a pack that can be written again."""
    whole: Any = json.loads(dump(pack_from_bytes(TEXT.encode(), "p.yaml")))
    part = whole
    while True:
        index = data.draw(st.integers(0, len(part) - 1))
        if not isinstance(part[index], list) or not part[index] or data.draw(st.booleans()):
            part[index] = data.draw(st.sampled_from([None, True, 0, -1, 1.5, "", "x", [], ["x"], {}, "NaN", "sum"]))
            break
        part = part[index]
    try:
        changed = load(json.dumps(whole))
    except ValueError:
        return
    assert load(dump(changed)) == changed


class TestCache:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        packs = tmp_path / "packs"
        packs.mkdir()
        (packs / "a.yaml").write_text(TEXT, "utf-8")
        (packs / "b.yaml").write_text("pack: q\ntitle: t\n")
        return packs

    @pytest.fixture
    def kept(self, tmp_path: Path) -> Path:
        return tmp_path / "new" / "cache"

    def test_gives_the_packs_without_their_examples(self, folder: Path, kept: Path) -> None:
        packs = [dataclasses.replace(pack, examples=()) for pack in load_packs([folder])]
        assert cached_load([folder], kept) == packs
        assert len(list(kept.iterdir())) == 2
        assert cached_load([folder], kept) == packs
        assert cached_load([folder], None) == packs

    def test_reads_no_yaml_the_second_time(self, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = cached_load([folder], kept)

        def never(content: bytes, name: str) -> Pack:
            raise AssertionError(name)

        monkeypatch.setattr(cache, "pack_from_bytes", never)
        assert cached_load([folder], kept) == first

    def test_a_moved_file_has_its_new_path(self, folder: Path, kept: Path) -> None:
        cached_load([folder], kept)
        (folder / "b.yaml").rename(folder / "c.yaml")
        assert [Path(pack.path).name for pack in cached_load([folder], kept)] == ["a.yaml", "c.yaml"]
        assert len(list(kept.iterdir())) == 2

    def test_a_changed_file_is_read_again(self, folder: Path, kept: Path) -> None:
        cached_load([folder], kept)
        (folder / "b.yaml").write_text("pack: q\ntitle: other\n")
        assert cached_load([folder], kept)[1].title.zh == "other"

    def test_another_version_of_the_code_reads_again(
        self, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cached_load([folder], kept)
        monkeypatch.setattr(cache, "code_digest", lambda: b"another")
        cached_load([folder], kept)
        assert len(list(kept.iterdir())) == 4

    @pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other", "folder"])
    def test_a_damaged_entry_is_passed_over_and_written_anew(self, folder: Path, kept: Path, damage: str) -> None:
        first = cached_load([folder], kept)
        entries = sorted(kept.iterdir())
        contents = [entry.read_bytes() for entry in entries]
        for entry, content in zip(entries, contents, strict=True):
            if damage == "folder":
                entry.unlink()
                entry.mkdir()
            else:
                at = len(content) // 2
                entry.write_bytes(
                    {
                        "cut": content[:-1],
                        "flip": content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
                        "empty": b"",
                        "other": contents[1] if content == contents[0] else contents[0],
                    }[damage]
                )
        assert cached_load([folder], kept) == first
        if damage != "folder":
            assert [entry.read_bytes() for entry in entries] == contents
        assert sorted(kept.iterdir()) == entries

    def test_a_folder_that_cannot_be_written_changes_nothing(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert len(cached_load([folder], tmp_path / "file" / "cache")) == 2
        assert len(cached_load([folder], Path("\0"))) == 2

    def test_old_entries_go(self, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cache, "KEPT", 3)
        for number in range(5):
            (folder / "b.yaml").write_text(f"pack: q\ntitle: t{number}\n")
            cached_load([folder], kept)
        assert len(list(kept.glob("*.pack"))) == 3

    def test_mistakes_are_told_every_time(self, folder: Path, kept: Path) -> None:
        (folder / "b.yaml").write_text("pack: p\ntitle: t\n")
        for _ in range(2):
            with pytest.raises(PackError, match="a second pack 'p'"):
                cached_load([folder], kept)
        (folder / "b.yaml").write_text("pack: q\n")
        for _ in range(2):
            with pytest.raises(PackError, match="a pack needs the key 'title'"):
                cached_load([folder], kept)
        with pytest.raises(PathError, match="no such pack file or folder"):
            cached_load([folder / "none"], kept)

    def test_the_hot_path_takes_in_no_parser(self, kept: Path) -> None:
        program = (
            "import sys; from pathlib import Path; from gklint.packs.cache import builtin_dir, cached_load\n"
            f"packs = cached_load([builtin_dir()], Path({str(kept)!r}))\n"
            "heavy = {'ruamel.yaml', 'jsonschema', 'difflib', 'gklint.packs.grammar', 'gklint.packs.build'}\n"
            "print(len(packs), sorted(heavy & set(sys.modules)))"
        )
        environment = os.environ | {"PYTHONPATH": str(builtin_dir().parent)}
        outputs = [
            subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
            for _ in range(2)
        ]
        assert outputs[0].stdout != outputs[1].stdout == f"{len(builtin_packs())} []\n"

    def test_building_the_packs_beforehand(
        self, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cache.main([str(kept)]) == 0
        assert len(list(kept.iterdir())) == len(builtin_packs())
        monkeypatch.setattr(cache, "prebuilt_dir", lambda: kept)
        monkeypatch.setattr(cache, "pack_from_bytes", None)
        assert len(cached_load([builtin_dir()], None)) == len(builtin_packs())
        assert cache.main([]) == 2
        assert cache.main([str(kept / "\0")]) == 1
        assert "usage:" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("platform", "environment", "folder"),
        [
            ("linux", {"GKLINT_CACHE_DIR": "here"}, "here"),
            ("linux", {"GKLINT_CACHE_DIR": ""}, None),
            ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/gklint"),
            ("linux", {"XDG_CACHE_HOME": "not/absolute"}, "/home/me/.cache/gklint"),
            ("linux", {}, "/home/me/.cache/gklint"),
            ("darwin", {"XDG_CACHE_HOME": "/x"}, "/home/me/Library/Caches/gklint"),
            ("win32", {"LOCALAPPDATA": "/local"}, "/local/gklint/cache"),
            ("win32", {}, None),
        ],
    )
    def test_where_it_is(
        self, monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], folder: str | None
    ) -> None:
        for name in ("GKLINT_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
        assert default_cache_dir() == (Path(folder) if folder is not None else None)
