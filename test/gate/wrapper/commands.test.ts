import { readFileSync } from "node:fs";
import { join } from "node:path";
import { splitCommandLine } from "../../../src/gate/wrapper/argv";
import { treatmentOf } from "../../../src/gate/wrapper/commands";
import { readOptions } from "../../../src/gate/wrapper/options";
import { PlanOutput } from "../../../src/gate/wrapper/plan-output";
import { SCANNED_PHRASES, scannerSafe } from "../../../src/gate/wrapper/scanner-safe";

describe("which commands are gated", () => {
  test.each(["plan", "apply", "destroy"])("terraform %s is gated", (command) => {
    expect(treatmentOf(command)).toBe("gate");
  });

  test.each(["test", "stacks", "rpcapi", "a-new-command"])("terraform %s is refused", (command) => {
    expect(treatmentOf(command)).toBe("refuse");
  });

  test("the shell front passes on only what the gate would pass", () => {
    const front = readFileSync(join(__dirname, "../../../bin/anycast-terraform"), "utf8");
    const straight = [...front.matchAll(/^ {2}([a-z-]+(?: \| [a-z-]+)*)\) straight=yes/gm)].flatMap((m) =>
      m[1]!.split(" | "),
    );
    expect(straight.length).toBeGreaterThan(15);
    expect(straight.filter((command) => treatmentOf(command) !== "pass")).toEqual([]);
  });
});

describe("terraform's command line", () => {
  test.each([
    [["apply", "-auto-approve"], "apply", ["-auto-approve"], undefined],
    [["-chdir=a b", "plan"], "plan", [], "a b"],
    [["-version"], undefined, [], undefined],
    [[], undefined, [], undefined],
  ])("%j is the command %s", (argv, command, args, chdir) => {
    expect(splitCommandLine(argv)).toMatchObject({ command, args, chdir });
  });

  test("only options that a saved plan's apply accepts are passed to it", () => {
    const options = readOptions("apply", [
      "--auto-approve",
      "-refresh-only=false",
      "-no-color",
      "-parallelism=3",
      "-lock-timeout",
      "5s",
      "-lock=false",
      "-var",
      "a=-b=c",
      "-var-file=x.tfvars",
      "-replace=a.b",
      "file.tfplan",
      "-json",
    ]);
    expect(options.passed.apply).toEqual(["-no-color", "-parallelism=3", "-lock-timeout=5s", "-lock=false"]);
    expect(options.passed.plan).toEqual([...options.passed.apply, "-var=a=-b=c", "-var-file=x.tfvars", "-replace=a.b"]);
    expect(options).toMatchObject({ autoApprove: true, refreshOnly: false, json: false });
    expect(options.positional).toEqual(["file.tfplan", "-json"]);
  });
});

describe("text for cdktf's scanner", () => {
  test.each(SCANNED_PHRASES)("with %s is broken up, and looks the same", (phrase) => {
    const safe = scannerSafe(`see: ${phrase} and ${phrase}`);
    expect(safe).not.toContain(phrase);
    expect(safe.replaceAll("\u00a0", " ")).toBe(`see: ${phrase} and ${phrase}`);
  });
});

describe("what is shown of terraform's plan output", () => {
  const rule = "─".repeat(40);
  const trailer = `\n\u001b[90m\n${rule}\u001b[0m\n\nSaved the plan to: /tmp/a\nb/x\n\nTo perform exactly these actions, run the following command to apply:\n    terraform apply "/tmp/a b/x"\n`;
  const shown = (chunks: string[]): string => {
    let text = "";
    const output = new PlanOutput({ write: (part) => void (text += part), planFile: "/tmp/a b/x" });
    for (const chunk of chunks) output.push(chunk);
    output.end();
    return text;
  };

  test("the trailer is dropped however the text is split into chunks", () => {
    const whole = `Plan: 1 to add\n${trailer}`;
    for (let cut = 1; cut < whole.length; cut += 7) {
      expect(shown([whole.slice(0, cut), whole.slice(cut)])).toBe("Plan: 1 to add\n");
    }
  });

  test("a line of dashes in the middle, and a warning after the trailer, are kept", () => {
    expect(shown([`a\n${rule}\nb\n${trailer}Warning: c\n`])).toBe(`a\n${rule}\nb\nWarning: c\n`);
  });

  test("a file with a given name is shown by that name, also where terraform wraps the private path", () => {
    let text = "";
    const output = new PlanOutput({ write: (part) => void (text += part), planFile: "/tmp/a b/x", as: "plan" });
    output.push(`Plan: 1 to add\n${trailer}`);
    output.end();
    expect(text).toContain("Saved the plan to: plan\n\nTo perform exactly these actions");
    expect(text).toContain('terraform apply "plan"');
  });

  test("an incomplete last line, such as a question, is shown at the end", () => {
    expect(shown(["  Your name: "])).toBe("  Your name: ");
  });
});
