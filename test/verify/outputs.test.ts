import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { addressesAt, addressesIn, addressesOfProject } from "../../src/verify";

const PLAIN = "http://47.236.0.1/";
const ACCELERATED = "http://139.95.0.1/";
const BOTH = { plain: PLAIN, accelerated: ACCELERATED };

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-outputs-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const outputs = { plain_url: { value: PLAIN }, accelerated_url: { value: ACCELERATED }, other: { value: [1] } };

describe("the addresses in a deployment's outputs", () => {
  it.each([
    ["what `terraform output -json` prints", outputs],
    ["what `cdktf deploy --outputs-file` writes", { quickstart: { plain_url: PLAIN, accelerated_url: ACCELERATED } }],
    [
      "the same next to another stack",
      { network: { vpc: "vpc-1" }, app: { plain_url: PLAIN, accelerated_url: ACCELERATED } },
    ],
    ["plain pairs", { plain_url: PLAIN, accelerated_url: ACCELERATED }],
    ["a state", { version: 4, outputs }],
  ])("are found in %s", (_what, document) => {
    expect(addressesIn(document, "x")).toEqual(BOTH);
  });

  it.each([
    ["nothing", {}, "OutputsMissing"],
    ["one of them", { plain_url: { value: PLAIN } }, "OutputsMissing"],
    ["an empty one", { plain_url: { value: PLAIN }, accelerated_url: { value: "" } }, "OutputsMissing"],
    ["a number", { plain_url: { value: PLAIN }, accelerated_url: { value: 7 } }, "OutputsMissing"],
    ["a value that is not an object", [1], "OutputsMissing"],
    ["null", null, "OutputsMissing"],
    [
      "two stacks",
      { a: { plain_url: PLAIN, accelerated_url: "x" }, b: { plain_url: "y", accelerated_url: "z" } },
      "OutputsAmbiguous",
    ],
  ])("are not found in %s", (_what, document, code) => {
    expect(() => addressesIn(document, "x")).toThrow(expect.objectContaining({ code }));
  });

  it("are read from a file", async () => {
    const file = join(directory, "outputs.json");
    writeFileSync(file, JSON.stringify(outputs));
    expect(await addressesAt(file)).toEqual(BOTH);
    writeFileSync(file, "{");
    await expect(addressesAt(file)).rejects.toMatchObject({ code: "OutputsNotReadable" });
    await expect(addressesAt(join(directory, "none"))).rejects.toMatchObject({ code: "OutputsNotReadable" });
  });
});

describe("the addresses of a stack that terraform deployed", () => {
  /** A stack without resources: what counts is that terraform keeps its outputs. */
  async function deploy(name: string, output: object): Promise<void> {
    const stack = join(directory, "cdktf.out", "stacks", name);
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ output }));
    for (const args of [["init"], ["apply", "-auto-approve"]]) {
      const done = await run(terraformBinary(), args, { cwd: stack, env: terraformEnvironment() });
      expect(done.stderr.toString()).toBe("");
      expect(done.exitCode).toBe(0);
    }
  }

  it("are read from terraform, and the stack is found by its outputs", async () => {
    await deploy("quickstart", outputs);
    await deploy("network", { vpc: { value: "vpc-1" } });
    expect(await addressesOfProject(directory)).toEqual(BOTH);
    expect(await addressesAt(join(directory, "cdktf.out", "stacks", "quickstart"))).toEqual(BOTH);
    await deploy("second", outputs);
    await expect(addressesOfProject(directory)).rejects.toMatchObject({ code: "OutputsAmbiguous" });
    expect(await addressesOfProject(directory, ["second"])).toEqual(BOTH);
    await expect(addressesOfProject(directory, ["network"])).rejects.toThrow(/both with a URL, got `vpc`/);
  });

  it("are missing before anything was synthesised or deployed", async () => {
    await expect(addressesOfProject(directory)).rejects.toMatchObject({ code: "OutputsMissing" });
    await expect(addressesOfProject(directory, ["nope"])).rejects.toMatchObject({ code: "OutputsNotReadable" });
    const stack = join(directory, "cdktf.out", "stacks", "fresh");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ output: outputs }));
    await expect(addressesOfProject(directory)).rejects.toMatchObject({ code: "OutputsMissing" });
  });
});
