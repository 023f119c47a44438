"""The VS Code extension: what its build packs, by VS Code's rules, and the tasks that it offers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pytest

from gklint.cli.main import build_parser
from tests.editors.javascript import evaluate

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "editors" / "vscode"
PACKAGE = json.loads((FOLDER / "package.json").read_text("utf-8"))
SCHEMA = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The extension, packed by its own build."""
    folder = tmp_path_factory.mktemp("vsix")
    done = subprocess.run(
        [sys.executable, "-I", str(FOLDER / "build.py"), "--out", str(folder)],
        capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    [built] = folder.iterdir()
    assert done.stdout.strip() == str(built)
    assert built.name == f"gklint-{PACKAGE['version']}.vsix"
    return zipfile.ZipFile(built)


def test_two_builds_are_the_same(package: zipfile.ZipFile, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FOLDER / "build.py"), "--out", str(tmp_path)], check=True, capture_output=True)
    [again] = tmp_path.iterdir()
    assert again.read_bytes() == Path(str(package.filename)).read_bytes()


def test_every_file_has_a_type_and_is_what_it_is_called(package: zipfile.ZipFile) -> None:
    assert package.testzip() is None
    names = set(package.namelist())
    assert names == {
        "[Content_Types].xml",
        "extension.vsixmanifest",
        *(f"extension/{name}" for name in ("package.json", "extension.js", "README.md", "LICENSE.txt")),
    }
    root = ET.fromstring(package.read("[Content_Types].xml"))
    assert root.tag == "{http://schemas.openxmlformats.org/package/2006/content-types}Types"
    typed = {element.attrib["Extension"] for element in root}
    assert {Path(name).suffix for name in names - {"[Content_Types].xml"}} == typed
    assert json.loads(package.read("extension/package.json")) == PACKAGE
    assert package.read("extension/LICENSE.txt") == (ROOT / "LICENSE").read_bytes()


def test_the_manifest_says_what_the_package_says(package: zipfile.ZipFile) -> None:
    root = ET.fromstring(package.read("extension.vsixmanifest"))
    assert root.tag == f"{SCHEMA}PackageManifest"
    assert root.attrib["Version"] == "2.0.0"
    identity = root.find(f".//{SCHEMA}Identity")
    assert identity is not None
    assert identity.attrib == {
        "Language": "en-US",
        "Id": PACKAGE["name"],
        "Version": PACKAGE["version"],
        "Publisher": PACKAGE["publisher"],
    }
    properties = {found.attrib["Id"]: found.attrib["Value"] for found in root.iter(f"{SCHEMA}Property")}
    assert properties["Microsoft.VisualStudio.Code.Engine"] == PACKAGE["engines"]["vscode"]
    assert properties["Microsoft.VisualStudio.Code.ExecutesCode"] == "true"
    [target] = root.iter(f"{SCHEMA}InstallationTarget")
    assert target.attrib["Id"] == "Microsoft.VisualStudio.Code"
    assets = {found.attrib["Type"]: found.attrib["Path"] for found in root.iter(f"{SCHEMA}Asset")}
    assert assets["Microsoft.VisualStudio.Code.Manifest"] == "extension/package.json"
    assert set(assets.values()) <= set(package.namelist())


def test_the_package_keeps_the_rules_of_extensions() -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", PACKAGE["name"])
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", PACKAGE["publisher"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", PACKAGE["version"])
    assert re.fullmatch(r"\^\d+\.\d+\.\d+", PACKAGE["engines"]["vscode"])
    assert len(PACKAGE["keywords"]) <= 30
    # With a main there must be something that starts it, and it must be there.
    assert PACKAGE["activationEvents"] == ["onTaskType:gklint"]
    assert (FOLDER / PACKAGE["main"]).is_file()
    assert "dependencies" not in PACKAGE
    assert "<svg" not in (FOLDER / "README.md").read_text("utf-8")


