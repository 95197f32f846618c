import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnycastEvent } from "../../src/core/events";
import { anycast } from "../support/anycast";
import type { AppOnDisk, Ran } from "../support/app";
import { deploy, makeApp } from "../support/app";
import type { HttpState } from "../support/http-state";
import { startHttpState } from "../support/http-state";
import type { S3Server } from "./support/moto";
import { startS3 } from "./support/moto";

jest.setTimeout(600_000);

let s3: S3Server;
let http: HttpState;
let key = 0;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());
beforeEach(async () => {
  key += 1;
  http = await startHttpState();
});
afterEach(() => http.stop());

const SERVERS: readonly [name: string, backend: () => object][] = [
  ["S3, as moto serves it", () => s3.backend(`state-${String(key)}`)],
  ["a state server", () => http.backend],
];

/** Two machines are two directories: each with its own copy of the project, and one state on a server of other people. */
describe.each(SERVERS)("two checkouts of one project with their state in %s", (_name, backendOf) => {
  let here: AppOnDisk;
  let there: AppOnDisk;
  /** What the apply of the first waits for. */
  const go = (): void => writeFileSync(join(here.root, "go"), "");
  const both = (resource?: (root: string) => object): void => {
    const backend = backendOf();
    for (const app of [here, there]) {
      app.write({ it: { input: "x", backend, ...(resource === undefined ? {} : { resource: resource(here.root) }) } });
    }
  };
  const patient = (root: string): object => {
    const command = `touch '${root}/begun'; until [ -e '${root}/go' ]; do sleep 0.1; done`;
    return { terraform_data: { it: { input: "x", provisioner: [{ "local-exec": { command } }] } } };
  };
  beforeEach(() => {
    here = makeApp({});
    there = makeApp({});
  });
  afterEach(() => {
    here.remove();
    there.remove();
  });
  const env = (): NodeJS.ProcessEnv => ({ ...process.env, ...s3.env });

  /** The first is in the middle of its apply when this resolves. */
  async function begin(): Promise<{ readonly ended: Promise<Ran> }> {
    const ended = deploy(here, { env: env() });
    while (!existsSync(join(here.root, "begun"))) await sleep(50);
    return { ended };
  }

  test("deploy at the same time: one succeeds, and the other reports who holds the lock", async () => {
    both(patient);
    const first = await begin();
    const second = await deploy(there, { env: env() });
    expect(second.exitCode).toBe(2);
    expect(second.stacks[0]!.error).toMatchObject({ code: "StateLocked" });
    expect(second.stacks[0]!.error!.message).toMatch(/locked by \S+@\S+ \(OperationTypeApply, since 2/);
    go();
    expect((await first.ended).exitCode).toBe(0);
    expect((await deploy(there, { env: env() })).statuses).toEqual({ it: "unchanged" });
  });

  test("wait for each other's lock, say so, and create nothing a second time", async () => {
    both(patient);
    const first = await begin();
    const waits = ["-lock-timeout=120s"];
    const said: AnycastEvent[] = [];
    const second = deploy(there, {
      env: env(),
      passed: { plan: waits, apply: waits },
      emit: (event) => void said.push(event),
    });
    while (!said.some((event) => JSON.stringify(event).includes("held by"))) await sleep(100);
    go();
    expect((await first.ended).exitCode).toBe(0);
    expect((await second).statuses).toEqual({ it: "unchanged" });
  });

  test("apply a plan that was checked in one once in the other, and in neither again", async () => {
    both();
    const run = (app: AppOnDisk, ...args: string[]): ReturnType<typeof anycast> => anycast(app.root, args, s3.env);
    expect((await run(here, "keys", "new", "r.key")).code).toBe(0);
    const planned = await run(here, "plan", "--save", "plans", "--receipts", "receipts", "--sign-key", "r.key");
    expect([planned.code, planned.code === 0 ? "" : planned.err]).toEqual([0, ""]);
    for (const name of ["plans", "receipts", "r.key.pub"]) {
      cpSync(join(here.root, name), join(there.root, name), { recursive: true });
    }
    const apply = ["apply", "plans", "--require-receipt", "r.key.pub", "--auto-approve"];
    const applied = await run(there, ...apply);
    expect([applied.code, applied.code === 0 ? "" : applied.err]).toEqual([0, ""]);
    expect((await run(there, ...apply)).err).toContain("[ReceiptUsed]");
    const again = await run(here, ...apply);
    expect([again.code, again.err]).toEqual([1, expect.stringMatching(/version of the state .* applied already/)]);

    for (const app of [here, there]) app.write({ it: { input: "y", backend: backendOf() } });
    const demand = ["deploy", "--auto-approve", "--require-receipt", "receipts", "--receipt-key", "r.key.pub"];
    const other = await run(here, ...demand);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining("deploy/receipt")]);
  });
});
