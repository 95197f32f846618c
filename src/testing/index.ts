/** For tests of stacks: `import { planInSandbox, judge } from "cdktf-alicloud-anycast/testing"`. */
import { anycastMatchers, registerMatchers } from "./matchers";
import { stopTestSandbox } from "./test-sandbox";

export { anycastMatchers };
export type { AnycastMatchers, MatcherResult } from "./matchers";
export { judge } from "./judge";
export type { JudgeOptions } from "./judge";
export { planInSandbox } from "./plan-in-sandbox";
export type { PlanChanges, PlanOptions, SandboxPlan } from "./plan-in-sandbox";
export { stopTestSandbox } from "./test-sandbox";
export type { CheckReport } from "../core/check-report";

// Under jest, and under vitest with globals, importing this is enough.
registerMatchers(globalThis as never);
const { afterAll } = globalThis as { afterAll?: (work: () => Promise<void>) => void };
afterAll?.(stopTestSandbox);
