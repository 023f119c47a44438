"""The action, the template and the jobs of ``docs/ci.md``: their schemas hold, their scripts run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from gklint.cli.main import build_parser
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, PACK
from tests.editors.javascript import matches

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = (ROOT / "docs" / "ci.md").read_text("utf-8")
JOBS = re.findall(r"^```yaml\n(# (\S+)\n.*?)^```$", GUIDE, re.M | re.S)
SCHEMAS = {
    ".github/workflows/gklint.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "azure-pipelines.yml": "vendor.azure-pipelines",
}
ACTION = YAML(typ="safe").load((ROOT / "action.yml").read_text("utf-8"))
TEMPLATE = YAML(typ="safe").load((ROOT / "templates" / "gklint.gitlab-ci.yml").read_text("utf-8"))
BASH = shutil.which("bash")
_NOTHING = {"fail-on": "that of `gklint.yaml`, or `error`"}
"""What the guide says of inputs whose default is nothing, where it says more than that."""


def validate(schema: str, file: Path) -> None:
    # Azure's schema has expressions that only the older mode of JavaScript takes.
    options = ["--builtin-schema", schema, "--regex-variant", "nonunicode"]
    command = [sys.executable, "-m", "check_jsonschema", *options, str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_yaml_block_of_the_guide_is_a_job() -> None:
    assert len(JOBS) == GUIDE.count("```yaml\n") == 5
    assert {name for _, name in JOBS} == set(SCHEMAS)


@pytest.mark.parametrize(("text", "name"), JOBS, ids=[name for _, name in JOBS])
def test_jobs_of_the_guide_fit_their_platform(text: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / Path(name).name
    file.write_text(text, "utf-8")
    validate(SCHEMAS[name], file)


@pytest.mark.parametrize(
    ("name", "schema"),
    [("action.yml", "vendor.github-actions"), ("templates/gklint.gitlab-ci.yml", "vendor.gitlab-ci")],
)
def test_the_action_and_the_template_fit_their_platform(name: str, schema: str) -> None:
    validate(schema, ROOT / name)


def test_a_schema_refuses_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "action.yml"
    wrong.write_text((ROOT / "action.yml").read_text("utf-8").replace("using: composite", "using: magic"), "utf-8")
    with pytest.raises(AssertionError):
        validate("vendor.github-actions", wrong)


def test_every_command_of_the_guide_can_be_given() -> None:
    lines = re.findall(r"\bgklint check ([^\n`|'#]*)", GUIDE)
    commands = [line for line in lines if line.startswith("-")]
    assert len(commands) >= 9
    for line in commands:
        build_parser().parse_args(["check", *shlex.split(line)])


def test_the_guide_lists_the_inputs_of_the_action() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| [^|]* \| ?([^|]*?) ?\|$", GUIDE, re.M))
    for name, given in ACTION["inputs"].items():
        default = str(given["default"])
        assert rows[name] == (f"`{default}`" if default else _NOTHING.get(name, "")), name
    for given in ACTION["inputs"].values():
        assert given["description"].strip()


def test_no_script_of_the_action_takes_text_from_outside() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)
    for step in ACTION["runs"]["steps"]:
        for other in re.findall(r"steps\.([\w-]+)\.", json.dumps(step)):
            assert other in {entry.get("id") for entry in ACTION["runs"]["steps"]}


# Running the scripts.


def git(folder: Path, *words: str) -> None:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    people = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *words], cwd=folder, env={**clean, **settings, **people}, check=True, capture_output=True)


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with the commands ``gklint``, of this checkout and with the harvest pack alone, and ``pip``."""
    folder = tmp_path / "bin 目录"
    folder.mkdir()
    texts = {
        "gklint": f'"{sys.executable}" -m gklint "$1" --no-builtin-rules --rules="{PACK}" "${{@:2}}"',
        "pip": 'printf "%s\\n" "$@" >> "$PIP_LOG"',
    }
    for name, text in texts.items():
        path = folder / name
        path.write_text(f"#!{BASH}\n{text}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A clone of a repository whose branch ``main`` has a mistake already."""
    origin = tmp_path / "origin"
    (origin / "年 报").mkdir(parents=True)
    (origin / "年 报" / "旧 (1).md").write_text(EMPTY_SECTION, "utf-8")
    (origin / "b.md").write_text(CLEAN, "utf-8")
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", "-A")
    git(origin, "commit", "-q", "-m", "x")
    folder = tmp_path / "workspace"
    git(tmp_path, "clone", "-q", str(origin), str(folder))
    return folder


def bash(script: str, folder: Path, commands: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    assert BASH is not None
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT", "CI"))},
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "GKLINT_CACHE_DIR": str(commands / "cache"),
            "PIP_LOG": str(commands / "pip.log"),
            **variables,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def act(workspace: Path, commands: Path, base_ref: str = "", **inputs: str) -> tuple[int, list[str], dict[str, str]]:
    """Run the step that checks: its status, its log, its outputs."""
    [step] = [step for step in ACTION["runs"]["steps"] if step.get("id") == "check"]
    given = {name: str(entry["default"]) for name, entry in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}

    def filled(value: str) -> str:
        value = value.replace("${{ steps.install.outputs.bin }}", str(commands))
        value = value.replace("${{ github.action_path }}", str(ROOT))
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)

    output = commands / "output"
    output.write_text("", "utf-8")
    variables = {name: filled(str(value)) for name, value in step["env"].items()}
    assert not any("${{" in value for value in variables.values())
    done = bash(step["run"], workspace, commands, GITHUB_OUTPUT=str(output), GITHUB_BASE_REF=base_ref, **variables)
    pairs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
    return done.returncode, done.stdout.splitlines(), pairs


def sarif_codes(file: Path) -> list[str]:
    [run] = json.loads(file.read_bytes())["runs"]
    return [result["ruleId"] for result in run["results"]]


def test_the_action_checks_and_annotates(workspace: Path, commands: Path) -> None:
    status, log, outputs = act(workspace, commands)
    assert status == 1
    assert outputs == {"exit-code": "1"}
    assert log[0] == f"::add-matcher::{ROOT}/gklint-matcher.json"
    assert log[-2:] == ["::remove-matcher owner=gklint::", "::remove-matcher owner=gklint-info::"]
    assert Path(log[0].removeprefix("::add-matcher::")).exists()
    matcher = json.loads((ROOT / "gklint-matcher.json").read_text("utf-8"))["problemMatcher"][0]["pattern"][0]
    [found] = [found for found in matches(matcher["regexp"], log) if found]
    assert found[matcher["file"]] == "年 报/旧 (1).md"
    assert sarif_codes(workspace / "gklint.sarif") == ["GK105"]


def test_the_action_holds_a_pull_request_to_what_it_changes(workspace: Path, commands: Path) -> None:
    (workspace / "b.md").write_text(MARKED, "utf-8")
    status, _, _ = act(workspace, commands, "main", diff_base="auto", annotations="false")
    assert status == 0
    assert sarif_codes(workspace / "gklint.sarif") == ["GK305"]
    status, log, _ = act(workspace, commands, "main", diff_base="auto", fail_on="warning", annotations="false")
    assert status == 1
    assert [line.split(":")[0] for line in log] == ["b.md"]
    # A push has no base: everything counts.
    status, _, _ = act(workspace, commands, "", diff_base="auto")
    assert status == 1
    status, _, outputs = act(workspace, commands, diff_base="nowhere")
    assert (status, outputs["exit-code"]) == (2, "2")


def test_the_action_takes_names_and_options_as_they_are(workspace: Path, commands: Path) -> None:
    odd = "$(touch hacked) `touch hacked`; 报告.md"
    (workspace / odd).write_text(MARKED, "utf-8")
    status, log, _ = act(workspace, commands, paths=f"{odd}\r\n年 报\n\n", args="--lang=en\n--select=GK305,GK105\n")
    assert status == 1
    assert [line.split(":")[0] for line in log[1:-2]] == [odd, "年 报/旧 (1).md"]
    assert not (workspace / "hacked").exists()
    status, _, outputs = act(workspace, commands, paths="none.md")
    assert (status, outputs["exit-code"]) == (2, "2")


@pytest.mark.slow
def test_the_action_installs_from_its_own_checkout(tmp_path: Path) -> None:
    [step] = [step for step in ACTION["runs"]["steps"] if step.get("id") == "install"]
    output = tmp_path / "output"
    done = bash(
        step["run"],
        tmp_path,
        tmp_path,
        GKLINT_PYTHON=sys.executable,
        GKLINT_SOURCE=str(ROOT),
        GKLINT_HOME=str(tmp_path / "home"),
        GITHUB_OUTPUT=str(output),
    )
    assert done.returncode == 0, done.stderr
    folder = output.read_text("utf-8").strip().removeprefix("bin=")
    shown = subprocess.run([f"{folder}/gklint", "--version"], capture_output=True, encoding="utf-8", check=True)
    assert shown.stdout.startswith("gklint ")


def script(job: dict[str, Any]) -> str:
    return "\n".join(job["script"])


def test_the_template_writes_its_reports(workspace: Path, commands: Path) -> None:
    job = TEMPLATE["gklint"]
    variables = {**TEMPLATE["variables"], "CI_PROJECT_DIR": str(workspace)}
    done = bash(script(job), workspace, commands, **variables)
    assert done.returncode == 1, done.stderr
    assert (commands / "pip.log").read_text("utf-8").split() == ["install", "--quiet", "gklint"]
    reports = job["artifacts"]["reports"]
    [issue] = json.loads((workspace / reports["codequality"]).read_bytes())
    assert issue["location"]["path"] == "年 报/旧 (1).md"
    assert b'failures="1"' in (workspace / reports["junit"]).read_bytes()
    assert "年 报/旧 (1).md:3:4: GK105 " in done.stdout


def test_the_template_holds_a_merge_request_to_what_it_changes(workspace: Path, commands: Path) -> None:
    variables = {**TEMPLATE["variables"], "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    (workspace / "b.md").write_text(EMPTY_SECTION, "utf-8")
    done = bash(script(TEMPLATE["gklint changes"]), workspace, commands, **variables)
    assert done.returncode == 1, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["b.md"]
