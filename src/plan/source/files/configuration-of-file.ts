import { posix } from "node:path";
import { aboutPlanFile, ArchiveError, filesInZip } from "../../file/saved";
import type { ModuleSource } from "../configuration";
import type { Draft } from "../decode/draft";
import { draftOf } from "../decode/module-draft";
import { HclError } from "../hcl";
import { chooseFiles } from "./config-files";
import { manifestOf } from "./manifest";

const MANIFEST = "tfconfig/modules.json";
/** Where a plan file keeps the files of a module: `tfconfig/m-a.b/main.tf` is one of `module.a.module.b`. */
const MODULE = "tfconfig/m-";

/**
 * The configuration that a saved plan file holds, which is what an apply of that file evaluates.
 * @throws ArchiveError when it is no plan file, or its configuration is not laid out as Terraform does it
 */
export function configurationOfFile(file: Buffer): ModuleSource {
  return new FileConfiguration(file).module([]);
}

class FileConfiguration {
  private readonly directories: ReadonlyMap<string, string>;
  /** Files of each module by name. */
  private readonly files = new Map<string, Map<string, () => Buffer>>();
  private readonly isOpenTofu: boolean;
  /** Why it is unknown which files count. */
  private readonly doubt: string | undefined;
  private readonly drafts = new Map<string, Draft>();

  public constructor(file: Buffer) {
    const all = filesInZip(file, "tfconfig/");
    const manifest = all.get(MANIFEST);
    if (manifest === undefined) throw new ArchiveError("it holds no configuration");
    this.directories = readManifest(manifest());
    for (const [name, content] of all) {
      if (!name.startsWith(MODULE)) continue;
      const slash = name.lastIndexOf("/");
      const key = name.slice(MODULE.length, Math.max(slash, MODULE.length));
      if (slash < MODULE.length || !this.directories.has(key)) {
        throw new ArchiveError("it holds files of a module that its list of modules does not name");
      }
      const files = this.files.get(key) ?? new Map<string, () => Buffer>();
      this.files.set(key, files.set(name.slice(slash + 1), content));
    }
    this.requireAlike();
    const { madeBy } = aboutPlanFile(file);
    this.isOpenTofu = madeBy === "OpenTofu";
    const hasTofu = [...this.files.values()].some((files) =>
      [...files.keys()].some((name) => /\.tofu(?:\.json)?$/.test(name)),
    );
    if (madeBy === undefined && hasTofu) this.doubt = "it has .tofu files, and does not tell whether OpenTofu made it";
  }

  public module(path: readonly string[]): ModuleSource {
    const key = path.join(".");
    const draft = this.draft(key);
    const calls = [...draft.calls].map(([name, call]) => {
      const inner = [...path, name];
      return [
        name,
        { ...call, module: this.directories.has(inner.join(".")) ? this.module(inner) : undefined },
      ] as const;
    });
    return { ...draft, path, calls: new Map(calls) };
  }

  /** Modules in one directory have the same files, so they are read once. */
  private draft(key: string): Draft {
    const directory = this.directories.get(key);
    if (directory === undefined) throw new ArchiveError("it holds no root module");
    const known = this.drafts.get(directory);
    if (known !== undefined) return known;
    const files = this.files.get(key) ?? new Map<string, () => Buffer>();
    const { primary, overrides } = chooseFiles([...files.keys()], this.isOpenTofu);
    const fileOf = (name: string): { path: string; bytes: () => Buffer } => ({
      path: posix.join(directory, name),
      bytes: files.get(name)!,
    });
    const draft = draftOf(primary.map(fileOf), overrides.map(fileOf), this.isOpenTofu);
    draft.unreadable ??= this.doubt;
    this.drafts.set(directory, draft);
    return draft;
  }

  /** Terraform looks a file up by its directory: of two modules in one it would read either. */
  private requireAlike(): void {
    const firstOf = new Map<string, string>();
    for (const [key, directory] of this.directories) {
      const first = firstOf.get(directory);
      if (first === undefined) firstOf.set(directory, key);
      else if (!isAlike(this.files.get(first), this.files.get(key))) {
        throw new ArchiveError("two modules in one directory have different files");
      }
    }
  }
}

type Files = ReadonlyMap<string, () => Buffer> | undefined;

function isAlike(a: Files, b: Files): boolean {
  if (a?.size !== b?.size) return false;
  return [...(a ?? [])].every(([name, content]) => b?.get(name)?.().equals(content()) === true);
}

function readManifest(bytes: Buffer): Map<string, string> {
  try {
    return manifestOf(bytes);
  } catch (thrown) {
    if (thrown instanceof HclError) throw new ArchiveError(`it has ${thrown.message}`, { cause: thrown });
    throw thrown;
  }
}
