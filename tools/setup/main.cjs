"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { bindingsMatch, makeBindings } = require("./bindings.cjs");
const { compiledMatch, compileSources } = require("./compile.cjs");
const { dependenciesMatch, installDependencies } = require("./dependencies.cjs");
const { Lock } = require("./lock.cjs");
const { SetupProblem, sentenceOf } = require("./problem.cjs");
const { becomeLike, runInSight } = require("./run.cjs");
const { hasTerraform } = require("./terraform.cjs");

const ROOT = path.resolve(__dirname, "..", "..");

/** Steps in order: what is done already is skipped. A later step may be due because an earlier one was done. */
const STEPS = [
  { name: "dependencies from package-lock.json", done: dependenciesMatch, work: installDependencies },
  { name: "provider bindings", done: bindingsMatch, work: (root, lock) => makeBindings(root, lock) },
  { name: "compilation", done: compiledMatch, work: compileSources },
];

const VERBS = {
  start: { terraform: true, program: ["dist", "tools", "demo", "main.js"] },
  test: { terraform: true, program: ["node_modules", "jest", "bin", "jest.js"] },
  setup: { terraform: true },
  build: {},
  bindings: {},
};

/** Sets up what is missing, then does what the verb says. */
async function main(argv) {
  const [name, ...rest] = argv;
  try {
    const verb = Object.hasOwn(VERBS, name || "") ? VERBS[name] : undefined;
    if (verb === undefined) {
      throw new SetupProblem(
        `Expected one of ${Object.keys(VERBS).join(", ")}, got \`${name || "nothing"}\`. Fix: npm start or npm test.`,
      );
    }
    const toFetch = verb.terraform === true && isToFetch(name);
    await (name === "bindings" ? remakeBindings(rest) : setUp());
    if (toFetch) await fetchTerraform();
    if (verb.program !== undefined) process.exitCode = await become(verb.program, rest);
  } catch (thrown) {
    process.stderr.write(`${sentenceOf(thrown)}\n`);
    process.exitCode = 2;
  }
}

/** Whether OpenTofu is to be fetched. A set-up alone runs no terraform, so it does not end where there can be none. */
function isToFetch(name) {
  try {
    return !hasTerraform(ROOT, process.env);
  } catch (thrown) {
    if (name !== "setup" || !(thrown instanceof SetupProblem)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    return false;
  }
}

async function setUp() {
  const began = performance.now();
  if (STEPS.every((step) => step.done(ROOT))) {
    process.stderr.write(`set-up: nothing to do${took(began)}\n`);
    return;
  }
  await underLock(async (lock) => {
    for (const step of STEPS) if (!step.done(ROOT)) await report(step.name, () => step.work(ROOT, lock));
  });
}

async function remakeBindings(args) {
  const unknown = args.find((arg) => arg !== "--all");
  if (unknown !== undefined)
    throw new SetupProblem(`Expected the option to be --all, got \`${unknown}\`. Fix: npm run bindings -- --all`);
  await underLock(async (lock) => {
    if (!dependenciesMatch(ROOT)) await report(STEPS[0].name, () => installDependencies(ROOT, lock));
    await report("provider bindings", () => makeBindings(ROOT, lock, args.includes("--all")));
  });
}

async function underLock(work) {
  const lock = await Lock.take(ROOT);
  const stop = (signal) => {
    lock.abandon();
    process.stderr.write(`\nStopped by ${signal}; the next run goes on from here.\n`);
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    await work(lock);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    lock.release();
  }
}

/** Last, since what fetches it is compiled by then; it says itself what it does. */
async function fetchTerraform() {
  const code = await runInSight([path.join(ROOT, "bin", "anycast"), "setup"], ROOT);
  if (code !== 0) throw new SetupProblem("There is no terraform to run, see above.");
}

/** One line per step: its name while it works, its time when it is done. */
async function report(name, work) {
  const began = performance.now();
  process.stderr.write(`set-up: ${name} …`);
  try {
    await work();
    process.stderr.write(`${took(began)}\n`);
  } catch (thrown) {
    process.stderr.write(" failed\n");
    throw thrown;
  }
}

function took(began) {
  return ` (${((performance.now() - began) / 1000).toFixed(1)} s)`;
}

async function become(program, args) {
  const file = path.join(ROOT, ...program);
  if (!fs.existsSync(file))
    throw new SetupProblem(
      `Expected ${path.relative(ROOT, file)} to be there, but it is missing. Fix: restore its source from git.`,
    );
  return becomeLike([file, ...args], ROOT);
}

module.exports = { main };
