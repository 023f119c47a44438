"""Commits that go through the real pre-commit and the real prek, with the hooks of this checkout."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
from ruamel.yaml import YAML

from gklint.checks import CATALOGUE
from gklint.cli.main import build_parser
from gklint.documents import FORMATS
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, OTHER, PACK, gklint
from tests.integration.hooked import ADDRESS, PRE_COMMIT, PREK, REV, ROOT, Drafts, findings

pytestmark = pytest.mark.slow

GOOD = (ROOT / "examples" / "clean" / "lanan-2022.md").read_text(encoding="utf-8")
BAD = (ROOT / "examples" / "faulty" / "yuquan-2022.md").read_text(encoding="utf-8")
WRONG_VALUE = "52:13: GK400 "
"""The gravest finding in `BAD`."""


def use_harvest_pack(repository: Drafts, more: str = "") -> None:
    """Make the short harvest reports the ones that are checked."""
    repository.write("harvest.yaml", PACK.read_text(encoding="utf-8"))
    repository.write("gklint.yaml", f"packs: [harvest.yaml]\n{more}")
    repository.keep("harvest.yaml", "gklint.yaml")


def test_bad_draft_blocks_the_commit_and_the_mended_one_passes(repository: Drafts) -> None:
    repository.write("报告.md", BAD)
    repository.stage("报告.md")
    blocked = repository.commit()
    assert blocked.status == 1
    assert [line.split(" ")[0] for line in findings(blocked)] == [
        f"报告.md:{place}:" for place in ("23:8", "47:58", "52:13", "66:19", "95:4")
    ]
    assert repository.commits() == 1

    repository.write("报告.md", GOOD)
    repository.stage("报告.md")
    passed = repository.commit()
    assert (passed.status, findings(passed)) == (0, [])
    assert "Passed" in passed.shown
    assert repository.commits() == 2


def test_chinese_and_spaced_names(repository: Drafts) -> None:
    # git's core.quotePath is on, so that git itself prints these names as escapes.
    names = [f"{name}.md" for name in ("玉泉县 终稿", "年度 报告（2022）/玉泉", "[玉泉]#1%20", "“玉泉”;$HOME", "l'été")]
    for name in names:
        repository.write(name, BAD)
    repository.stage(".")
    assert "\\347" in repository.git("status", "--short")
    blocked = repository.commit()
    assert blocked.status == 1
    for name in names:
        assert any(line.startswith(f"{name}:{WRONG_VALUE}") for line in findings(blocked))


@pytest.mark.parametrize("serial", ["true", "false"])
def test_files_split_over_processes_give_the_same_findings(repository: Drafts, serial: str) -> None:
    use_harvest_pack(repository)
    repository.hooks("gklint", require_serial=serial)
    repository.keep(".pre-commit-config.yaml")
    # More names than one command line holds: every 40th draft has an error, every 30th a warning.
    folder = "/".join(letter * 220 for letter in "abc")
    for number in range(240):
        text = EMPTY_SECTION if number % 40 == 7 else MARKED if number % 30 == 11 else CLEAN
        repository.write(f"{folder}/报告 {number:03}.md", text)
    repository.stage(folder[:220])
    blocked = repository.commit()
    assert blocked.status == 1
    # prek gives a process as many names as the system takes, unless it may run several at once.
    if repository.tool is PRE_COMMIT or serial == "false":
        assert len([line for line in blocked.lines if "检查了" in line]) > 1, "all files went to one process"

    alone = gklint("check", ".", cwd=repository.folder, rules=False)
    assert alone.status == 1
    assert sorted(findings(blocked)) == alone.out.splitlines()
    assert len(findings(blocked)) == 6 + 8


def test_only_what_is_staged_counts(repository: Drafts) -> None:
    repository.write("报告.md", BAD)
    repository.stage("报告.md")
    repository.write("报告.md", GOOD)
    blocked = repository.commit()
    assert blocked.status == 1
    assert any(WRONG_VALUE in line for line in findings(blocked))
    assert repository.read("报告.md") == GOOD

    repository.stage("报告.md")
    repository.write("报告.md", BAD)
    passed = repository.commit()
    assert (passed.status, findings(passed)) == (0, [])
    assert repository.read("报告.md") == BAD
    assert repository.git("show", "HEAD:报告.md") == GOOD


def test_all_files_looks_at_what_was_committed_before(repository: Drafts) -> None:
    repository.write("2022.md", BAD)
    repository.write("2023.md", GOOD)
    repository.write("README.md", OTHER)
    repository.keep("2022.md", "2023.md", "README.md")
    nothing_staged = repository.run()
    assert (nothing_staged.status, findings(nothing_staged)) == (0, [])
    everything = repository.run("--all-files")
    assert everything.status == 1
    assert {line.split(":")[0] for line in findings(everything)} == {"2022.md"}


def test_a_renamed_draft_is_checked_under_its_new_name(repository: Drafts) -> None:
    repository.write("旧.md", BAD)
    repository.keep("旧.md")
    repository.git("mv", "旧.md", "新.md")
    blocked = repository.commit()
    assert blocked.status == 1
    assert {line.split(":")[0] for line in findings(blocked)} == {"新.md"}

    repository.git("reset", "--quiet", "--hard")
    repository.git("rm", "--quiet", "旧.md")
    deleted = repository.commit()
    assert (deleted.status, findings(deleted)) == (0, [])


def test_what_is_no_report_and_what_is_excluded_is_left_alone(repository: Drafts) -> None:
    repository.write("gklint.yaml", "exclude: [archive/]\n")
    repository.write("archive/2019.md", BAD)
    repository.write("README.md", OTHER)
    repository.write("notes.txt", "今天没有别的事。\n")
    repository.write("图.svg", "<svg/>\n")
    repository.stage(".")
    passed = repository.commit()
    assert (passed.status, findings(passed)) == (0, [])
    # The very same draft elsewhere is not.
    repository.git("mv", "archive/2019.md", "2019.md")
    assert repository.commit().status == 1


def test_a_broken_configuration_stops_the_commit_with_its_line(repository: Drafts) -> None:
    repository.write("gklint.yaml", "lang: zh\nselct: [GK4]\n")
    repository.stage("gklint.yaml")
    blocked = repository.commit()
    assert blocked.status == 1
    assert re.search(r"gklint\.yaml:2:1: .*selct.*select", blocked.shown), blocked.shown
    assert "Traceback" not in blocked.shown

    # It also does when it has come in already and only a draft is staged.
    repository.keep("gklint.yaml")
    repository.write("报告.md", GOOD)
    repository.stage("报告.md")
    blocked = repository.commit()
    assert blocked.status == 1
    assert "gklint.yaml:2:1: " in blocked.shown

    repository.write("gklint.yaml", "lang: zh\nselect: [GK4]\n")
    repository.stage("gklint.yaml")
    assert repository.commit().status == 0


def test_gklint_fix_mends_the_draft_and_lets_it_pass_the_second_time(repository: Drafts) -> None:
    repository.hooks("gklint-fix")
    repository.keep(".pre-commit-config.yaml")
    use_harvest_pack(repository)
    repository.write("收成.md", MARKED)
    repository.write("其他.md", OTHER)
    repository.stage(".")
    changed = repository.commit()
    assert changed.status == 1
    assert "files were modified by this hook" in changed.shown
    assert findings(changed) == []
    assert repository.read("收成.md") == CLEAN
    assert repository.read("其他.md") == OTHER
    assert repository.git("show", ":收成.md") == MARKED, "what is staged is the drafter's to change"

    repository.stage("收成.md")
    passed = repository.commit()
    assert passed.status == 0
    assert repository.git("show", "HEAD:收成.md") == CLEAN


def test_gklint_fix_shows_what_it_cannot_mend(repository: Drafts) -> None:
    repository.hooks("gklint-fix")
    repository.keep(".pre-commit-config.yaml")
    use_harvest_pack(repository)
    repository.write("收成.md", EMPTY_SECTION)
    repository.stage("收成.md")
    for _ in range(2):
        blocked = repository.commit()
        assert blocked.status == 1
        assert [line.split(" ")[:2] for line in findings(blocked)] == [["收成.md:3:4:", "GK105"]]
        assert repository.read("收成.md") == EMPTY_SECTION


def test_arguments_of_the_user_come_behind_those_of_the_hook(repository: Drafts) -> None:
    use_harvest_pack(repository)
    repository.write("收成.md", MARKED)
    repository.write("其他.md", OTHER)
    repository.stage(".")
    assert repository.run().status == 0, "a warning alone lets a commit pass"
    repository.hooks("gklint", args="[--fail-on=warning, --lang=en]")
    repository.stage(".pre-commit-config.yaml")
    strict = repository.run()
    assert strict.status == 1
    assert [line.split(" ")[:2] for line in findings(strict)] == [["收成.md:12:8:", "GK305"]]
    assert "1 warning in 1 file" in strict.shown


def test_on_a_terminal_findings_are_shown_with_their_lines(repository: Drafts) -> None:
    use_harvest_pack(repository)
    repository.write("收成.md", EMPTY_SECTION)
    repository.stage("收成.md")
    shown = repository.run("--color=always").shown
    assert "收成.md:3:4" in shown
    assert "## 一、概况" in shown


def manifest() -> list[dict[str, Any]]:
    hooks: list[dict[str, Any]] = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    return hooks


def test_the_page_on_hooks_asks_for_this_version() -> None:
    page = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")
    [block, *_] = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    [entry] = YAML(typ="safe").load(block)["repos"]
    assert (entry["repo"], entry["rev"]) == (ADDRESS, REV)
    assert {hook["id"] for hook in entry["hooks"]} <= {hook["id"] for hook in manifest()}


@pytest.mark.parametrize("tool", [PRE_COMMIT, PREK], ids=lambda tool: tool.name)
def test_manifest_is_valid(tool: Any, workplace: Any) -> None:
    done = workplace.run(tool.name, "validate-manifest", ROOT / ".pre-commit-hooks.yaml", cwd=ROOT)
    assert done.status == 0, done.shown


def test_hooks_give_options_that_exist() -> None:
    assert [hook["id"] for hook in manifest()] == ["gklint", "gklint-fix"]
    for hook in manifest():
        command, *words = shlex.split(hook["entry"])
        options = build_parser().parse_args([*words, *hook.get("args", []), "报告.md"])
        assert command == "gklint"
        assert options.skip_other
        # Tools give hooks a terminal for their colours, and keep all that is written to it.
        assert options.no_progress
        assert options.fix == hook["id"].endswith("-fix")


@pytest.mark.parametrize("hook", manifest(), ids=lambda hook: hook["id"])
def test_files_are_those_that_a_reader_knows_and_configurations(hook: dict[str, Any]) -> None:
    pattern = re.compile(hook["files"])
    for suffix in FORMATS:
        for name in (f"报告{suffix}", f"a b/报告{suffix.upper()}", f"{suffix}"):
            assert pattern.search(name), name
        assert not pattern.search(f"报告{suffix}.bak")
        assert not pattern.search(f"报告{suffix.replace('.', '')}")
    for name in ("gklint.yaml", "a/.gklint.yaml", "pyproject.toml"):
        assert pattern.search(name), name
    for name in ("my-gklint.yaml", "gklint.yaml.orig", "rules.yaml", "图.svg", "a.md/b.py", "附件.pdf"):
        assert not pattern.search(name), name


def test_rules_over_several_files_have_a_hook_that_sees_them_all() -> None:
    over_files = [code for code in CATALOGUE if code.startswith("GK6")]
    whole = [hook["id"] for hook in manifest() if hook.get("pass_filenames") is False]
    assert bool(over_files) == bool(whole)
