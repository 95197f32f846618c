import type { PlanFacts } from "./facts";
import type { JsonObject } from "./json";
import { asObject } from "./json";
import { isOrdinary, stripChange } from "./strip";
import type { JsonScanner } from "./scan/json-scanner";

/** Where the parts of an entry stand that tell whether it is of any interest; 0 when the part is not there. */
interface Parts {
  address: number;
  addressEnd: number;
  module: number;
  moduleEnd: number;
  type: number;
  typeEnd: number;
  name: number;
  nameEnd: number;
  mode: number;
  modeEnd: number;
  actions: number;
  after: number;
}

const NO_PARTS: Parts = {
  address: 0,
  addressEnd: 0,
  module: 0,
  moduleEnd: 0,
  type: 0,
  typeEnd: 0,
  name: 0,
  nameEnd: 0,
  mode: 0,
  modeEnd: 0,
  actions: 0,
  after: 0,
};

const QUOTE = 0x22;
const DOT = 0x2e;

/**
 * Reads `resource_changes`, and keeps the entries of types that rules read, one entry of each module instance (it tells
 * that the instance exists), and whatever is not an ordinary entry. All others are proven to be ordinary where they
 * stand, as bytes, without making an object of them.
 */
export class ChangeReader {
  private readonly parts: Parts = { ...NO_PARTS };
  private readonly modules = new Set<string>();
  public readonly kept: unknown[] = [];

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {}

  public read(): void {
    if (this.scanner.peek() !== 0x7b) {
      this.kept.push(this.scanner.value());
      return;
    }
    const start = this.scanner.position;
    Object.assign(this.parts, NO_PARTS);
    this.scanner.longNumber = undefined;
    this.scanner.object(this.onKey);
    if (this.isForeign()) this.rememberModule();
    else this.keep(this.scanner.parse(start, this.scanner.position));
  }

  private readonly onKey = (): void => {
    const { scanner, parts } = this;
    const { bytes, keyStart: at, keyEnd } = scanner;
    const length = keyEnd - at;
    scanner.peek();
    const start = scanner.position;
    if (length === 6 && is(bytes, at, "change") && bytes[start] === 0x7b) {
      scanner.object(this.onChangeKey);
      return;
    }
    scanner.skip();
    if (bytes[start] !== QUOTE) return;
    const end = scanner.position - 1;
    const from = start + 1;
    if (length === 4 && is(bytes, at, "type")) [parts.type, parts.typeEnd] = [from, end];
    else if (length === 4 && is(bytes, at, "name")) [parts.name, parts.nameEnd] = [from, end];
    else if (length === 4 && is(bytes, at, "mode")) [parts.mode, parts.modeEnd] = [from, end];
    else if (length === 7 && is(bytes, at, "address")) [parts.address, parts.addressEnd] = [from, end];
    else if (length === 14 && is(bytes, at, "module_address")) [parts.module, parts.moduleEnd] = [from, end];
  };

  private readonly onChangeKey = (): void => {
    const { scanner, parts } = this;
    const { bytes, keyStart: at, keyEnd } = scanner;
    const length = keyEnd - at;
    scanner.peek();
    const start = scanner.position;
    scanner.skip();
    if (length === 7 && is(bytes, at, "actions")) parts.actions = isFilledList(bytes, start) ? start : 0;
    else if (length === 5 && is(bytes, at, "after")) parts.after = isObjectOrNull(bytes, start) ? start : 0;
  };

  /** True when the entry is surely an ordinary one of a type that no rule reads. */
  private isForeign(): boolean {
    const { parts, facts } = this;
    const { bytes } = this.scanner;
    if (!parts.address || !parts.type || !parts.name || !parts.mode || !parts.actions || !parts.after) return false;
    if (facts.roleOf.has(bytes.toString("latin1", parts.type, parts.typeEnd))) return false;
    if (has(bytes, parts.type, parts.typeEnd, 0x5c)) return false;
    const length = parts.modeEnd - parts.mode;
    if (length === 4) return is(bytes, parts.mode, "data");
    return length === 7 && is(bytes, parts.mode, "managed") && this.isInstance();
  }

  /** True when the address is that of the block with a plain key or none. What is spelled otherwise is left to `keep`. */
  private isInstance(): boolean {
    const { parts } = this;
    const { bytes } = this.scanner;
    let at = parts.address;
    if (parts.module) {
      at = after(bytes, at, parts.module, parts.moduleEnd);
      if (bytes[at++] !== DOT) return false;
    }
    at = after(bytes, at, parts.type, parts.typeEnd);
    if (bytes[at++] !== DOT) return false;
    at = after(bytes, at, parts.name, parts.nameEnd);
    return at === parts.addressEnd || (at < parts.addressEnd && isPlainKey(bytes, at, parts.addressEnd));
  }

  private rememberModule(): void {
    const { parts, scanner, modules } = this;
    if (!parts.module) return;
    const raw = scanner.bytes.toString("latin1", parts.module, parts.moduleEnd);
    if (modules.has(raw)) return;
    modules.add(raw);
    this.kept.push(marker(scanner.parse(parts.module - 1, parts.moduleEnd + 1) as string));
  }

  private keep(value: unknown): void {
    const entry = asObject(value);
    const role = entry === undefined ? undefined : this.facts.roleOf.get(entry.type as string);
    if (entry !== undefined && role === undefined && isOrdinary(entry)) {
      if (typeof entry.module_address === "string") this.kept.push(marker(entry.module_address));
      return;
    }
    if (this.scanner.longNumber !== undefined) this.scanner.refuseNumber();
    this.kept.push(entry === undefined || role === undefined ? value : stripChange(entry, role, this.facts));
  }
}

/** An entry that tells nothing but that its module instance exists. */
export function marker(module: string): JsonObject {
  return {
    address: `${module}.anycast_marker.instance`,
    module_address: module,
    mode: "managed",
    type: "anycast_marker",
    name: "instance",
    change: { actions: ["no-op"], after: {} },
  };
}

function is(bytes: Buffer, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function has(bytes: Buffer, start: number, end: number, byte: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === byte) return true;
  return false;
}

/** Where `bytes[start, end)` ends when it stands at `at`; a place that nothing stands at when it does not. */
function after(bytes: Buffer, at: number, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[at++] !== bytes[i]) return Number.MAX_SAFE_INTEGER;
  return at;
}

/** True for `[0]` and `["key"]` (as JSON writes it) whose key needs no escape. */
function isPlainKey(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] !== 0x5b || bytes[end - 1] !== 0x5d) return false;
  const quoted = bytes[start + 1] === 0x5c;
  if (quoted && (end - start < 6 || bytes[start + 2] !== QUOTE || bytes[end - 3] !== 0x5c || bytes[end - 2] !== QUOTE))
    return false;
  const [from, to] = quoted ? [start + 3, end - 3] : [start + 1, end - 1];
  if (!quoted && from === to) return false;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    if (quoted ? c === 0x5c || c === QUOTE : c < 0x30 || c > 0x39) return false;
  }
  return true;
}

function isFilledList(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x5b && bytes[skipSpace(bytes, at + 1)] !== 0x5d;
}

function isObjectOrNull(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x7b || bytes[at] === 0x6e;
}

function skipSpace(bytes: Buffer, at: number): number {
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}
