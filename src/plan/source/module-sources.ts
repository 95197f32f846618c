import { ArchiveError, filesInZip } from "../plan-file";
import { blocksOf, type HclBlock } from "./hcl-blocks";
import { HclError, tokensOf, type Token } from "./hcl-lexer";

/** Where a plan file keeps the files of a module: `tfconfig/m-a.b/main.tf` is one of `module.a.module.b`. */
const CONFIGURATION = "tfconfig/m-";
/** Native HCL. Configuration in JSON shows its expressions in the JSON of the plan. */
const NATIVE = /\.(?:tf|tofu)$/;

/** The configuration that a saved plan file holds, which is what an apply of that file evaluates. */
export class ModuleSources {
  private readonly modules = new Map<string, ReadonlyMap<string, readonly HclBlock[]> | undefined>();
  private readonly files: ReadonlyMap<string, () => Buffer> | undefined;

  /** @param file a saved plan file; one that cannot be read holds no sources */
  public constructor(file: Buffer) {
    this.files = attempt(() => filesInZip(file, CONFIGURATION));
  }

  /**
   * What is written for an attribute: once, or more often where an override file takes part.
   * @param isMeant which of the blocks with the same keyword and labels. @default all
   * @returns undefined when the sources do not tell
   */
  public expressions(
    module: readonly string[],
    block: readonly string[],
    attribute: string,
    isMeant: (block: HclBlock) => boolean = () => true,
  ): Token[][] | undefined {
    const found = (this.blocks(module)?.get(keyOf(block)) ?? []).filter(isMeant).flatMap((one) => {
      const tokens = one.attributes.get(attribute);
      return tokens === undefined ? [] : [[...tokens]];
    });
    return found.length === 0 ? undefined : found;
  }

  /** The module's blocks by keyword and labels, read once; undefined when one file of it cannot be read. */
  private blocks(module: readonly string[]): ReadonlyMap<string, readonly HclBlock[]> | undefined {
    const name = module.join(".");
    if (!this.modules.has(name))
      this.modules.set(
        name,
        attempt(() => this.read(`${CONFIGURATION}${name}/`)),
      );
    return this.modules.get(name);
  }

  private read(prefix: string): Map<string, HclBlock[]> {
    const blocks = new Map<string, HclBlock[]>();
    for (const [name, content] of this.files ?? []) {
      if (!name.startsWith(prefix) || !NATIVE.test(name)) continue;
      for (const block of blocksOf(tokensOf(content().toString("utf8")))) {
        const key = keyOf([block.type, ...block.labels]);
        const same = blocks.get(key);
        if (same === undefined) blocks.set(key, [block]);
        else same.push(block);
      }
    }
    return blocks;
  }
}

function keyOf(block: readonly string[]): string {
  return JSON.stringify(block);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof ArchiveError || thrown instanceof HclError) return undefined;
    throw thrown;
  }
}
