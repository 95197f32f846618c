import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../support/cloud-project";
import { ELSEWHERE, elsewhereOf, pageCommands, runOf, RUNS } from "./support/page-commands";
import { PageProject } from "./support/page-project";

jest.setTimeout(180_000);

const ALL = [...pageCommands()].map(([command, at]) => [at, command] as const);
const SERVES = "npx anycast sandbox > sandbox.env";
/** Each serves a second sandbox, for as long as it takes to say so. */
const SERVES_ALONE: readonly string[] = [
  "npx anycast sandbox --ui > sandbox.env",
  "npx alicloud-sandbox > sandbox.env",
];
/** By default without those whose like runs in another command or test. */
const FULL = process.env.ANYCAST_TEST_PAGES === "full";
const HERE = ALL.filter(
  ([, command]) =>
    elsewhereOf(command) === undefined &&
    command !== SERVES &&
    !SERVES_ALONE.includes(command) &&
    (FULL || runOf(command).long !== true),
);
const NOT_HERE = ALL.flatMap(([at, command]) => {
  const one = elsewhereOf(command);
  return one === undefined ? [] : [[at, command, one] as const];
});

describe("the shell commands of the pages, in a new project in the sandbox", () => {
  const project = new PageProject();
  let served: string;
  beforeAll(async () => {
    await project.make();
    served = (await project.serve(SERVES)).said;
  });
  afterAll(() => project.remove());

  it("are found, and so is each one that is named here", () => {
    const found = new Set(ALL.map(([, command]) => command));
    expect(found.size).toBeGreaterThan(50);
    expect([...Object.keys(RUNS), ...Object.keys(ELSEWHERE)].filter((command) => !found.has(command))).toEqual([]);
  });

  it.each(HERE)("%s: %s", async (_at, command) => {
    const how = runOf(command);
    const { code, said } = await project.run(command, how);
    if (code !== 0) throw new Error(`Expected the command to end with 0, got ${code}:\n${said}`);
    expect(said).toMatch(how.says ?? "");
  });

  it("serve a sandbox", () => expect(served).toMatch(/^# .*sandbox/i));

  it.each(SERVES_ALONE)("%s serves a sandbox", async (command) => {
    expect(ALL.map(([, one]) => one)).toContain(command);
    expect((await project.serveOnce(command)).said).toMatch(/^# .*sandbox/i);
  });

  it.each(NOT_HERE)("%s: %s does not run here, for a checked reason", (_at, _command, { because, file, text }) => {
    expect(because).toMatch(/^(it|a) /);
    expect(readFileSync(join(REPOSITORY, file), "utf8")).toContain(text);
  });
});
