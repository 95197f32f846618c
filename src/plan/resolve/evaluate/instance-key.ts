/** The name in a key; undefined for one in a notation that Terraform does not use. */
export function nameIn(key: string): string | undefined {
  if (!key.startsWith('["') || !key.endsWith('"]')) return undefined;
  try {
    return (JSON.parse(key.slice(1, -1)) as string).replaceAll("$${", "${").replaceAll("%%{", "%{");
  } catch {
    return undefined;
  }
}

/** A key as addresses have it. */
export function keyOf(name: string): string {
  return `[${JSON.stringify(name).replaceAll("${", "$${").replaceAll("%{", "%%{")}]`;
}
