import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

describe("the lines of constructs", () => {
  jest.setTimeout(60_000);

  it("point into the program's own TypeScript, for every resource of the quick start", () => {
    const out = mkdtempSync(join(tmpdir(), "anycast-synth-"));
    try {
      execFileSync(process.execPath, ["--conditions=anycast-source", "--import", "tsx", "main.ts"], {
        cwd: ROOT,
        env: { ...process.env, CDKTF_OUTDIR: out },
        stdio: "pipe",
      });
      const synthesised = JSON.parse(readFileSync(join(out, "stacks", "quick-start", "cdk.tf.json"), "utf8")) as {
        resource: Record<string, Record<string, { "//": { metadata: { stackTrace?: string[] } } }>>;
      };
      const lines = Object.values(synthesised.resource).flatMap((named) =>
        Object.values(named).map((one) => one["//"].metadata.stackTrace?.[0] ?? "none"),
      );
      expect(lines.length).toBeGreaterThan(10);
      for (const line of lines) expect(line).toMatch(/^stacks\/[a-z-]+(\/[a-z-]+)?\.ts:\d+:\d+$/);
      const [file = "", row = ""] = (lines.find((line) => line.includes("network")) ?? "").split(":");
      expect(readFileSync(join(ROOT, file), "utf8").split("\n")[Number(row) - 1]).toContain("new ");
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});
