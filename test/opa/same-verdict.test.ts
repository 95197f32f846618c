import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPlans } from "../../src/check";
import { readPolicyBundle, loadWasmPolicy } from "../../src/policy";
import { findOpa } from "../../tools/policies/opa";

const ROOT = join(__dirname, "..", "..");
const POLICIES = join(ROOT, "policies");
const PLANS = join(ROOT, "test", "fixtures", "plans");
const names = readdirSync(PLANS).filter((name) => name.endsWith(".json") && name !== "index.json");

interface Decision {
  readonly findings: readonly { readonly rule: string; readonly address: string; readonly message: string }[];
  readonly evidence: readonly { readonly address: string }[];
  readonly attachments: number;
}

/** What opa itself says, from the Rego sources, on the whole plan. */
function byOpa<T>(query: string, input: string): T {
  const answer = execFileSync(findOpa(), ["eval", "-f", "json", "-d", POLICIES, "-i", input, query], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const value = (JSON.parse(answer) as { result?: { expressions: { value: T }[] }[] }).result?.[0]?.expressions[0]
    ?.value;
  if (value === undefined) throw new Error(`opa gave no value for ${query}`);
  return value;
}

function facts(decision: Decision): unknown {
  return {
    attachments: decision.attachments,
    findings: decision.findings.map(({ rule, address, message }) => `${rule} ${address} ${message}`).sort(),
    evidence: decision.evidence.map(({ address }) => address).sort(),
  };
}

describe("the same verdict everywhere", () => {
  it.each(names)("%s: opa eval, wasm on the whole plan, and the gate agree", async (name) => {
    const path = join(PLANS, name);
    const opa = facts(byOpa<Decision>("data.anycast.decision", path));
    const bundle = readPolicyBundle();
    const plan = JSON.parse(readFileSync(path, "utf8")) as object;
    expect(
      facts(loadWasmPolicy(bundle.wasm, bundle.data, bundle.entrypoint).evaluate(plan) as unknown as Decision),
    ).toEqual(opa);
    const [report] = (await checkPlans([{ name, path }], { emit: () => undefined, cwd: tmpdir() })).plans;
    expect(
      facts({
        attachments: (opa as { attachments: number }).attachments,
        findings: report?.findings ?? [],
        evidence: report?.evidence ?? [],
      }),
    ).toEqual(opa);
    const denied = byOpa<string[]>("data.main.deny", path);
    expect(denied.length > 0).toBe(report?.verdict === "denied");
  });

  it("with HCP Terraform's input and query", () => {
    const work = mkdtempSync(join(tmpdir(), "anycast-hcp-"));
    try {
      for (const [name, denied] of [
        ["internet-facing", true],
        ["internal-vpc", false],
      ] as const) {
        const input = join(work, `${name}.json`);
        writeFileSync(
          input,
          JSON.stringify({
            run: { id: "run-1" },
            plan: JSON.parse(readFileSync(join(PLANS, `${name}.json`), "utf8")) as unknown,
          }),
        );
        const query = /query\s*=\s*"([^"]+)"/.exec(readFileSync(join(POLICIES, "policies.hcl"), "utf8"))?.[1] ?? "";
        expect(byOpa<string[]>(query, input).length > 0).toBe(denied);
      }
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});

describe("the committed wasm", () => {
  it("equals what the sources compile to", () => {
    expect(() =>
      execFileSync(process.execPath, ["--import", "tsx", "tools/policies/build.ts", "--check"], {
        cwd: ROOT,
        stdio: "pipe",
      }),
    ).not.toThrow();
  });
});
