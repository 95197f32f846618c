import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { putTerraformOnPath } from "../terraform-on-path.cjs";

describe("the terraform that tests start", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-path-")));
    mkdirSync(join(root, "src/core"), { recursive: true });
    writeFileSync(join(root, "src/core/opentofu-release.json"), '{"version":"1.2.3"}');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const program = (path: string): string => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), "#!/bin/sh\n", { mode: 0o755 });
    return join(root, path);
  };
  const found = (env: NodeJS.ProcessEnv): string[] =>
    env.PATH!.split(delimiter).filter((directory) => directory.includes("terraform-on-path"));

  test.each<[string, string, (path: string) => NodeJS.ProcessEnv]>([
    ["what set-up has downloaded", ".setup/opentofu-1.2.3/tofu", () => ({})],
    ["tofu", "bin/tofu", (path) => ({ PATH: join(path, "..") })],
    ["the one that is named", "else/where", (path) => ({ TERRAFORM_BINARY_NAME: path })],
  ])("is %s where there is none", (_, path, given) => {
    const env: NodeJS.ProcessEnv = { PATH: "/nowhere", ...given(program(path)) };
    putTerraformOnPath(root, env);
    putTerraformOnPath(root, env);
    expect(found(env)).toHaveLength(1);
    expect(realpathSync(join(found(env)[0]!, "terraform"))).toBe(join(root, path));
  });

  test("is the machine's terraform where there is one", () => {
    const env = { PATH: join(program("bin/terraform"), ".."), TERRAFORM_BINARY_NAME: program("else/where") };
    putTerraformOnPath(root, env);
    expect(found(env)).toEqual([]);
  });

  test("is none where set-up has found none", () => {
    const env = { PATH: "/nowhere" };
    putTerraformOnPath(root, env);
    expect(env).toEqual({ PATH: "/nowhere" });
  });
});
