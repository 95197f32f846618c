import { readTypes } from "../../../src/pipeline/check/read-types";
import { readPolicyBundle } from "../../../src/policy";

export const FACTS = readTypes(readPolicyBundle());
