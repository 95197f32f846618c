import type { ResourceSource } from "../configuration";
import { HclError } from "../hcl";
import type { Section } from "../syntax";
import { rootOf } from "./constants";
import { mergedRepetition, repeatedOf } from "./repeated";
import { attributesExcept, refuseEscapes, single } from "./sections";

const META = ["count", "for_each", "provider", "depends_on", "lifecycle", "locals"];
/** `provisioner` and `connection` are blocks of managed resources; a data source may have an attribute of that name. */
const MANAGED = [...META, "connection", "provisioner", "dynamic"];
/** `enabled` is OpenTofu's. */
const DATA = [...META, "enabled", "dynamic"];

/** @throws HclError */
export function resourceOf(section: Section, mode: "managed" | "data", isOpenTofu: boolean): ResourceSource {
  refuseEscapes(section);
  const lifecycle = single(section, "lifecycle");
  const meta = mode === "managed" ? MANAGED : DATA.filter((name) => name !== "enabled" || isOpenTofu);
  return {
    ...repeatedOf(section, lifecycle, mode === "data" && isOpenTofu),
    attributes: attributesExcept(section, meta),
    provider: section.attribute("provider", "reference"),
    ignoreChanges: lifecycle === undefined ? [] : ignoredBy(lifecycle),
    blockTypes: new Set(section.blockTypes.filter((type) => !meta.includes(type))),
  };
}

function ignoredBy(lifecycle: Section): readonly string[] | "all" {
  const node = lifecycle.attribute("ignore_changes", "reference")?.expression();
  if (node === undefined) return [];
  if (node.kind === "root" && node.name === "all") return "all";
  if (node.kind !== "tuple") throw new HclError("an ignore_changes that is not a list", node.at.source, node.at.start);
  return node.items.map((item) => {
    const root = rootOf(item);
    if (root === undefined)
      throw new HclError("an ignore_changes that is not a list of names", item.at.source, item.at.start);
    return root;
  });
}

/** As an override file changes it: attribute by attribute. @throws HclError */
export function mergedResource(base: ResourceSource, over: ResourceSource): ResourceSource {
  return {
    ...mergedRepetition(base, over),
    attributes: new Map([...base.attributes, ...over.attributes]),
    provider: over.provider ?? base.provider,
    ignoreChanges:
      base.ignoreChanges === "all" || over.ignoreChanges.length === 0 ? base.ignoreChanges : over.ignoreChanges,
    blockTypes: new Set([...base.blockTypes, ...over.blockTypes]),
  };
}
