import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { isAlive } from "../../src/core/process-identity";
import { BY_TERRAFORM, planFile } from "../plan/support/plan-file";
import { REPOSITORY } from "../support/cloud-project";
import { until } from "./support/terminal";

/** Takes minutes, as terraform does for a plan of hundreds of megabytes, and starts another program, as a provider is one. */
const SLOW = `#!/bin/sh
sleep 600 &
echo "$$ $!" >pids.part && mv pids.part pids
wait
`;

describe("anycast check that is stopped while terraform shows the plan", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "anycast-stopped-"));
    writeFileSync(join(directory, "p.tfplan"), planFile(BY_TERRAFORM, ""));
    writeFileSync(join(directory, "slow"), SLOW, { mode: 0o755 });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s ends by it, and leaves no process", async (signal) => {
    const env = { ...process.env, TERRAFORM_BINARY_NAME: join(directory, "slow") };
    const pids = join(directory, "pids");
    let kill = (_signal: NodeJS.Signals): void => undefined;
    const onSpawn = (_pid: number, given: typeof kill): void => void (kill = given);
    const ended = run(join(REPOSITORY, "bin/anycast"), ["check", "p.tfplan"], { cwd: directory, env, onSpawn });
    await until(
      () => existsSync(pids),
      () => "",
    );
    kill(signal);
    expect(await ended).toMatchObject({ signal, exitCode: null });
    const started = readFileSync(pids, "utf8").trim().split(" ").map(Number);
    expect(started).toHaveLength(2);
    await until(
      () => !started.some(isAlive),
      () => `${String(started)} are still there`,
    );
  });
});
