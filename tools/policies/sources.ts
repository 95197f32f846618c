import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { sha256 } from "../../src/core/digest";

/** Files that go into the compiled policy, relative to `policies/`, sorted: Rego without tests, data, capabilities. */
export function policySources(policies: string): string[] {
  const found: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!["wasm", "examples", "standalone"].includes(entry.name)) visit(path);
      } else if ((entry.name.endsWith(".rego") && !entry.name.endsWith("_test.rego")) || isData(policies, path)) {
        found.push(relative(policies, path).split("\\").join("/"));
      }
    }
  };
  visit(policies);
  return found.sort();
}

function isData(policies: string, path: string): boolean {
  const name = relative(policies, path);
  return name === "capabilities.json" || (name.startsWith("data/") && name.endsWith(".json"));
}

export function hashSources(policies: string): Record<string, string> {
  return Object.fromEntries(policySources(policies).map((name) => [name, sha256(readFileSync(join(policies, name)))]));
}
