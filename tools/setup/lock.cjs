"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { readJson, writeJson } = require("./files.cjs");
const { SetupProblem } = require("./problem.cjs");
const { identify, isAlive, end } = require("./processes.cjs");

/**
 * Only one set-up at a time works in a directory. The lock names its owner and the program the owner runs, so that a
 * set-up that was killed leaves nothing in the way: a later one ends the orphaned program and takes over.
 */
class Lock {
  constructor(file) {
    this.file = file;
    this.content = { owner: identify(process.pid), child: null };
  }

  /** @throws SetupProblem when another set-up works here */
  static async take(root) {
    const lock = new Lock(path.join(root, ".setup", "lock.json"));
    fs.mkdirSync(path.dirname(lock.file), { recursive: true });
    for (let tries = 0; tries < 5; tries += 1) {
      if (lock.create()) {
        lock.sweep();
        return lock;
      }
      await lock.clearStale();
    }
    throw new SetupProblem(`The lock ${lock.file} cannot be taken. Fix: delete it when no other set-up runs.`);
  }

  create() {
    // Written aside and linked into place: a lock that is there is never half-written.
    const aside = `${this.file}.${process.pid}`;
    writeJson(aside, this.content);
    try {
      fs.linkSync(aside, this.file);
      return true;
    } catch (thrown) {
      if (thrown.code === "EEXIST") return false;
      throw thrown;
    } finally {
      fs.rmSync(aside, { force: true });
    }
  }

  /** Removes what set-ups that were killed had written aside. */
  sweep() {
    const directory = path.dirname(this.file);
    for (const name of fs.readdirSync(directory)) {
      const pid = /\.(\d+)(?:\.[0-9a-f]+\.tmp)?$/.exec(name)?.[1];
      if (pid !== undefined && !isAlive(identify(Number(pid)))) fs.rmSync(path.join(directory, name), { force: true });
    }
  }

  async clearStale() {
    const found = readJson(this.file);
    if (found === undefined) return;
    if (found.owner && isAlive(found.owner)) {
      throw new SetupProblem(
        `Another set-up works in this directory (process ${found.owner.pid}). Fix: wait until it is done, then run the command again.`,
      );
    }
    if (found.child && !(await end(found.child))) {
      throw new SetupProblem(
        `A program of an earlier set-up still works in this directory (process ${found.child.pid}). Fix: wait until it has ended, or end it, then run the command again.`,
      );
    }
    // Another set-up may have found the same: only the lock that was read may be removed.
    const aside = `${this.file}.stale.${process.pid}`;
    try {
      fs.renameSync(this.file, aside);
    } catch (thrown) {
      if (thrown.code === "ENOENT") return;
      throw thrown;
    }
    if (JSON.stringify(readJson(aside)) !== JSON.stringify(found)) fs.linkSync(aside, this.file);
    fs.rmSync(aside, { force: true });
  }

  /** Notes the program that now works under this lock. */
  working(pid) {
    this.content = { ...this.content, child: pid === undefined ? null : identify(pid) };
    writeJson(this.file, this.content);
  }

  release() {
    fs.rmSync(this.file, { force: true });
  }

  /** Ends the program that works under this lock, and gives the lock back. */
  abandon() {
    const { child } = this.content;
    if (child !== null && isAlive(child)) process.kill(child.pid, "SIGKILL");
    this.release();
  }
}

module.exports = { Lock };
