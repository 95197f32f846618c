import { isDay } from "../core/day";
import { defined } from "../core/defined";
import { expectationError } from "../core/errors";

/** Properties of a new key. */
export interface NewFlags {
  readonly name?: string;
  readonly expires?: string;
}

/** @throws AnycastError `OptionInvalid` */
export function about({ name, expires }: NewFlags): NewFlags {
  if (expires !== undefined && !isDay(expires)) {
    throw expectationError("OptionInvalid", {
      what: "the option --expires",
      rule: "a day like 2027-01-31",
      got: expires,
      fix: "write year, month and day with dashes.",
    });
  }
  // The name is written in a line of its own in front of the key.
  if (name !== undefined && !/^[^\r\n-][^\r\n]*$/.test(name)) {
    throw expectationError("OptionInvalid", {
      what: "the option --name",
      rule: "one line of text that does not begin with a dash",
      got: name,
      fix: "choose a short name, such as the job's.",
    });
  }
  return { ...defined({ name, expires }) };
}
