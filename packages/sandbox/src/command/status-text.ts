import type { CloudSnapshot } from "../cloud/contract";

/** The simulated cloud as tables: objects, then what is bound to what. */
export function statusText(snapshot: CloudSnapshot, pid: number | undefined): string {
  const running = pid === undefined ? "not running" : `process ${pid}`;
  const head = `Sandbox in ${snapshot.directory} (${running}): a simulated cloud, nothing in it is real.`;
  const objects = snapshot.objects.map(({ kind, id, name, region, status }) => [kind, id, name, region, status]);
  const bindings = snapshot.bindings.map(({ anycastId, instanceId, region, status }) => [
    anycastId,
    "->",
    instanceId,
    region,
    status,
  ]);
  const body = [...table(objects), ...(bindings.length === 0 ? [] : ["", "Bindings", ...table(bindings)])];
  return [head, "", ...(objects.length === 0 ? ["It is empty."] : body), ""].join("\n");
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd());
}
