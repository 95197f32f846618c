import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { CheckReport } from "../../../src/core/check-report";
import { AnycastError } from "../../../src/core/errors";
import { wordingOf } from "../../../src/gate/wrapper/approval";
import type { WrapperContext } from "../../../src/gate/wrapper/context";
import { GateMessages } from "../../../src/gate/wrapper/messages";
import { PlanOutput } from "../../../src/gate/wrapper/plan-output";
import { SafeLines, SCANNED_PHRASES } from "../../../src/gate/wrapper/scanner-safe";
import { injectedRender } from "../../support/injected-check";

interface Scanner {
  bufferUnterminatedLines(handler: (text: string) => void): (text: string) => void;
  handleLineReceived(send: (event: { type: string; output?: string }) => void): (text: string) => void;
}
/** The very scanner of cdktf 0.21 and cdktn 0.24. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const cdktf = require("@cdktf/cli-core/src/lib/models/deploy-machine") as Scanner;

/** What cdktf takes the written pieces for, besides output. */
function reactions(pieces: readonly string[]): string[] {
  const events: string[] = [];
  const scan = cdktf.bufferUnterminatedLines(cdktf.handleLineReceived(({ type }) => events.push(type)));
  for (const piece of pieces) scan(piece);
  scan("\n");
  return events.filter((type) => type !== "OUTPUT_RECEIVED");
}

const phrase = fc.constantFrom(
  ...SCANNED_PHRASES,
  "var.x\n  Enter a value:",
  "Do you really want to destroy all resources in workspace",
);
/** Control sequences: colours, a cursor, a title, a bell, and what only looks like one. */
const control = fc.constantFrom(
  "\u001b[0m",
  "\u001b[1;31m",
  "\u001b[2K",
  "\u001b]0;title\u0007",
  "\u001b[0mx\u0007",
  "\u009b1m",
  "\u001b",
  "\u0007",
  "\u001b[00001m",
);
/** A phrase with control sequences anywhere in it, or any other text. */
const hostile = fc.oneof(
  fc
    .tuple(phrase, fc.array(fc.tuple(fc.nat(60), control), { maxLength: 3 }))
    .map(([text, controls]) =>
      controls.reduce((all, [at, sequence]) => all.slice(0, at) + sequence + all.slice(at), text),
    ),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\n", "var.x", " "),
);
const text = fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join(""));
const inPieces = fc.tuple(text, fc.array(fc.nat(80), { maxLength: 5 })).map(([whole, cuts]) => {
  const at = [...new Set(cuts.filter((cut) => cut < whole.length))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => whole.slice(from, at[i]));
});

describe("cdktf's scanner, reading the wrapper's output,", () => {
  test("reacts to terraform's own questions, which shows that this test's scanner is the real one", () => {
    for (const one of SCANNED_PHRASES) expect(reactions([`var.x ${one} in workspace?\n`])).toHaveLength(1);
  });

  test("finds no question in terraform's output, however it is split and coloured", () => {
    fc.assert(
      fc.property(inPieces, (pieces) => {
        const written: string[] = [];
        const lines = new SafeLines((part) => written.push(part));
        for (const piece of pieces) lines.push(piece);
        lines.end();
        expect(reactions(written)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("finds no question in a plan", () => {
    fc.assert(
      fc.property(inPieces, fc.constantFrom({}, { as: "plan" }), (pieces, name) => {
        const written: string[] = [];
        const output = new PlanOutput({ write: (part) => written.push(part), planFile: "/x", ...name });
        for (const piece of pieces) output.push(piece);
        output.end();
        expect(reactions(written)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  const write = (json: boolean, say: (messages: GateMessages) => void): string[] => {
    const written: string[] = [];
    const push = (part: string): void => void written.push(part);
    const render = (report: CheckReport): string => injectedRender(report);
    const context = { writeOut: push, writeErr: push, render, env: {} } as unknown as WrapperContext;
    say(new GateMessages(context, { json, noColor: false }));
    return written;
  };

  test("finds no question in the gate's messages, whatever names and values they contain", () => {
    const report = (message: string): CheckReport => ({
      version: 1,
      verdict: "denied",
      policy: { digest: "sha256:0", rules: 1 },
      plans: [
        {
          source: message,
          digest: "sha256:0",
          verdict: "denied",
          bindings: 0,
          findings: [
            {
              rule: "a/b",
              outcome: "violation",
              level: "deny",
              waived: false,
              address: message,
              message,
              fix: message,
              doc: "",
            },
          ],
        },
      ],
    });
    fc.assert(
      fc.property(text, fc.boolean(), (any, json) => {
        const written = write(json, (messages) => {
          messages.refused(report(any), any);
          messages.refused(report(any), any, any);
          messages.allowed(report(any));
          messages.failed(new AnycastError(any, any), any);
          messages.failed(new Error(any), "");
          messages.notice(any);
        });
        expect(reactions(written)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("finds no question in the project's messages", () => {
    const all = readFileSync(join(__dirname, "../../../docs/messages.md"), "utf8").split("\n");
    expect(all.length).toBeGreaterThan(300);
    // Raw, without the gate's care: nobody is tempted to write such a message.
    expect(all.filter((line) => reactions([`${line}\n`]).length > 0)).toEqual([]);
  });

  test.each([
    ["apply", "REQUEST_APPROVAL"],
    ["destroy", "REQUEST_APPROVAL"],
    ["refresh-only", "REQUEST_APPROVAL"],
  ] as const)("reacts once to the question for %s, and to nothing after the answer", (question, event) => {
    for (const color of [true, false]) {
      const asked = wordingOf(question, { color, forCdktf: true, product: "Terraform" });
      // A terminal shows the answer, which ends the line; what follows may name a variable.
      expect(reactions([asked, "yes\n", "var.x\n"])).toEqual([event]);
      expect(reactions([`${asked}yes\nvar.x\n`])).toEqual([event]);
    }
  });
});
