import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "..", "..");
const text = (path: string, root = ROOT): string => readFileSync(join(root, path), "utf8");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}
interface Released {
  readonly component?: string;
  readonly "include-component-in-tag"?: boolean;
  readonly "extra-files"?: readonly object[];
}
interface Config extends Released {
  readonly packages: Readonly<Record<string, Released>>;
  readonly plugins: readonly { readonly components: readonly string[] }[];
}
interface Job {
  readonly permissions?: object;
  readonly steps: readonly { readonly run?: string }[];
}

const library = JSON.parse(text("package.json")) as Manifest;
const sandbox = JSON.parse(text("packages/sandbox/package.json")) as Manifest;
const config = JSON.parse(text(".github/release-please-config.json")) as Config;
const lock = JSON.parse(text("package-lock.json")) as { packages: Record<string, Manifest> };
const workflow = parse(text(".github/workflows/release.yml")) as { permissions: object; jobs: Record<string, Job> };
const commandsOf = (job: string): string[] =>
  workflow.jobs[job]!.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe("a release", () => {
  it("has one version for both packages, and the library accepts the sandbox of that version", () => {
    expect(JSON.parse(text(".github/release-please-manifest.json"))).toEqual({
      ".": library.version,
      "packages/sandbox": sandbox.version,
    });
    expect(sandbox.version).toBe(library.version);
    expect(library.peerDependencies!["alicloud-sandbox"]).toBe(`^${sandbox.version}`);
    const [top, inner] = [lock.packages[""]!, lock.packages["packages/sandbox"]!];
    expect([top.version, inner.version]).toEqual([library.version, library.version]);
    expect(top.peerDependencies!["alicloud-sandbox"]).toBe(`^${sandbox.version}`);
  });

  it("links the packages by their components, which release-please only does with components in tags", () => {
    const components = Object.values(config.packages).map((one) => one.component);
    expect(components).toEqual([library.name, sandbox.name]);
    expect(config.plugins[0]!.components).toEqual(components);
    expect([config, ...Object.values(config.packages)].map((one) => one["include-component-in-tag"] ?? true)).toEqual([
      true,
      true,
      true,
    ]);
    expect(commandsOf("propose").join("\n")).toContain(`--list "${library.name}-v$version"`);
  });

  it("moves the version of the sandbox wherever the library names it", () => {
    expect(config.packages["."]!["extra-files"]).toEqual([
      { type: "json", path: "package.json", jsonpath: `$.peerDependencies['${sandbox.name}']` },
      { type: "json", path: "package-lock.json", jsonpath: `$.packages[''].peerDependencies['${sandbox.name}']` },
      { type: "json", path: "package-lock.json", jsonpath: "$.packages['packages/sandbox'].version" },
    ]);
  });

  it("is tried in every pull request, without any right, up to what would be published", () => {
    const published = (job: string): string[] =>
      commandsOf(job)
        .filter((one) => one.includes(" publish "))
        .map((one) => (one.includes("--workspace alicloud-sandbox") ? "alicloud-sandbox" : "."))
        .sort();
    expect(published("dry-run")).toEqual([".", "alicloud-sandbox"]);
    expect(published("publish")).toEqual([".", "alicloud-sandbox"]);
    expect(commandsOf("dry-run").filter((one) => one.includes(" publish ") && !one.includes("--dry-run"))).toEqual([]);
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.jobs["dry-run"]!.permissions).toBeUndefined();
    expect(workflow.jobs.publish!.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(commandsOf("publish").filter((one) => one.includes(" publish ") && !one.includes("--provenance"))).toEqual(
      [],
    );
  });
});

describe("the name of the repository in what is published", () => {
  const copy = mkdtempSync(join(tmpdir(), "anycast-release-"));
  const release = (...args: string[]) =>
    spawnSync(process.execPath, [join(copy, "tools/release/main.cjs"), ...args], { encoding: "utf8" });
  beforeAll(() => {
    const files = ["package.json", "README.md", "packages/sandbox/package.json", "packages/sandbox/README.md"];
    for (const file of [...files, "tools/release/main.cjs"]) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(ROOT, file), join(copy, file));
    }
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it("is needed", () => {
    const { status, stderr } = release("--check");
    expect([status, stderr]).toEqual([2, expect.stringContaining("Nothing is published. Fix: ")]);
    expect(release("acme").stderr).toContain("Expected the repository to be OWNER/NAME, got `acme`.");
  });

  it("is written wherever npm and the readers of its page follow it", () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    expect(release("acme/anycast", commit).status).toBe(0);
    expect(release("--check").status).toBe(0);
    const manifest = JSON.parse(text("package.json", copy)) as {
      repository: { url: string };
      config: { workflows: string };
    };
    expect(manifest.repository.url).toBe("git+https://github.com/acme/anycast.git");
    expect(manifest.config.workflows).toBe(`acme/anycast@${commit}`);
    expect(text("README.md", copy)).toContain(`uses: acme/anycast/.github/workflows/anycast.yml@${commit}`);
    for (const file of ["package.json", "packages/sandbox/package.json", "README.md"]) {
      expect(text(file, copy)).not.toContain("OWNER/");
    }
  });
});
