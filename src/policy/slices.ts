import type { Evidence } from "../core/check-report";
import type { Decision, PolicyFinding } from "./decision";
import { readDecision } from "./decision";

/** A part of a plan that is judged by itself. Parts with the same text get the same answer, but for their names. */
export interface Slice {
  readonly text: string;
  readonly restore: (answer: string) => string;
}

/** A plan in parts. */
export interface Cut {
  readonly slices: Iterable<Slice>;
  /** Stands in an answer when a part did not hold all that the policies looked at. */
  readonly incomplete: string;
}

type Evaluate = (input: object) => Record<string, unknown>;

/** An answer to one text. */
interface Answer {
  readonly decision: Decision;
  /** What was left out of the part shows in it. */
  readonly incomplete: boolean;
}

/**
 * Judges a plan part by part, each text once, and puts the answers together to the decision on the whole.
 * @returns undefined when the parts were not enough and the whole must be judged in one piece
 */
export function judgeSlices({ slices, incomplete }: Cut, evaluate: Evaluate): Decision | undefined {
  const answers = new Map<string, Answer>();
  const whole = new Whole(incomplete);
  for (const { text, restore } of slices) {
    let answer = answers.get(text);
    if (answer === undefined) {
      const decision = readDecision(evaluate(JSON.parse(text) as object));
      answer = { decision, incomplete: JSON.stringify(decision).includes(incomplete) };
      answers.set(text, answer);
    }
    if (!whole.add(answer, restore)) return undefined;
  }
  return whole.decision();
}

class Whole {
  private rules: readonly string[] | undefined;
  private attachments = 0;
  private readonly findings = new Map<string, PolicyFinding>();
  private readonly evidence: Evidence[] = [];
  private readonly waivers = new Set<number>();

  public constructor(private readonly incomplete: string) {}

  /** @returns false when the answer shows that its part did not hold all that it should */
  public add({ decision, incomplete }: Answer, restore: Slice["restore"]): boolean {
    // Only rules that all parts were judged by count as evaluated.
    const { rules } = decision;
    this.rules = this.rules === undefined ? rules : this.rules.filter((rule) => rules.includes(rule));
    this.attachments += decision.attachments;
    for (const waiver of decision.waivers) this.waivers.add(waiver);
    // A part may hold stand-ins for what was left out; what is found on themselves says nothing.
    const real = incomplete
      ? decision.findings.filter((finding) => !finding.address.includes(this.incomplete))
      : decision.findings;
    if (incomplete && JSON.stringify([real, decision.evidence]).includes(this.incomplete)) return false;
    for (const named of real) {
      const finding = restored(named, restore);
      this.findings.set(JSON.stringify(finding), finding);
    }
    for (const named of decision.evidence) this.evidence.push(restored(named, restore));
    return true;
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

/** A copy with the names put back into every text. */
function restored<T>(value: T, restore: Slice["restore"]): T {
  return copied(value, restore) as T;
}

function copied(value: unknown, restore: Slice["restore"]): unknown {
  if (typeof value === "string") return restore(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copied(item, restore));
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = copied((value as Record<string, unknown>)[name], restore);
  return copy;
}
