import { readTypes } from "../../../src/check/read-types";
import { readPolicyBundle } from "../../../src/policy";

export const FACTS = readTypes(readPolicyBundle());
