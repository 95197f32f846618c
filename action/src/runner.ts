import { randomBytes, randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";

/** What GitHub's runner offers to a step: annotations, outputs and the job's summary. */
export class Runner {
  public constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly write: (text: string) => void,
  ) {}

  public annotate(kind: "error" | "warning" | "notice", title: string, text: string): void {
    const escaped = (value: string): string => value.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
    this.write(`::${kind} title=${escaped(title).replace(/:/g, "%3A").replace(/,/g, "%2C")}::${escaped(text)}\n`);
  }

  /** Shows what others have written; nothing in it is obeyed. */
  public showForeign(text: string): void {
    if (text === "") return;
    const token = randomUUID();
    this.write(`::stop-commands::${token}\n${text.endsWith("\n") ? text : `${text}\n`}::${token}::\n`);
  }

  /** Shows annotations that are made by ourselves. */
  public show(text: string): void {
    this.write(text);
  }

  public output(name: string, value: string): void {
    const mark = `end_${randomBytes(12).toString("hex")}`;
    this.append("GITHUB_OUTPUT", `${name}<<${mark}\n${value}\n${mark}\n`);
  }

  public summary(markdown: string): void {
    this.append("GITHUB_STEP_SUMMARY", markdown.endsWith("\n") ? markdown : `${markdown}\n`);
  }

  private append(variable: string, text: string): void {
    const path = this.env[variable];
    if (path !== undefined && path !== "") appendFileSync(path, text);
  }
}
