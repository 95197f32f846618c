import { readFileSync } from "node:fs";
import type { AllowList } from "../../src/bindings/schema";
import { AnycastError, messageOf } from "../../src/core/errors";
import { ALLOW_LIST_FILE } from "./provider";

/** @throws AnycastError `AllowListNotReadable` */
export function readAllowList(file = ALLOW_LIST_FILE): AllowList {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as AllowList;
  } catch (cause) {
    throw new AnycastError("AllowListNotReadable", `The allow-list ${file} could not be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}
