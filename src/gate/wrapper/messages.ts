import type { CheckReport, Finding, PlanReport } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import type { GatedOptions } from "./options";
import { scannerSafe } from "./scanner-safe";
import type { WrapperContext } from "./context";

/** Prints the gate's messages, as terraform's box or as one JSON line for `-json`. */
export class GateMessages {
  public constructor(
    private readonly context: WrapperContext,
    private readonly options: Pick<GatedOptions, "json" | "noColor">,
  ) {}

  /**
   * @param after what did not happen, e.g. "Nothing was applied."
   * @param what the subject of the message. @default this plan
   */
  public refused(
    report: CheckReport,
    after: string,
    what = report.verdict === "error" ? "could not check this plan" : "refused this plan",
  ): void {
    const count = blockingFindings(report).length;
    const title = `Policy gate ${what}${count === 0 ? "" : ` (${count} ${count === 1 ? "finding" : "findings"})`}`;
    this.error(title, [...this.context.render(report).trimEnd().split("\n"), "", after]);
  }

  /** @param isAsked a question follows, so proofs and waivers are shown too. @default false */
  public allowed(report: CheckReport, isAsked = false): void {
    const bindings = report.plans.reduce((sum, plan) => sum + plan.bindings, 0);
    const proven = bindings === 0 ? "no binding in it" : `${bindings} binding${bindings === 1 ? "" : "s"} proven`;
    const line = `Policy gate: allowed, ${proven}.${this.sandboxed()}`;
    if (this.options.json) return this.line("info", line);
    this.context.writeOut(scannerSafe(`\n${line}\n`));
    const isWorthIt = ({ findings = [], evidence = [], acknowledgements = [] }: PlanReport): boolean =>
      findings.length > 0 || (isAsked && evidence.length + acknowledgements.length > 0);
    if (report.plans.some(isWorthIt) || (isAsked && (report.waivers ?? []).length > 0)) {
      this.context.writeOut(scannerSafe(`${this.context.render(report).trimEnd()}\n`));
    }
  }

  /** An error of our own, with its code. */
  public failed(thrown: unknown, after: string): void {
    const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
    this.error(`Policy gate: ${messageOf(thrown)} [${code}]`, after === "" ? [] : [after]);
  }

  public notice(text: string): void {
    if (this.options.json) return this.line("info", text);
    this.context.writeErr(scannerSafe(`${text}\n`));
  }

  private error(title: string, lines: readonly string[]): void {
    if (this.options.json) return this.line("error", [title, ...lines].join("\n"));
    const red = (text: string): string => (this.options.noColor ? text : `\u001b[31m${text}\u001b[0m`);
    const boxed = lines.map((line) => `${red("│")} ${line}`.trimEnd());
    const middle = boxed.length === 0 ? [] : [red("│"), ...boxed];
    this.context.writeErr(scannerSafe([red("╷"), `${red("│ Error:")} ${title}`, ...middle, red("╵"), ""].join("\n")));
  }

  /** The format of terraform's own machine-readable lines. */
  private line(level: "info" | "error", text: string): void {
    const message = scannerSafe(text);
    const entry = {
      "@level": level,
      "@message": message,
      "@module": "anycast.gate",
      "@timestamp": new Date().toISOString(),
      ...(level === "error"
        ? { type: "diagnostic", diagnostic: { severity: "error", summary: message.split("\n")[0], detail: message } }
        : { type: "log" }),
    };
    this.context.writeOut(JSON.stringify(entry) + "\n");
  }

  private sandboxed(): string {
    return this.context.env.ANYCAST_SANDBOX ? " This is the sandbox: no real cloud is touched." : "";
  }
}

function blockingFindings(report: CheckReport): Finding[] {
  return report.plans.flatMap((plan) => plan.findings ?? []).filter((f) => f.level === "deny" && !f.waived);
}
