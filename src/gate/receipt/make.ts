import { defined } from "../../core/defined";
import { sha256 } from "../../core/digest";
import { randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import type { CheckReport } from "../../core/check-report";
import { versionOfPackage } from "../../core/package-version";
import { stateOfPlan } from "../../plan";
import { configDigest } from "../../check/config";
import type { ConfigSource } from "../../check/config";
import { backendDigest } from "../../terraform/state";
import { changeSource } from "./change-source";
import { contentDigest } from "./content";
import {
  liveDigest,
  LOCK_FILE,
  lockedProviders,
  ownDigest,
  sha256IfThere,
  sha256OfFile,
  stateText,
  terraformVersionIn,
} from "./digests";
import { seal } from "./dsse";
import { plannedAttributes } from "./planned-changes";
import { providerSourcesDigest } from "./provider-sources";
import type { Receipt, ReceiptChanges } from "./statement";
import { statementOf } from "./statement";

export interface ReceiptInput {
  readonly stack: string;
  readonly operation: "deploy" | "destroy";
  readonly stackDirectory: string;
  readonly planFile: string;
  /** What `terraform show -json` printed of the plan file. */
  readonly json: Uint8Array;
  readonly report: CheckReport;
  /** The settings that were used, if there are any. */
  readonly config: ConfigSource | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly hasChanges: boolean;
  readonly changes?: ReceiptChanges;
  /** A directory of the repository whose commit is checked. @default the commit that the build server gives */
  readonly repository?: string;
  /** @default now */
  readonly now?: Date;
}

/** Records what was checked. */
export function makeReceipt(input: ReceiptInput): Receipt {
  const { report, stackDirectory, env } = input;
  const asked = report.plans.flatMap(({ facts = [] }) => facts.map(({ seen_at }) => seen_at)).sort();
  return {
    id: randomUUID(),
    stack: input.stack,
    operation: input.operation,
    time: (input.now ?? new Date()).toISOString(),
    result: report.verdict === "allowed" ? "PASSED" : "FAILED",
    digests: {
      plan: sha256OfFile(input.planFile),
      json: sha256(input.json),
      content: contentDigest(input.json),
      policy: report.policy.digest,
      own: ownDigest(report),
      live: liveDigest(report),
      config: configDigest(input.config),
      lockFile: sha256IfThere(join(stackDirectory, LOCK_FILE)),
    },
    versions: {
      gate: gateVersion(),
      terraform: terraformVersionIn(input.json),
      providers: lockedProviders(stackDirectory),
    },
    backend: backendDigest(stackDirectory, env),
    state: stateText(stateOfPlan(input.planFile)),
    ...(asked[0] === undefined ? {} : { liveSince: asked[0] }),
    sandbox: Boolean(env.ANYCAST_SANDBOX),
    cliConfig: providerSourcesDigest(env),
    hasChanges: input.hasChanges,
    ...defined({ changes: input.changes }),
    ...(input.hasChanges ? { planned: plannedAttributes(input.json) } : {}),
    source: changeSource(env, input.repository),
    evidence: report.plans.flatMap((plan) => plan.evidence ?? []),
  };
}

/** Seals a receipt and writes it. */
export function writeReceipt(path: string, receipt: Receipt, key: KeyObject | undefined): void {
  writeFileAtomic(path, `${JSON.stringify(seal(statementOf(receipt), key), undefined, 2)}\n`);
}

export function gateVersion(): string {
  return versionOfPackage();
}
