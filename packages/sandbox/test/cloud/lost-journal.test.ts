import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCloud, readCloud } from "../../src/cloud";
import { testCloud, tidy } from "./harness";

afterAll(tidy);

const journal = (directory: string): string => join(directory, "journal");

describe("a sandbox whose journal lost confirmed commits", () => {
  const lines = (directory: string): string[] => readFileSync(journal(directory), "utf8").split("\n").slice(0, -1);

  async function filled(): Promise<string> {
    const t = await testCloud();
    for (const name of ["one", "two", "three"])
      await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", VpcName: name });
    await t.cloud.close();
    return t.directory;
  }

  const losses: readonly (readonly [string, (directory: string) => void])[] = [
    ["was emptied", (directory) => truncateSync(journal(directory), 0)],
    ["was removed", (directory) => rmSync(journal(directory))],
    [
      "was cut between two lines",
      (directory) => writeFileSync(journal(directory), `${lines(directory).slice(0, -1).join("\n")}\n`),
    ],
    [
      "was emptied together with the file `head`",
      (directory) => {
        truncateSync(journal(directory), 0);
        truncateSync(join(directory, "head"), 0);
      },
    ],
    [
      "was removed together with the file `head`",
      (directory) => {
        rmSync(journal(directory));
        rmSync(join(directory, "head"));
      },
    ],
    ["is whole, but the state is gone", (directory) => rmSync(join(directory, "state.json"))],
    ["is whole, but the file `head` is damaged", (directory) => writeFileSync(join(directory, "head"), "7\n")],
  ];
  test.each(losses)("is refused when it %s, and nothing is changed", async (_, lose) => {
    const directory = await filled();
    lose(directory);
    const before = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "utf8")]);
    await expect(openCloud({ directory })).rejects.toMatchObject({ code: "SandboxStateDamaged" });
    expect(() => readCloud(directory)).toThrow(/Fix: restore the directory/);
    expect(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "utf8")])).toEqual(before);
  });

  test("opens when it has one commit more than `head` says, as after a kill between the two writes", async () => {
    const directory = await filled();
    const head = readFileSync(join(directory, "head"), "utf8");
    const again = await testCloud({ directory });
    await again.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", VpcName: "four" });
    await again.cloud.close();
    writeFileSync(join(directory, "head"), head);
    const last = await testCloud({ directory });
    expect((await last.call("Vpc", "DescribeVpcs")).Vpcs.Vpc).toHaveLength(4);
  });

  test("opens as usual when it is of an older version without `head`, and is checked from then on", async () => {
    const directory = await filled();
    const state = join(directory, "state.json");
    const { head: _, ...older } = JSON.parse(readFileSync(state, "utf8")) as Record<string, unknown>;
    writeFileSync(state, JSON.stringify(older).replace('"tags":{},', ""));
    rmSync(join(directory, "head"));
    const again = await testCloud({ directory });
    const tags = await again.call("ResourceManager", "ListTagResources", { ResourceType: "ResourceGroup" });
    expect(tags.TagResources).toEqual([]);
    await again.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    await again.cloud.close();
    truncateSync(journal(directory), 0);
    await expect(openCloud({ directory })).rejects.toMatchObject({ code: "SandboxStateDamaged" });
  });
});