def test_what_it_contributes_hangs_together() -> None:
    contributes = PACKAGE["contributes"]
    patterns = {f"${pattern['name']}" for pattern in contributes["problemPatterns"]}
    matchers = {matcher["name"]: matcher for matcher in contributes["problemMatchers"]}
    assert set(matchers) == {"gklint", "gklint-watch"}
    for matcher in matchers.values():
        assert matcher["pattern"] in patterns
        # Both write to one list, so that a check takes away what the last one left.
        assert matcher["owner"] == "gklint"
        assert matcher["applyTo"] in ("allDocuments", "openDocuments", "closedDocuments")
    for pattern in contributes["problemPatterns"]:
        assert {"regexp", "file", "line", "message"} <= set(pattern)
    [definition] = contributes["taskDefinitions"]
    assert set(definition["required"]) <= set(definition["properties"])
    for name in contributes["configuration"]["properties"]:
        assert name.startswith("gklint.")


RUN = """
const Module = require("module");
const vscode = {
  workspace: {
    workspaceFolders: given.folders.map((path) => ({ uri: { fsPath: path } })),
    getConfiguration: () => ({ get: (key, other) => key in given.settings ? given.settings[key] : other }),
  },
  tasks: { registerTaskProvider: (type, provider) => { registered = { type, provider }; return {}; } },
  TaskRevealKind: { Silent: 2 },
  ProcessExecution: class {
    constructor(program, words, options) { Object.assign(this, { program, words, options }); }
  },
  Task: class {
    constructor(definition, scope, name, source, execution, matcher) {
      Object.assign(this, { definition, scope, name, source, execution, matcher });
    }
  },
};
let registered;
const load = Module._load;
Module._load = (name, ...others) => name === "vscode" ? vscode : load(name, ...others);
const context = { subscriptions: [] };
require(given.extension).activate(context);
const { type, provider } = registered;
const resolved = given.resolve.map((definition) => {
  const task = provider.resolveTask({ definition, scope: vscode.workspace.workspaceFolders[0] });
  return task === undefined ? null : { same: task.definition === definition, ...task };
});
return { type, count: context.subscriptions.length, tasks: provider.provideTasks(), resolved };
"""


def run(settings: dict[str, Any], resolve: list[dict[str, Any]], folders: list[str]) -> Any:
    given = {"extension": str(FOLDER / "extension.js"), "settings": settings, "resolve": resolve, "folders": folders}
    return evaluate(RUN, given)


def test_it_offers_a_check_and_a_watch_for_each_folder() -> None:
    found = run({}, [], ["/w/报告 一", "/w/b"])
    assert (found["type"], found["count"]) == ("gklint", 1)
    assert [(task["name"], task["execution"]["options"]["cwd"], task["matcher"]) for task in found["tasks"]] == [
        ("check", "/w/报告 一", "$gklint"),
        ("watch", "/w/报告 一", "$gklint-watch"),
        ("check", "/w/b", "$gklint"),
        ("watch", "/w/b", "$gklint-watch"),
    ]
    assert [task["isBackground"] for task in found["tasks"]] == [False, True, False, True]


def test_its_commands_can_be_given() -> None:
    definition = {"type": "gklint", "mode": "watch", "paths": ["年 报", "-x"], "arguments": ["--lang=en"]}
    settings = {"path": "${workspaceFolder}/.venv/bin/gklint", "arguments": ["--quiet"]}
    found = run(settings, [definition, {"type": "gklint", "mode": "sing"}], ["/w/报告 一"])
    [task, none] = found["resolved"]
    assert none is None
    assert task["same"] is True
    assert task["execution"]["program"] == "/w/报告 一/.venv/bin/gklint"
    for words in (task["execution"]["words"], *(each["execution"]["words"] for each in found["tasks"])):
        options = build_parser().parse_args(words)
        assert [entry.format for entry in options.output_format] == ["gnu"]
        assert options.column_unit == "utf16"
    options = build_parser().parse_args(task["execution"]["words"])
    assert (options.watch, options.paths, options.lang, options.quiet) == (True, ["年 报", "-x"], "en", True)
