import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { makeApp } from "../support/app";
import { REPOSITORY } from "../support/cloud-project";

jest.setTimeout(300_000);

/** A plan waits until so many are at work, and a little longer, so that one too many would show. */
const TERRAFORM = `#!/bin/sh
case "$1" in plan) ;; *) exec terraform "$@" ;; esac
echo + >>"$LOG"
tries=0
while [ "$(grep -c + "$LOG")" -lt "$WANTED" ] && [ $tries -lt 600 ]; do tries=$((tries + 1)); sleep 0.1; done
sleep 0.5
terraform "$@"
code=$?
echo - >>"$LOG"
exit $code
`;

/** The most plans that were being made at the same time. */
function mostIn(log: string): number {
  let [now, most] = [0, 0];
  for (const line of log.trim().split("\n")) {
    now += line === "+" ? 1 : -1;
    most = Math.max(most, now);
  }
  return most;
}

/** Numbers of the cores that this process may use, which need not begin with 0. */
const CORES = /^Cpus_allowed_list:\s*(\S+)/m
  .exec(readFileSync("/proc/self/status", "utf8"))![1]!
  .split(",")
  .flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, at) => first! + at);
  });

test.each([1, 2].filter((cores) => cores <= CORES.length))(
  "on %s of the cores as many stacks are planned at the same time, unless told otherwise",
  async (cores) => {
    const app = makeApp(Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, { input: "x" }])));
    try {
      const bin = join(app.root, "bin");
      mkdirSync(bin);
      writeFileSync(join(bin, "slow-terraform"), TERRAFORM);
      chmodSync(join(bin, "slow-terraform"), 0o755);
      const log = join(app.root, "log");
      const env = {
        ...process.env,
        CI: "1",
        ANYCAST_TERRAFORM: join(bin, "slow-terraform"),
        LOG: log,
        WANTED: String(cores),
      };
      const own = ["-c", CORES.slice(0, cores).join(), join(REPOSITORY, "bin/anycast"), "plan"];
      const { exitCode, stderr } = await run("taskset", own, { cwd: app.root, env });
      expect([exitCode, exitCode === 0 ? "" : stderr.toString()]).toEqual([0, ""]);
      const said = readFileSync(log, "utf8");
      expect([said.match(/\+/g)?.length, mostIn(said)]).toEqual([4, cores]);
    } finally {
      app.remove();
    }
  },
);
