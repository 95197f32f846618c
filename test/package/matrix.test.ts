import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { mustWork, pack } from "./consumer-project";
import { coverageOf, JESTS, MANAGERS, RUNS } from "./support/coverage";
import { install } from "./support/install";
import { installTools } from "./support/tools";

// Four package managers install real packages here, one after the other.
jest.setTimeout(600_000);

const place = mkdtempSync(join(tmpdir(), "matrix-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

let tools: Awaited<ReturnType<typeof installTools>>;
let tarball: string;
let sandbox: string;
beforeAll(async () => {
  tools = await installTools(join(place, "tools"));
  tarball = (await pack(place)).file;
  sandbox = (await pack(place, "alicloud-sandbox")).file;
});

const RESOURCES =
  "alicloud_eipanycast_anycast_eip_address alicloud_eipanycast_anycast_eip_address_attachment alicloud_security_group alicloud_slb_load_balancer alicloud_vpc alicloud_vswitch";

/** A consumer's project: the same two files once as CommonJS and once as ES modules, and a jest test of each kind. */
function writeProject(directory: string): void {
  cpSync(join(__dirname, "consumer"), directory, { recursive: true });
  mkdirSync(join(directory, "esm"));
  for (const name of readdirSync(join(directory, "cjs"))) {
    const text = readFileSync(join(directory, "cjs", name), "utf8");
    writeFileSync(join(directory, "esm", name), text.replace('"./library"', '"./library.js"'));
  }
  const settings = { target: "ES2022", module: "commonjs", moduleResolution: "node10", strict: true, types: ["node"] };
  writeFileSync(join(directory, "cjs", "tsconfig.json"), JSON.stringify({ compilerOptions: settings }));
  writeFileSync(join(directory, "cjs", "package.json"), JSON.stringify({ type: "commonjs" }));
  writeFileSync(join(directory, "esm", "package.json"), JSON.stringify({ type: "module" }));
  const dependencies = { "cdktf-alicloud-anycast": `file:${tarball}`, cdktf: "0.21.0", constructs: "10.6.0" };
  const devDependencies = {
    "@types/node": "20.19.43",
    "alicloud-sandbox": `file:${sandbox}`,
    jest: "30.5.2",
    "ts-node": "10.9.2",
    tsx: "4.23.15",
    typescript: "5.9.3",
  };
  const manifest = { name: "consumer", version: "1.0.0", private: true, dependencies, devDependencies };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest));
}

describe.each(MANAGERS)("the packed library, installed by %s", (manager) => {
  const { cells, runs, jests } = coverageOf(manager);
  const directory = join(place, manager);
  const node = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> => {
    const all = { ...terraformEnvironment(), CDKTF_OUTDIR: join(directory, "cdktf.out"), ...env };
    return mustWork(args.join(" "), await run(process.execPath, args, { cwd: directory, env: all })).trim();
  };

  beforeAll(async () => {
    mkdirSync(directory);
    writeProject(directory);
    await install(manager, directory, tools);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it(`passes the compiler as ${cells.join(", ")}, as a library with declarations too`, async () => {
    const clean = Object.fromEntries(cells.map((cell) => [cell, []]));
    expect(JSON.parse(await node(["compile.cjs", ...cells]))).toEqual(clean);
    for (const cell of cells.filter((name) => !name.endsWith("-bundler"))) {
      const app = join(cell.slice(0, 3), `out-${cell}`, "app.js");
      expect([cell, await node([app])]).toEqual([cell, RESOURCES]);
    }
  });

  it.each(runs)("runs: %s", async (name) => {
    const env = { TS_NODE_PROJECT: join(directory, "cjs", "tsconfig.json"), TS_NODE_TRANSPILE_ONLY: "1" };
    const esm = name === "ES modules under ts-node" ? { TS_NODE_COMPILER_OPTIONS: '{"module":"ES2022"}' } : {};
    expect(await node(RUNS[name], { ...env, ...esm })).toBe(RESOURCES);
  });

  it.each(jests)("works in jest: %s", async (name) => {
    await node(JESTS[name]);
  });

  it("installs nothing but cdktf and constructs, and runs its command line", async () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(directory, "node_modules/cdktf-alicloud-anycast/package.json"), "utf8"),
    ) as Record<string, object | undefined>;
    expect([dependencies, optionalDependencies]).toEqual([undefined, undefined]);
    expect(await node(["node_modules/cdktf-alicloud-anycast/bin/anycast", "explain", "binding/vpc-only"])).toMatch(
      /vSwitch/,
    );
  });
});

describe("what is published", () => {
  it("passes publint and arethetypeswrong", async () => {
    const lint = await run(process.execPath, [tools.publint, "--strict", tarball], { cwd: place });
    expect([lint.exitCode, lint.stdout.toString()]).toEqual([0, expect.stringContaining("All good!")]);
    const types = await run(process.execPath, [tools.attw, tarball, "--format", "json"], { cwd: place });
    const { problems } = JSON.parse(types.stdout.toString()) as { problems?: object };
    expect([types.exitCode, problems ?? {}]).toEqual([0, {}]);
  });
});
