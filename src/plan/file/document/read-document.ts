import { noteConfiguration } from "./configuration-text";
import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { asObject } from "../../json";
import { parseAtOnce } from "./parse-at-once";
import { ParsedWalk } from "./parsed-walk";
import { ScannedWalk } from "./scanned-walk";
import { JsonScanner } from "../scan/json-scanner";
import { pick } from "./strip";
import type { Walk } from "./walk";

/** Members that no rule reads; they are proven to be JSON and left out. */
const UNREAD = new Set(["planned_values", "output_changes", "resource_drift", "relevant_attributes", "checks"]);

/**
 * Reads the part of a plan that the policies read. A large one is read in one pass over its bytes, so that a plan of 100,000
 * resources is checked in the time of its bindings. The whole document is proven to be JSON without duplicate keys; what is
 * left out is surely ordinary. That the verdict is that of the whole plan is proven by tests that compare both.
 * @param bytes UTF-8
 * @returns the document when it is an object, as a plan is; anything else as it is
 * @throws ScanError
 */
export function readDocument(bytes: Buffer, facts: PlanFacts, from = 0): unknown {
  const parsed = parseAtOnce(bytes, from);
  if (parsed !== undefined) return new PlanReader(new ParsedWalk(parsed.document, facts), facts).read();
  const scanner = new JsonScanner(bytes, from);
  const read = new PlanReader(new ScannedWalk(scanner, facts), facts).read();
  scanner.end();
  return read;
}

class PlanReader {
  private configuration: Buffer | undefined;

  public constructor(
    private readonly walk: Walk,
    private readonly facts: PlanFacts,
  ) {}

  public read(): unknown {
    const { walk } = this;
    const document = walk.members((name) => {
      if (name === "resource_changes") return walk.changes();
      if (name === "configuration") return this.configured();
      if (name === "prior_state") return this.priorState();
      return UNREAD.has(name) ? this.unread() : walk.value();
    });
    const { configuration } = this;
    if (configuration !== undefined && asObject(document) !== undefined)
      noteConfiguration(document as object, configuration);
    return document;
  }

  private unread(): JsonObject {
    this.walk.skip();
    return {};
  }

  private nothing(): undefined {
    this.walk.skip();
    return undefined;
  }

  private configured(): unknown {
    const { read, text } = this.walk.withText(() =>
      this.walk.members((name) => {
        if (name === "root_module") return this.module();
        if (name === "provider_config") return this.providers();
        return this.nothing();
      }),
    );
    this.configuration = text;
    return read;
  }

  private providers(): unknown {
    return this.walk.members(() => {
      const provider = this.walk.value();
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
    return this.walk.members((name) => {
      if (name === "resources") return this.walk.items(() => this.walk.block());
      if (name === "module_calls") return this.walk.members(() => this.call());
      return this.walk.value();
    });
  }

  private call(): unknown {
    return this.walk.members((name) => {
      if (name === "module") return this.module();
      return ["source", "version_constraint", "depends_on"].includes(name) ? this.nothing() : this.walk.value();
    });
  }

  /** Of the prior state only the data sources are read. */
  private priorState(): unknown {
    return this.walk.members((name) => (name === "values" ? this.values() : this.nothing()));
  }

  private values(): unknown {
    return this.walk.members((name) => (name === "root_module" ? this.stateModule() : this.nothing()));
  }

  private stateModule(): unknown {
    return this.walk.members((name) => {
      if (name === "resources") return this.walk.items(() => this.walk.seen());
      if (name === "child_modules") return this.walk.items(() => this.stateModule());
      return name === "address" ? this.walk.value() : this.nothing();
    });
  }
}
