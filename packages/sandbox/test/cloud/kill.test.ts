import { spawn } from "node:child_process";
import { join } from "node:path";
import { readCloud } from "../../src/cloud";
import { newDirectory, testCloud, tidy } from "./harness";

afterAll(tidy);
// Each run starts a process that compiles the sandbox first.
jest.setTimeout(120_000);

interface Ended {
  readonly signal: NodeJS.Signals | null;
  /** Ids that the worker said were confirmed. */
  readonly confirmed: readonly string[];
}

/** Runs the worker and kills it `after` milliseconds after it began to work; undefined waits for its own end. */
function work(directory: string, after: number | undefined, fault = ""): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const worker = join(__dirname, "support", "worker.ts");
    const child = spawn(process.execPath, ["--import", "tsx", worker, directory, fault], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => {
      if (out === "" && after !== undefined) setTimeout(() => child.kill("SIGKILL"), after);
      out += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal === null) return reject(new Error(`the worker ended by itself with ${code}: ${err}`));
      // The last line may be cut off in the middle.
      const lines = out.slice(0, out.lastIndexOf("\n") + 1).split("\n");
      resolve({ signal, confirmed: lines.filter((line) => line.startsWith("aeip-")) });
    });
  });
}

const idsIn = (directory: string): Set<string> =>
  new Set(
    readCloud(directory)
      .snapshot.objects.filter((one) => one.kind === "anycast-eip")
      .map((one) => one.id),
  );

describe("a sandbox killed by SIGKILL", () => {
  test("has everything it confirmed and at most the request in progress, however often it is killed", async () => {
    const directory = newDirectory();
    const confirmed: string[] = [];
    for (const after of [0, 30, 90, 200, 350]) {
      const ended = await work(directory, after);
      expect(ended.signal).toBe("SIGKILL");
      confirmed.push(...ended.confirmed);
      const there = idsIn(directory);
      expect(confirmed.filter((id) => !there.has(id))).toEqual([]);
    }
    expect(confirmed.length).toBeGreaterThan(100);
    // Four at a time are under way in each of the five runs.
    expect(idsIn(directory).size - confirmed.length).toBeLessThanOrEqual(20);
    const t = await testCloud({ directory, clock: Date.now });
    const { AnycastList, TotalCount } = await t.call("Eipanycast", "ListAnycastEipAddresses", { MaxResults: "100" });
    expect(TotalCount).toBe(idsIn(directory).size);
    expect(AnycastList[0]).toMatchObject({ Name: "from-the-worker", Status: "Allocated" });
  });
});

describe("a sandbox that a fault rule kills", () => {
  test.each([
    ["before the action", "crash:AllocateAnycastEipAddress:before", 0],
    ["in the middle of the write", "crash:AllocateAnycastEipAddress:torn", 0],
    ["after the action, before the answer", "crash:AllocateAnycastEipAddress:after", 1],
  ])("%s reopens in the right state", async (_, fault, least) => {
    const directory = newDirectory();
    const ended = await work(directory, undefined, fault);
    expect(ended).toEqual({ signal: "SIGKILL", confirmed: [] });
    const there = idsIn(directory).size;
    // The three calls next to the one that dies may have been written, but not answered.
    expect(there).toBeGreaterThanOrEqual(least);
    expect(there).toBeLessThanOrEqual(4);
    const t = await testCloud({ directory, clock: Date.now });
    await t.call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
    expect(idsIn(directory).size).toBe(there + 1);
  });
});
