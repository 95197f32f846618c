/** A place, as SARIF describes it. */
export interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region?: { readonly startLine: number };
}

/** The plan itself as a place, for findings without a known source line; undefined for stdin. */
export function artifactOf(path: string): PhysicalLocation | undefined {
  return path === "-" ? undefined : { artifactLocation: fileLocation(path) };
}

export function sourceOf({ file, line }: { readonly file: string; readonly line: number }): PhysicalLocation {
  return { artifactLocation: fileLocation(file), ...(line >= 1 ? { region: { startLine: line } } : {}) };
}

/** A Terraform address as the logical place of a finding; `""` is the plan as a whole. */
export function resourceOf(address: string, construct: string | undefined): object {
  return {
    fullyQualifiedName: address === "" ? "plan" : address,
    kind: address === "" ? "plan" : "resource",
    ...(construct === undefined ? {} : { properties: { construct } }),
  };
}

/** Relative paths are relative to the checked out sources; absolute ones become file URIs. */
function fileLocation(path: string): PhysicalLocation["artifactLocation"] {
  const slashes = path.replace(/\\/g, "/");
  const drive = /^[A-Za-z]:\//.test(slashes);
  const uri = slashes.split("/").map(encodeURIComponent).join("/");
  if (drive) return { uri: `file:///${uri.replace("%3A", ":")}` };
  if (slashes.startsWith("/")) return { uri: `file://${uri}` };
  return { uri: uri.replace(/^(\.\/)+/, ""), uriBaseId: "%SRCROOT%" };
}
