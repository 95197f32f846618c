import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { AnycastError } from "../../src/core/errors";

/** The one version the committed wasm is built with; a Go module version. */
export const OPA_VERSION = "1.22.2";

const INSTALL = `go install github.com/open-policy-agent/opa@v${OPA_VERSION}`;

/**
 * Path of the `opa` program: `OPA`, PATH, or where `go install` puts it.
 * @throws AnycastError `OpaNotFound`, `OpaVersionDiffers`
 */
export function findOpa(env: NodeJS.ProcessEnv = process.env): string {
  const candidates = [
    env.OPA,
    "opa",
    env.GOBIN && join(env.GOBIN, "opa"),
    join(env.GOPATH ?? join(homedir(), "go"), "bin", "opa"),
  ];
  for (const candidate of candidates) {
    if (!candidate || (candidate.includes("/") && !existsSync(candidate))) continue;
    const answer = spawnSync(candidate, ["version"], { encoding: "utf8" });
    if (answer.status !== 0) continue;
    const version = /^Version: (\S+)/m.exec(answer.stdout)?.[1];
    if (version === OPA_VERSION) return candidate;
    if (candidate === env.OPA || candidate !== "opa") {
      throw new AnycastError(
        "OpaVersionDiffers",
        `Expected opa to be version ${OPA_VERSION}, got \`${version ?? "unknown"}\` (at ${candidate}). Fix: ${INSTALL}`,
      );
    }
  }
  throw new AnycastError(
    "OpaNotFound",
    `Expected opa ${OPA_VERSION} to be installed, but it was not found. Fix: ${INSTALL}`,
  );
}

/** Runs opa and returns what it printed; throws with what it complained of. */
export function opa(args: readonly string[], cwd: string, input?: string): string {
  const answer = spawnSync(findOpa(), [...args], { cwd, encoding: "utf8", input, maxBuffer: 256 * 1024 * 1024 });
  if (answer.status !== 0) {
    throw new AnycastError(
      "OpaFailed",
      `opa ${args.slice(0, 3).join(" ")} … failed with exit code ${String(answer.status)}:\n${answer.stderr}${answer.stdout}`,
    );
  }
  return answer.stdout;
}
