import type { ProviderSource, ResourceSource, VariableSource } from "../configuration";
import { HclError } from "../hcl";
import type { LabelledSection, Section } from "../syntax";
import { callOf, mergedCall } from "./call";
import type { Draft } from "./draft";
import { keyOfProvider, mergedProvider, providerOf } from "./provider";
import { mergedResource, resourceOf } from "./resource";
import { completed, mergedVariable, variableOf } from "./variable";

/** Blocks that do not affect the values of a resource. A reference to an ephemeral resource refers to nothing here. */
const OTHERS = ["terraform", "ephemeral", "moved", "removed", "import", "action", "language"];
const KNOWN: ReadonlySet<string> = new Set(["provider", "variable", "locals", "output", "module", "resource", "data", "check", ...OTHERS]); // prettier-ignore

/** Adds the blocks of files to a module, or changes it by those of override files. */
export class FileDecoder {
  public constructor(
    private readonly draft: Draft,
    private readonly isOpenTofu: boolean,
  ) {}

  /** @throws HclError where a block is not as Terraform has it, or not known */
  public decode(file: Section, isOverride: boolean): void {
    const { draft } = this;
    const unknown = [...file.attributeNames, ...file.blockTypes].find((name) => !KNOWN.has(name));
    if (unknown !== undefined)
      throw new HclError(`a block ${unknown} that this reader does not know`, file.at.source, file.at.start);
    for (const { labels, section } of file.blocks("provider", 1)) {
      const provider = providerOf(labels[0]!, section);
      // One that does not exist is an empty one, except by an alias.
      const isNew = !isOverride || (provider.alias === undefined && !draft.providers.has(provider.name));
      const merge = isNew ? undefined : (base: ProviderSource) => mergedProvider(base, provider);
      put(draft.providers, keyOfProvider(provider), section, merge, () => provider);
    }
    for (const { labels, section } of file.blocks("variable", 1)) {
      const block = variableOf(section);
      const merge = isOverride ? (base: VariableSource) => mergedVariable(base, block) : undefined;
      put(draft.variables, labels[0]!, section, merge, () => completed(block));
    }
    for (const { section } of file.blocks("locals", 0)) {
      for (const name of section.attributeNames)
        replace(draft.locals, name, section, isOverride, section.attribute(name)!);
    }
    for (const { labels, section } of file.blocks("output", 1)) {
      const value = section.attribute("value");
      if (value !== undefined) replace(draft.outputs, labels[0]!, section, isOverride, value);
      else if (!isOverride) throw new HclError("an output without a value", section.at.source, section.at.start);
    }
    for (const { labels, section } of file.blocks("module", 1)) {
      const call = callOf(section);
      const merge = isOverride ? (base: typeof call) => mergedCall(base, call) : undefined;
      put(draft.calls, labels[0]!, section, merge, () => call);
    }
    for (const block of file.blocks("resource", 2)) this.resource(block, "managed", isOverride);
    for (const block of file.blocks("data", 2)) this.resource(block, "data", isOverride);
    for (const { section } of file.blocks("check", 1)) {
      for (const block of section.blocks("data", 2)) this.resource(block, "data", isOverride);
    }
  }

  private resource({ labels, section }: LabelledSection, mode: "managed" | "data", isOverride: boolean): void {
    const key = `${mode === "data" ? "data." : ""}${labels[0]!}.${labels[1]!}`;
    const resource = resourceOf(section, mode, this.isOpenTofu);
    const merge = isOverride ? (base: ResourceSource) => mergedResource(base, resource) : undefined;
    put(this.draft.resources, key, section, merge, () => resource);
  }
}

function replace<T>(into: Map<string, T>, key: string, section: Section, isOverride: boolean, value: T): void {
  put(into, key, section, isOverride ? () => value : undefined, () => value);
}

/** @param merge how an override changes what is there; undefined for a block that must be the first of its name */
function put<T>(
  into: Map<string, T>,
  key: string,
  { at }: Section,
  merge: ((base: T) => T) | undefined,
  value: () => T,
): void {
  const base = into.get(key);
  if (merge === undefined) {
    if (base !== undefined) throw new HclError(`${key} twice`, at.source, at.start);
    into.set(key, value());
  } else {
    if (base === undefined) throw new HclError(`nothing named ${key} to override`, at.source, at.start);
    into.set(key, merge(base));
  }
}
