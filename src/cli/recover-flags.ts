import { expectationError } from "../core/errors";

export interface RecoverFlags {
  readonly only?: readonly string[];
  readonly id?: readonly string[];
  readonly none?: readonly string[];
  readonly dryRun?: boolean;
  readonly events?: string;
  readonly format: "text" | "json";
}

/** @throws AnycastError `OptionInvalid` */
export function idsIn(given: readonly string[]): Map<string, string> {
  return new Map(
    given.map((text) => {
      // Keys of instances may contain `=`, ids do not.
      const at = text.lastIndexOf("=");
      if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
      throw expectationError("OptionInvalid", {
        what: "the option --id",
        rule: "ADDRESS=ID",
        got: text,
        fix: "write for example --id alicloud_vpc.vpc=vpc-1a2b.",
      });
    }),
  );
}
