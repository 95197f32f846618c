import type { Evidence } from "../core/check-report";
import { provePartSize } from "../core/plan-size";
import type { Decision, PolicyFinding } from "./decision";
import { readDecision } from "./decision";

/** A part of what the policies are given, checked by itself. Parts with the same text get the same answer, but for their names. */
export interface Part {
  readonly text: string;
  /** Puts the names into JSON of the answer; they are such that JSON needs no escapes for them. */
  readonly restore: (answer: string) => string;
}

/** @param size of the input's JSON */
type Evaluate = (input: object, size: number) => Record<string, unknown>;

/** An answer to one text. */
interface Answer {
  readonly decision: Decision;
  /** JSON of what was found. */
  readonly findings: readonly string[];
  /** JSON of the evidence, if there is any. */
  readonly evidence: string | undefined;
}

/** Evaluates parts one by one, each text once, and puts the answers together to the decision on the whole. */
export function decideByParts(parts: Iterable<Part>, evaluate: Evaluate): Decision {
  const answers = new Map<string, Answer>();
  const whole = new Whole();
  for (const { text, restore } of parts) {
    let answer = answers.get(text);
    if (answer === undefined) {
      provePartSize(text.length);
      const decision = readDecision(evaluate(JSON.parse(text) as object, text.length));
      const findings = decision.findings.map((finding) => JSON.stringify(finding));
      answer = {
        decision,
        findings,
        evidence: decision.evidence.length === 0 ? undefined : JSON.stringify(decision.evidence),
      };
      answers.set(text, answer);
      whole.learn(decision);
    }
    whole.add(answer, restore);
  }
  return whole.decision();
}

class Whole {
  private rules: readonly string[] | undefined;
  private attachments = 0;
  private readonly findings = new Map<string, PolicyFinding>();
  private readonly evidence: Evidence[] = [];
  private readonly waivers = new Set<number>();

  /** What is the same for all parts that get this answer. */
  public learn({ rules, waivers }: Decision): void {
    // Only rules that were evaluated on all parts count as evaluated.
    this.rules = this.rules?.filter((rule) => rules.includes(rule)) ?? rules;
    for (const waiver of waivers) this.waivers.add(waiver);
  }

  public add({ decision, findings, evidence }: Answer, restore: Part["restore"]): void {
    this.attachments += decision.attachments;
    for (const named of findings) {
      const finding = restore(named);
      if (!this.findings.has(finding)) this.findings.set(finding, JSON.parse(finding) as PolicyFinding);
    }
    if (evidence !== undefined) this.evidence.push(...(JSON.parse(restore(evidence)) as Evidence[]));
  }

  public decision(): Decision {
    const findings = [...this.findings.values()];
    // As in policies/main.rego: nothing is proven of what was refused elsewhere, or where the plan as a whole was.
    const refused = new Set(findings.filter((one) => one.level === "deny").map((one) => one.address));
    const evidence = refused.has("") ? [] : this.evidence.filter((one) => !refused.has(one.address));
    return {
      rules: this.rules ?? [],
      attachments: this.attachments,
      findings,
      evidence,
      waivers: [...this.waivers].sort((a, b) => a - b),
    };
  }
}
