import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const FRONT = join(__dirname, "../../bin/anycast-terraform");

/** The shell front with a terraform and a node that say that they were started. */
describe("the shell front of the terraform wrapper", () => {
  let directory: string;
  beforeEach(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), "anycast front ")));
    program("terraform", 'echo "terraform $*"');
    program("node", 'echo "node $*"');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const program = (name: string, script: string): void => {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  };
  const front = (
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    path = FRONT,
  ): { code: number | null; out: string; err: string } => {
    const clean = { PATH: `${directory}${delimiter}/usr/bin${delimiter}/bin`, ...env };
    const { status, stdout, stderr } = spawnSync(path, [...args], { env: clean, cwd: directory });
    return { code: status, out: stdout.toString().trim(), err: stderr.toString() };
  };

  test.each([
    [["version", "-json"]],
    [["-v"]],
    [["-version"]],
    [["init"]],
    [["output", "-json"]],
    [["providers", "lock", "-platform=linux_amd64"]],
    [["-chdir=a b", "show", "x y"]],
    [["state", "list"]],
  ])("passes %j straight to terraform", (args) => {
    expect(front(args).out).toBe(`terraform ${args.join(" ")}`);
  });

  test.each([[["plan"]], [["apply", "-auto-approve"]], [["destroy"]], [["-chdir=x", "apply"]], [["test"]], [["new"]]])(
    "sends %j to the gate",
    (args) => {
      expect(front(args).out).toMatch(/^node .*load\.js /);
    },
  );

  test("runs tofu where there is no terraform, and starts Node where there is neither", () => {
    rmSync(join(directory, "terraform"));
    const bare = (): { code: number | null; out: string } => {
      const { code, out } = front(["version"], { PATH: `${directory}${delimiter}${programs}` });
      return { code, out };
    };
    const programs = join(directory, "programs");
    mkdirSync(programs);
    for (const name of ["sh", "tail", "readlink"]) symlinkSync(`/bin/${name}`, join(programs, name));
    expect(bare().out).toMatch(/^node .*[\w-]+\.js version$/);
    program("tofu", 'echo "tofu $*"');
    expect(bare().out).toBe("tofu version");
  });

  test("sends terraform without a command to the gate where TF_CLI_ARGS sets one", () => {
    expect(front([], { TF_CLI_ARGS: "apply" }).out).toMatch(/^node /);
  });

  test.each(["ANYCAST_SANDBOX", "TF_REATTACH_PROVIDERS"])(
    "does nothing for `providers lock` where %s is set",
    (name) => {
      expect(front(["providers", "lock"], { [name]: "x" })).toEqual({ code: 0, out: "", err: "" });
    },
  );

  test("finds the package through npm's symbolic links, and in paths with spaces", () => {
    mkdirSync(join(directory, "node_modules/.bin"), { recursive: true });
    symlinkSync(FRONT, join(directory, "node_modules/real"));
    symlinkSync("../real", join(directory, "node_modules/.bin/anycast-terraform"));
    const { out } = front(["apply"], {}, join(directory, "node_modules/.bin/anycast-terraform"));
    expect(out).toMatch(/^node .*\/bin\/\.\.\/dist\/cli\/load\.js apply$/);
  });

  test("runs the program that ANYCAST_TERRAFORM names, or TERRAFORM_BINARY_NAME where that is not the gate", () => {
    program("tofu here", 'echo "tofu $*"');
    expect(front(["init"], { ANYCAST_TERRAFORM: join(directory, "tofu here") }).out).toBe("tofu init");
    expect(front(["init"], { TERRAFORM_BINARY_NAME: FRONT }).out).toBe("terraform init");
  });

  test("exits with an error instead of looping when the real terraform is the gate itself", () => {
    symlinkSync(FRONT, join(directory, "loop"));
    const { code, err } = front(["init"], { ANYCAST_TERRAFORM: join(directory, "loop") });
    expect(code).toBe(2);
    expect(err).toContain("[TerraformIsTheGate]");
  });

  test("reports a terraform that does not exist", () => {
    const { code, err } = front(["init"], { ANYCAST_TERRAFORM: "/no/such/terraform" });
    expect(code).toBe(2);
    expect(err).toContain("[ProgramNotFound]");
  });
});
