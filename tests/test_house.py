"""The house in order: lists that must name the same things do."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gklint.checks import CATALOGUE
from gklint.cli.main import build_parser
from gklint.output import FORMATS, renderer
from gklint.packs import builtin_dir, builtin_packs, load_packs
from gklint.packs.model import Node, Pack

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "gklint").rglob("*.py"))
PACKS = load_packs([builtin_dir(), ROOT / "examples" / "packs"])
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"GK\d{3}")


def strings(module: Path) -> Iterator[tuple[int, str]]:
    """The string constants of a module, each with its line, docstrings left out."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    prose = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
            yield node.lineno, node.value


def words(pack: Pack) -> Iterator[str]:
    """What a form prints: titles, headings, labels."""
    if pack.title_text:
        yield pack.title_text.text
    yield from (section.title.text for section in pack.sections)
    for table in pack.tables:
        if table.caption:
            yield table.caption.text
        yield from table.texts
        tops: tuple[Node, ...] = (*table.rows, *table.columns)
        yield from (node.label.text for top in tops for node in top.walk())


def test_catalogue_is_well_formed() -> None:
    assert CATALOGUE
    for code, rule in CATALOGUE.items():
        assert rule.code == code
        assert CODE.fullmatch(code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert rule.fixable in ("no", "safe", "unsafe", "both")
        for message in (rule.summary, rule.explanation):
            assert message.zh.strip()
            assert message.en.strip()
            assert re.search(r"[\u4e00-\u9fff]", message.zh)


def test_a_name_belongs_to_one_code() -> None:
    codes: dict[str, set[str]] = {}
    for rule in CATALOGUE.values():
        codes.setdefault(rule.name, set()).add(rule.code)
    for pack in PACKS:
        for identity in pack.identities:
            codes.setdefault(identity.name, set()).add(identity.code)
    assert {name: found for name, found in codes.items() if len(found) > 1} == {}


def test_a_code_has_one_name() -> None:
    names: dict[str, set[str]] = {code: {rule.name} for code, rule in CATALOGUE.items()}
    for pack in PACKS:
        for identity in pack.identities:
            names.setdefault(identity.code, set()).add(identity.name)
    assert {code: found for code, found in names.items() if len(found) > 1} == {}


def test_codes_in_the_program_are_those_of_the_catalogue() -> None:
    used = {text for module in MODULES for _, text in strings(module) if CODE.fullmatch(text)}
    assert used == set(CATALOGUE)


def test_every_code_has_its_page_and_no_page_is_left_over() -> None:
    codes = {*CATALOGUE, *(identity.code for pack in builtin_packs() for identity in pack.identities)}
    pages = {page.stem for page in (ROOT / "docs" / "rules").glob("*.md")} - {"README"}
    assert pages == codes
    listed = re.findall(
        r"^\| \[(GK\d{3})\]\(\1\.md\)", (ROOT / "docs/rules/README.md").read_text("utf-8"), re.MULTILINE
    )
    assert listed == sorted(codes)


def choices(command: str, option: str) -> list[str]:
    """What ``option`` of a command may be."""
    [commands] = (action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
    [found] = (action for action in commands.choices[command]._actions if option in action.option_strings)
    return list(found.choices or ())


def test_output_formats_are_the_modules_the_choices_and_the_documented_ones() -> None:
    formats = set(FORMATS)
    modules = {name.replace("-", "_") for name in FORMATS}
    package = ROOT / "gklint" / "output"
    assert {module.stem for module in package.glob("*.py") if "\ndef render(" in module.read_text("utf-8")} == modules
    assert all(callable(renderer(name)) for name in formats)
    assert set(choices("check", "--output-format")) == formats
    assert {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "output").glob("test_*.py")} >= modules
    manual = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in manual for name in formats)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(ROOT).as_posix())
def test_no_module_knows_the_words_of_a_form(module: Path) -> None:
    # Two-character words such as 其他 and 总计 are common language; a number in front belongs to the form's layout.
    forms = {re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)、.]", "", word) for pack in PACKS for word in words(pack)}
    known = {word for word in forms if len(word) > 2}
    assert known
    found = {(line, word) for line, text in strings(module) for word in known if word in text}
    assert found == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target
