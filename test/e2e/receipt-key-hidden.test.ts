import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../../src/core/process";
import { PACKAGE_ROOT } from "../../src/core/package-root";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";

/** Looks for the key as hostile code would: in its own environment, in its own /proc entry, at every open descriptor. */
const LOOK = `
found=
if env | grep -q ANYCAST_RECEIPT_KEY; then found="$found env"; fi
if tr '\\0' '\\n' </proc/self/environ | grep -q 'PRIVATE KEY'; then found="$found proc"; fi
for one in /proc/self/fd/*; do
  case $one in */0 | */1 | */2) continue ;; esac
  if timeout 1 head -c 200 "$one" 2>/dev/null </dev/null | grep -q 'PRIVATE KEY'; then found="$found $one"; fi
done
`;

let app: AppOnDisk;
let env: NodeJS.ProcessEnv;
let key: string;
const at = (...parts: readonly string[]): string => join(app.root, ...parts);
const seen = (): string => (existsSync(at("seen")) ? readFileSync(at("seen"), "utf8") : "nobody looked");

function program(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}`);
  chmodSync(path, 0o755);
}

beforeEach(() => {
  app = makeApp({ base: { input: "base" } });
  execFileSync(join(PACKAGE_ROOT, "bin/anycast"), ["keys", "new", "r.key", "--name", "ci"], { cwd: app.root });
  key = readFileSync(at("r.key"), "utf8");
  mkdirSync(at("bin"));
  const real = execFileSync("/bin/sh", ["-c", "command -v terraform"], { encoding: "utf8" }).trim();
  program(at("bin/terraform"), `${LOOK}\necho "terraform $1:$found" >>'${at("seen")}'\nexec '${real}' "$@"\n`);
  program(at("look"), `${LOOK}\necho "$1:$found" >>'${at("seen")}'\n`);
  writeFileSync(
    at("cdktf.json"),
    JSON.stringify({ language: "typescript", app: `'${at("look")}' app && node app.js` }),
  );
  env = {
    ...process.env,
    CI: "1",
    ANYCAST_SANDBOX: "",
    TF_REATTACH_PROVIDERS: "",
    PATH: `${at("bin")}${delimiter}${process.env.PATH}`,
  };
});
afterEach(() => app.remove());

function receipt(): { signatures: object[] } {
  return JSON.parse(readFileSync(at("cdktf.out/stacks/base/.terraform/anycast-receipt.json"), "utf8")) as {
    signatures: object[];
  };
}

/** Every line of who looked ends without a find. */
function expectNothingFound(...who: readonly string[]): void {
  const lines = seen().trim().split("\n");
  for (const one of who) expect(lines).toContain(`${one}:`);
  expect(lines.filter((line) => !line.endsWith(":"))).toEqual([]);
}

describe("the key that signs receipts", () => {
  test.each<[string, () => { shell: string; env: NodeJS.ProcessEnv }]>([
    ["the environment", () => ({ shell: "deploy --auto-approve", env: { ANYCAST_RECEIPT_KEY: key } })],
    ["a file", () => ({ shell: "deploy --auto-approve", env: { ANYCAST_RECEIPT_KEY_FILE: at("r.key") } })],
    [
      "a file descriptor",
      () => ({ shell: "deploy --auto-approve 3<r.key", env: { ANYCAST_RECEIPT_KEY_FILE: "fd:3" } }),
    ],
    ["a file descriptor of plan", () => ({ shell: "plan --save plans --sign-key fd:3 3<r.key", env: {} })],
    [
      "a pipe",
      () => ({
        shell: "plan --save plans --sign-key fd:3 3<<KEY\n$PEM\nKEY\n",
        env: { PEM: key.replace(/-----/g, "-----") },
      }),
    ],
  ])("from %s signs, and neither the app nor terraform can see it", async (_from, how) => {
    const { shell, env: more } = how();
    // The shell itself must not hand the text on under the name of the test's own variable.
    const line = shell.includes("$PEM") ? `pem=$PEM; unset PEM; ${shell.replace("$PEM", "$pem")}` : shell;
    const text = line.replace(/(deploy|plan) /, `'${join(PACKAGE_ROOT, "bin/anycast")}' $1 `);
    const ended = await run("/bin/sh", ["-c", text], { cwd: app.root, env: { ...env, ...more }, keepSecrets: true });
    expect([ended.exitCode, ended.stderr.toString()]).toEqual([0, expect.any(String)]);
    expect(receipt().signatures).toHaveLength(1);
    expectNothingFound("app", "terraform init", "terraform plan", "terraform show");
  });

  test.each<[string, { descriptors: readonly number[]; signs: boolean }]>([
    ["plan", { descriptors: [], signs: true }],
    // Of one digit and of two: a shell closes only the first kind.
    ["init", { descriptors: [3, 20], signs: false }],
  ])("is not passed on by anycast-terraform %s", async (command, { descriptors, signs }) => {
    await run(join(PACKAGE_ROOT, "bin/anycast"), ["plan"], { cwd: app.root, env });
    writeFileSync(at("seen"), "");
    const terraform = `exec '${join(PACKAGE_ROOT, "bin/anycast-terraform")}' ${command} -input=false`;
    const ways = [
      { shell: terraform, more: { ANYCAST_RECEIPT_KEY: key } },
      ...descriptors.map((one) => ({
        shell: `exec ${one}<'${at("r.key")}'; ${terraform}`,
        more: { ANYCAST_RECEIPT_KEY_FILE: `fd:${one}` },
      })),
    ];
    for (const { shell, more } of ways) {
      const ended = await run("bash", ["-c", shell], {
        cwd: at("cdktf.out/stacks/base"),
        env: { ...env, TERRAFORM_BINARY_NAME: "anycast-terraform", ...more },
        keepSecrets: true,
      });
      expect([ended.exitCode, ended.stderr.toString()]).toEqual([0, expect.any(String)]);
    }
    expectNothingFound(`terraform ${command}`);
    expect(receipt().signatures).toHaveLength(signs ? 1 : 0);
  });

  test("is not visible to an external program that a plan runs", async () => {
    // As the `external` data source does: a program of the configuration's own, run by terraform.
    const provisioner = [{ "local-exec": { command: `'${at("look")}' external` } }];
    app.write({ base: { input: "base", resource: { terraform_data: { it: { input: "x", provisioner } } } } });
    const ended = await run(join(PACKAGE_ROOT, "bin/anycast"), ["deploy", "--auto-approve"], {
      cwd: app.root,
      env: { ...env, ANYCAST_RECEIPT_KEY: key },
      keepSecrets: true,
    });
    expect(ended.exitCode).toBe(0);
    expectNothingFound("app", "external", "terraform apply");
  });

  test("is reported by name where the plan is applied, and keys are listed with id and expiry", async () => {
    const start = (args: readonly string[]): ReturnType<typeof run> =>
      run(join(PACKAGE_ROOT, "bin/anycast"), args, { cwd: app.root, env });
    expect((await start(["plan", "--save", "plans", "--sign-key", "r.key"])).exitCode).toBe(0);
    await start(["keys", "new", "next.key", "--name", "next", "--expires", "2999-01-31"]);
    writeFileSync(at("trusted.pub"), readFileSync(at("r.key.pub"), "utf8") + readFileSync(at("next.key.pub"), "utf8"));
    const list = (await start(["keys", "list", "trusted.pub"])).stdout.toString();
    expect(list).toMatch(
      /^sha256:[0-9a-f]{64} {2}valid {2}no expiry {2}ci\nsha256:[0-9a-f]{64} {2}valid {2}expires 2999-01-31 {2}next\n$/,
    );
    const applied = await start(["apply", "plans", "--auto-approve", "--require-receipt", "trusted.pub"]);
    expect([applied.exitCode, applied.stderr.toString()]).toEqual([
      0,
      expect.stringContaining(`The receipt is signed by ci (${list.slice(0, 71)}).`),
    ]);
  });
});
