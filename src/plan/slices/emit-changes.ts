import type { PlanFacts } from "../facts";
import type { JsonObject } from "../json";
import { asObject } from "../json";
import type { Place } from "./places";
import type { Chunk } from "./fragments";
import type { Change } from "./plan-index";
import type { Writer } from "./writer";

/** Key of instances that are in no plan; where the policies name one they looked at what the slice does not hold. */
export const DECOY = "zq9decoy";

const ID = /^([a-z]+-)([a-z0-9]+)$/;

/** Writes a module's address with the dot after it; nothing for the root. */
export function writePrefix(writer: Writer, place: Place): void {
  if (place.parent === undefined) return;
  writePlace(writer, place);
  writer.raw(".");
}

export function writePlace(writer: Writer, place: Place): void {
  if (place.parent === undefined) return;
  writePrefix(writer, place.parent);
  writer.raw("module.");
  writer.token("module", place.name);
  writer.key(place.key);
}

/** Writes an entry of resource_changes. */
export function writeChange(writer: Writer, change: Change, facts: PlanFacts): void {
  const { entry, key } = change;
  writeIdentity(writer, change, () => writer.key(key));
  const planned = entry.change as JsonObject;
  writer.part(planned, (to) => writePlanned(to, planned, facts));
}

function writePlanned(writer: Writer, planned: JsonObject, facts: PlanFacts): void {
  const { actions, before, after, after_unknown, after_sensitive } = planned;
  writer.raw(',"change":{"actions":');
  writer.json(actions);
  const old = asObject(before);
  if (old !== undefined) writeValues(writer, "before", old, facts);
  if (after === null) writer.raw(',"after":null');
  else writeValues(writer, "after", after as JsonObject, facts);
  writeMarks(writer, "after_unknown", after_unknown);
  writeMarks(writer, "after_sensitive", after_sensitive);
  writer.raw("}}");
}

function writeMarks(writer: Writer, member: string, marks: unknown): void {
  if (marks === undefined) return;
  writer.raw(",");
  writer.member(member);
  writer.json(marks);
}

/** Writes another instance of the change's block, one that no rule would let pass unseen. */
export function writeDecoy(writer: Writer, change: Change): void {
  writeIdentity(writer, change, () => writer.raw(`[\\"${DECOY}\\"]`));
  writer.raw(',"change":{"actions":["no-op"],"after":');
  writer.raw(change.role === "load_balancers" ? '{"address_type":"internet"}' : "{}");
  writer.raw("}}");
}

/** Writes an entry that tells nothing but that its module instance exists. */
export function writeInstance(writer: Writer, place: Place, decoy: boolean): void {
  const at = (): void => {
    if (!decoy) return writePlace(writer, place);
    writePrefix(writer, place.parent!);
    writer.raw("module.");
    writer.token("module", place.name);
    writer.raw(`[\\"${DECOY}\\"]`);
  };
  writer.raw('{"address":"');
  at();
  writer.raw('.anycast_marker.instance","module_address":"');
  at();
  writer.raw('","mode":"managed","type":"anycast_marker","name":"instance","change":{"actions":["no-op"],"after":{}}}');
}

function writeIdentity(writer: Writer, change: Change, writeKey: () => void): void {
  const { entry, type, name, place } = change;
  const { address, kind } = identityOf(entry.mode, type);
  writer.raw('{"address":"');
  if (entry.mode === "managed") {
    writePrefix(writer, place);
    writer.chunk(address);
    writer.token(type, name);
    writeKey();
  } else {
    writer.exact = false;
    writer.string(change.address);
  }
  if (place.parent !== undefined) {
    writer.raw('","module_address":"');
    writePlace(writer, place);
  }
  writer.chunk(kind);
  writer.token(type, name);
  writer.raw('"');
  for (const member of BESIDE)
    if (entry[member] !== undefined) {
      writer.raw(",");
      writer.member(member);
      writer.json(entry[member]);
    }
}

const BESIDE = ["provider_name", "deposed"];

/** What stands before and between the names of an entry, by its mode and type, which are few. */
interface Identity {
  readonly address: Chunk;
  readonly kind: Chunk;
}

const identities = { managed: new Map<string, Identity>(), data: new Map<string, Identity>() };

function identityOf(mode: unknown, type: string): Identity {
  const known = identities[mode === "data" ? "data" : "managed"];
  let identity = known.get(type);
  if (identity === undefined) {
    const text = JSON.stringify(type);
    const kind = `","mode":${JSON.stringify(mode)},"type":${text},"name":"`;
    identity = {
      address: { text: `${text.slice(1, -1)}.`, values: [] },
      kind: { text: kind, values: [mode as string, type] },
    };
    known.set(type, identity);
  }
  return identity;
}

function writeValues(writer: Writer, member: string, values: JsonObject, facts: PlanFacts): void {
  writer.raw(",");
  writer.member(member);
  writer.raw("{");
  let isFirst = true;
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (!isFirst) writer.raw(",");
    isFirst = false;
    writer.member(name);
    const id = typeof value === "string" && facts.ids.has(name) ? ID.exec(value) : null;
    if (id !== null && !writer.isPinned(value as string)) {
      writer.raw(`"${id[1]!}`);
      writer.token(`id ${id[1]!}`, id[2]!);
      writer.raw('"');
    } else if (typeof value === "string" && facts.names.has(name) && facts.properName.test(value)) {
      writer.raw('"');
      writer.token(`name ${name}`, value);
      writer.raw('"');
    } else writer.json(value);
  }
  writer.raw("}");
}
