import { readTypes } from "../../../src/pipeline/check/read-types";
import { cutBy } from "../../../src/pipeline/check/cut";
import { projectPlan } from "../../../src/plan";
import { type Decision, loadWasmPolicy, readDecision, readPolicyBundle, type Settings } from "../../../src/policy";
import { judgeSlices } from "../../../src/policy/slices";
import { SETTINGS } from "../../gate/support/judge";
import type { Json } from "./parts";

const bundle = readPolicyBundle();
export const FACTS = readTypes(bundle);

export interface Judged {
  /** The decision in a form that compares, or the code of the error. */
  readonly decision: unknown;
  readonly evaluations: number;
  readonly inOnePiece: boolean;
}

/** Judges plans as they are, as projections, and in slices, by one policy each. */
export class Judges {
  private policy: ReturnType<typeof loadWasmPolicy> | undefined;

  public constructor(private readonly settings: Settings = SETTINGS) {}

  public whole(plan: Json): Judged {
    return this.judge((evaluate) => readDecision(evaluate(plan)));
  }

  public projected(plan: Json): Judged {
    return this.judge((evaluate) => readDecision(evaluate(projectPlan(plan, FACTS))));
  }

  public sliced(plan: Json): Judged {
    const projection = projectPlan(plan, FACTS);
    const cut = cutBy(FACTS, this.settings)(projection);
    let inOnePiece = cut === undefined;
    const judged = this.judge((evaluate) => {
      const decision = cut && judgeSlices(cut, evaluate);
      inOnePiece = decision === undefined;
      return decision ?? readDecision(evaluate(projection));
    });
    return { ...judged, inOnePiece };
  }

  private judge(work: (evaluate: (input: object) => Record<string, unknown>) => Decision): Judged {
    let evaluations = 0;
    const policy = (this.policy ??= loadWasmPolicy(
      bundle.wasm,
      { ...bundle.data, anycast_settings: this.settings },
      bundle.entrypoint,
    ));
    try {
      const decision = work((input) => {
        evaluations++;
        return policy.evaluate(input);
      });
      return { decision: comparable(decision), evaluations, inOnePiece: true };
    } catch (thrown) {
      this.policy = undefined;
      const { code } = thrown as { code?: string };
      if (code === undefined) throw thrown;
      return { decision: code, evaluations, inOnePiece: true };
    }
  }
}

/** A decision is a set of findings and a set of proofs; their order says nothing. */
function comparable({ rules, attachments, findings, evidence, waivers }: Decision): unknown {
  return {
    rules,
    attachments,
    findings: sorted(findings),
    evidence: sorted(evidence.map((one) => ({ ...one, targets: sorted(one.targets) }))),
    waivers: [...waivers].sort(),
  };
}

function sorted(items: readonly unknown[]): string[] {
  return [...new Set(items.map((item) => JSON.stringify(item, Object.keys(item as object).sort())))].sort();
}
