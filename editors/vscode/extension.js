"use strict";

// Offers the tasks "gklint: check" and "gklint: watch" for each folder, and completes those that tasks.json defines.

const vscode = require("vscode");

const TYPE = "gklint";
const MODES = ["check", "watch"];

// What $gklint reads; VS Code counts columns in UTF-16.
const FIXED = ["check", "--output-format=gnu", "--column-unit=utf16", "--color=never", "--no-progress"];

function complete(folder, definition) {
  const settings = vscode.workspace.getConfiguration("gklint", folder.uri);
  const program = settings.get("path", "gklint").split("${workspaceFolder}").join(folder.uri.fsPath);
  const watching = definition.mode === "watch";
  const words = [
    ...FIXED,
    ...(watching ? ["--watch"] : []),
    ...settings.get("arguments", []),
    ...(definition.arguments || []),
    "--",
    ...(definition.paths && definition.paths.length ? definition.paths : ["."]),
  ];
  // Without a shell, so that no name needs quoting.
  const execution = new vscode.ProcessExecution(program, words, { cwd: folder.uri.fsPath });
  const matcher = watching ? "$gklint-watch" : "$gklint";
  const task = new vscode.Task(definition, folder, definition.mode, TYPE, execution, matcher);
  task.isBackground = watching;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent };
  return task;
}

const provider = {
  provideTasks() {
    const folders = vscode.workspace.workspaceFolders || [];
    return folders.flatMap((folder) => MODES.map((mode) => complete(folder, { type: TYPE, mode })));
  },
  resolveTask(task) {
    const folders = vscode.workspace.workspaceFolders || [];
    const folder = task.scope && task.scope.uri ? task.scope : folders[0];
    // The definition must stay the very object that it was.
    return folder && MODES.includes(task.definition.mode) ? complete(folder, task.definition) : undefined;
  },
};

function activate(context) {
  context.subscriptions.push(vscode.tasks.registerTaskProvider(TYPE, provider));
}

module.exports = { activate };
