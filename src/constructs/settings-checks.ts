import type { Construct } from "constructs";
import { asTyped, misuse } from "./errors";

/** An object with settings. A caller without types may give anything. @throws ConstructError `InvalidSettings` */
export function checkObject(scope: Construct, what: string, value: unknown, rule = "an object"): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw misuse({
    code: "InvalidSettings",
    what,
    rule,
    got: asTyped(value),
    at: scope.node.path,
    fix: "give the settings between braces, as the example of its type shows.",
  });
}

/** A list, empty or not. @throws ConstructError `InvalidSettings` */
export function checkList(scope: Construct, what: string, value: unknown): void {
  if (Array.isArray(value)) return;
  throw misuse({
    code: "InvalidSettings",
    what,
    rule: "a list",
    got: asTyped(value),
    at: scope.node.path,
    fix: "give the values between square brackets.",
  });
}
