import type { Call } from "../call";
import { invalid } from "../errors";
import type { Server } from "../model";

/**
 * Reads a list of backend servers. Two dialects are in use: JSON, and the older one with single quotes
 * (`[{'ServerId':'i-1','Weight':'100', 'Type': 'ecs'}]`). Numbers may be texts. Absent or empty gives no servers.
 * @throws CloudError `InvalidParameter`
 */
export function parseServers(call: Call, parameter = "BackendServers"): Server[] {
  return entriesIn(call, parameter).map((entry) => serverOf(parameter, entry));
}

/** Reads a list of objects in either dialect. @throws CloudError `InvalidParameter` */
export function entriesIn(call: Call, parameter: string): Readonly<Record<string, unknown>>[] {
  const text = call.params.text(parameter);
  if (text === undefined) return [];
  const parsed = parseJson(text) ?? parseJson(fromSingleQuotes(text));
  if (!Array.isArray(parsed)) throw invalid(parameter, `expected a list of objects, got "${text.slice(0, 200)}".`);
  return parsed.map((entry: unknown) => (typeof entry === "object" && entry !== null ? { ...entry } : {}));
}

/** The `ServerType` of each server of such a list. */
export const rolesIn = (call: Call, parameter: string): string[] =>
  entriesIn(call, parameter).map(({ ServerType }) => String(ServerType ?? ""));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Turns quoted texts of the older dialect into JSON ones; ids, types and addresses hold no quotes themselves. */
const fromSingleQuotes = (text: string): string =>
  text.replace(/'([^']*)'/g, (_, inner: string) => JSON.stringify(inner));

function serverOf(parameter: string, fields: Readonly<Record<string, unknown>>): Server {
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const id = text("ServerId");
  if (id === "") throw invalid(parameter, "each server needs a ServerId.");
  const type = text("Type").toLowerCase() || (id.startsWith("eni-") ? "eni" : "ecs");
  if (type !== "ecs" && type !== "eni" && type !== "eci")
    throw invalid(parameter, `expected the Type ecs, eni or eci, got "${type}".`);
  const weight = Number(text("Weight") || "100");
  const port = Number(text("Port") || "0");
  if (!Number.isInteger(weight) || weight < 0 || weight > 100)
    throw invalid(parameter, "each Weight must be a whole number from 0 to 100.");
  if (!Number.isInteger(port)) throw invalid(parameter, "each Port must be a whole number.");
  return { id, type, weight, port, ip: text("ServerIp"), description: text("Description") };
}
