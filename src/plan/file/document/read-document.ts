import { BlockReader } from "./block-reader";
import { noteConfiguration } from "./configuration-text";
import { isDataRole, type PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { asObject } from "../../json";
import { ChangeReader } from "./read-changes";
import { JsonScanner } from "../scan/json-scanner";
import { pick, stripSeen } from "./strip";

/** Members that no rule reads; they are proven to be JSON and left out. */
const UNREAD = new Set(["planned_values", "output_changes", "resource_drift", "relevant_attributes", "checks"]);

/**
 * Reads the part of a plan that the policies read, in one pass over its bytes, so that a plan of 100,000 resources is
 * checked in the time of its bindings. The whole document is proven to be JSON without duplicate keys; what is left out is
 * surely ordinary. That the verdict is that of the whole plan is proven by tests that compare both.
 * @param bytes UTF-8
 * @returns the document when it is an object, as a plan is; anything else as it is
 * @throws ScanError
 */
export function readDocument(bytes: Buffer, facts: PlanFacts, from = 0): unknown {
  return new PlanReader(new JsonScanner(bytes, from), facts).read();
}

class PlanReader {
  private readonly blocks: BlockReader;
  private configurationAt: { readonly start: number; readonly end: number } | undefined;

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.blocks = new BlockReader(scanner, facts);
  }

  public read(): unknown {
    const document = this.members((name) => {
      if (name === "resource_changes") return this.changes();
      if (name === "configuration") return this.configuration();
      if (name === "prior_state") return this.priorState();
      return UNREAD.has(name) ? this.unread() : this.scanner.value();
    });
    this.scanner.end();
    const { configurationAt } = this;
    if (configurationAt !== undefined && asObject(document) !== undefined)
      noteConfiguration(document as object, { bytes: this.scanner.bytes, ...configurationAt });
    return document;
  }

  /** Reads an object member by member; anything else as it is. `undefined` leaves a member out. */
  private members(read: (name: string) => unknown): unknown {
    const { scanner } = this;
    if (scanner.peek() !== 0x7b) return scanner.value();
    const entries: [string, unknown][] = [];
    scanner.object(() => {
      const name = scanner.keyText();
      const value = read(name);
      if (value !== undefined) entries.push([name, value]);
    });
    return Object.fromEntries(entries);
  }

  private items(read: () => unknown): unknown {
    const { scanner } = this;
    if (scanner.peek() !== 0x5b) return scanner.value();
    const items: unknown[] = [];
    scanner.list(() => {
      const item = read();
      if (item !== undefined) items.push(item);
    });
    return items;
  }

  private unread(): JsonObject {
    this.scanner.skip();
    return {};
  }

  private nothing(): undefined {
    this.scanner.skip();
    return undefined;
  }

  private changes(): unknown {
    if (this.scanner.peek() !== 0x5b) return this.scanner.value();
    const reader = new ChangeReader(this.scanner, this.facts);
    this.scanner.list(() => reader.read());
    return reader.kept;
  }

  private configuration(): unknown {
    this.scanner.peek();
    const start = this.scanner.position;
    const read = this.members((name) => {
      if (name === "root_module") return this.module();
      if (name === "provider_config") return this.providers();
      return this.nothing();
    });
    this.configurationAt = { start, end: this.scanner.position };
    return read;
  }

  private providers(): unknown {
    return this.members(() => {
      const provider = this.scanner.value();
      const object = asObject(provider);
      const expressions = asObject(object?.expressions);
      if (object === undefined) return provider;
      return {
        ...pick(object, ["name", "full_name", "alias", "module_address"]),
        ...(expressions === undefined
          ? pick(object, ["expressions"])
          : { expressions: pick(expressions, this.facts.providerExpressions) }),
      };
    });
  }

  private module(): unknown {
    return this.members((name) => {
      if (name === "resources") return this.items(() => this.blocks.read());
      if (name === "module_calls") return this.members(() => this.call());
      return this.scanner.value();
    });
  }

  private call(): unknown {
    return this.members((name) => {
      if (name === "module") return this.module();
      return ["source", "version_constraint", "depends_on"].includes(name) ? this.nothing() : this.scanner.value();
    });
  }

  /** Of the prior state only the data sources are read. */
  private priorState(): unknown {
    return this.members((name) => (name === "values" ? this.values() : this.nothing()));
  }

  private values(): unknown {
    return this.members((name) => (name === "root_module" ? this.stateModule() : this.nothing()));
  }

  private stateModule(): unknown {
    return this.members((name) => {
      if (name === "resources") return this.items(() => this.seen());
      if (name === "child_modules") return this.items(() => this.stateModule());
      return name === "address" ? this.scanner.value() : this.nothing();
    });
  }

  private seen(): unknown {
    const { scanner } = this;
    scanner.peek();
    const start = scanner.position;
    let type: unknown;
    if (scanner.bytes[start] !== 0x7b) return scanner.value();
    scanner.object(() => {
      if (scanner.keyText() === "type") type = scanner.value();
      else scanner.skip();
    });
    if (!isDataRole(this.facts.roleOf.get(type as string))) return undefined;
    return stripSeen(scanner.parse(start, scanner.position) as JsonObject, this.facts);
  }
}
