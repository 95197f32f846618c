"use strict";
const fs = require("node:fs");

/** What tells a process from a later one with the same number, where the system says it (Linux); else null. */
function startedAt(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : fields[19];
  } catch {
    return null;
  }
}

/** `{ pid, started }` of a running process. */
function identify(pid) {
  return { pid, started: startedAt(pid) };
}

/** True while that very process runs. */
function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return thrown.code === "EPERM";
  }
  return process.platform !== "linux" || startedAt(pid) === started;
}

/** Ends a process that is certainly the one meant, and waits for its end. Returns whether it is gone. */
async function end(one) {
  if (!isAlive(one)) return true;
  if (one.started === null) return false;
  process.kill(one.pid, "SIGKILL");
  for (let tries = 0; tries < 100 && isAlive(one); tries += 1) await new Promise((done) => setTimeout(done, 50));
  return !isAlive(one);
}

module.exports = { identify, isAlive, end };
