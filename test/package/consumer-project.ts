import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../src/core/process";
import type { RunResult } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";

export const ROOT = join(__dirname, "..", "..");

/** npm as it is on the machine, without the settings of the npm that runs these tests. */
export function npm(args: readonly string[], cwd: string): Promise<RunResult> {
  const env = terraformEnvironment();
  for (const name of Object.keys(env))
    if (/^npm_(config_)?(package|lifecycle|command|prefix|local)/.test(name)) delete env[name];
  return run("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd, env });
}

export function mustWork(what: string, ended: RunResult): string {
  if (ended.exitCode !== 0) {
    throw new Error(`${what} ended with ${ended.exitCode}: ${ended.stdout.toString()}${ended.stderr.toString()}`);
  }
  return ended.stdout.toString();
}

export interface Tarball {
  readonly file: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

/** Packs the library, or one of its workspaces, as it would be published. */
export async function pack(into: string, workspace?: string): Promise<Tarball> {
  const args = ["pack", "--json", "--pack-destination", into];
  const said = mustWork("npm pack", await npm([...args, ...(workspace === undefined ? [] : ["-w", workspace])], ROOT));
  const [made] = JSON.parse(said) as [{ filename: string; files: { path: string }[] }];
  return { file: join(into, made.filename), files: made.files.map((file) => file.path) };
}

/** A project of somebody else, in a directory of its own, that installs the packed library. */
export class ConsumerProject {
  public readonly directory = mkdtempSync(join(tmpdir(), "consumer-"));

  public write(name: string, text: string): void {
    const file = join(this.directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  public read(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  /** Copies files of this repository, unchanged. */
  public copy(...names: readonly string[]): void {
    for (const name of names) cpSync(join(ROOT, name), join(this.directory, name), { recursive: true });
  }

  public async install(dependencies: Readonly<Record<string, string>>): Promise<void> {
    this.write("package.json", JSON.stringify({ name: "consumer", version: "1.0.0", private: true, dependencies }));
    mustWork("npm install", await npm(["install", "--prefer-offline"], this.directory));
  }

  /** Compiles with the strictest settings, but for those given; the output is `out/`. @returns what the compiler said */
  public async compile(files: readonly string[], but: object = {}): Promise<string> {
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noPropertyAccessFromIndexSignature: true,
      esModuleInterop: true,
      resolveJsonModule: true,
      target: "ES2022",
      module: "node16",
      moduleResolution: "node16",
      // The libraries' own declarations are checked too, except cdktf's, which has errors of its own.
      skipLibCheck: true,
      types: ["node"],
      typeRoots: [join(ROOT, "node_modules", "@types")],
      rootDir: ".",
      outDir: "out",
      ...but,
    };
    this.write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const ended = await run(process.execPath, [tsc, "-p", "."], { cwd: this.directory });
    return ended.stdout.toString();
  }

  public async node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const all = { ...terraformEnvironment(), CDKTF_OUTDIR: join(this.directory, "cdktf.out"), ...env };
    return mustWork("node", await run(process.execPath, args, { cwd: this.directory, env: all }));
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
