"use strict";
const { spawn } = require("node:child_process");
const os = require("node:os");
const { SetupProblem, knownProblem } = require("./problem.cjs");

/** How much of a failed program's output is shown: programs say the reason first, or last. */
const FIRST_LINES = 30;
const LAST_LINES = 10;

/**
 * Runs a program of the set-up in silence.
 * @throws SetupProblem with a sentence for known failures, else with the end of what the program said
 */
function runQuietly(what, file, args, { cwd, lock, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => (output = (output + chunk).slice(-200000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (cause) => reject(new SetupProblem(`${what} could not be started: ${cause.message}`)));
    try {
      if (child.pid !== undefined) lock.working(child.pid);
    } catch (thrown) {
      child.kill("SIGKILL");
      reject(thrown);
    }
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const end = signal === null ? `exit code ${code}` : `signal ${signal}`;
      reject(new SetupProblem(knownProblem(output) || `${what} failed (${end}):\n${shorten(output)}`));
    });
  });
}

function shorten(output) {
  const lines = output.trimEnd().split("\n");
  if (lines.length <= FIRST_LINES + LAST_LINES) return lines.join("\n");
  return [...lines.slice(0, FIRST_LINES), "…", ...lines.slice(-LAST_LINES)].join("\n");
}

/** Runs a program of ours that reports on stderr; what it prints as its result is not shown. Returns its exit code. */
function runInSight(args, cwd) {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

/** Runs the program this was all for, with our terminal, and ends as it ends. */
function becomeLike(args, cwd) {
  const child = spawn(process.execPath, args, { cwd, stdio: "inherit" });
  // A terminal sends Ctrl-C to the program as well; what comes to us alone is handed on.
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal === null ? code : 128 + os.constants.signals[signal]));
  });
}

module.exports = { runQuietly, runInSight, becomeLike };
