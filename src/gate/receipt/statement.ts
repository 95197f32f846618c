import type { Evidence } from "../../core/check-report";
import { isRecord } from "../../core/is-record";
import type { Proof } from "../proof";
import type { ChangeSource } from "./change-source";
import type { PlannedAttributes } from "./planned-changes";
import { invalid } from "./dsse";

/** Numbers of what a plan does. */
export interface ReceiptChanges {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

/** What was checked, with what, and when: everything `apply` compares. */
export interface Receipt {
  /** Unique; a receipt is valid for one apply. */
  readonly id: string;
  readonly stack: string;
  readonly operation: "deploy" | "destroy";
  /** ISO time of the check. */
  readonly time: string;
  readonly result: "PASSED" | "FAILED";
  /** `sha256:…` of the plan file, of the plan's JSON, of the compiled policy with its data, of anycast.yaml. */
  readonly digests: {
    readonly plan: string;
    readonly json: string;
    /** The same for two plans with the same content, whenever they were made. */
    readonly content: string;
    readonly policy: string;
    /** Compiled policies of the team's own (`--policy`), or `none`. */
    readonly own: string;
    /** What the cloud was asked and answered (`--live`), or `none`. */
    readonly live: string;
    /** `none` where there is no anycast.yaml. */
    readonly config: string;
    /** `none` where the provider comes without a lock entry (the sandbox's). */
    readonly lockFile: string;
  };
  readonly versions: {
    readonly gate: string;
    /** Of Terraform, e.g. `1.11.4`, or with its name, `OpenTofu 1.11.0`. */
    readonly terraform: string;
    readonly providers: Readonly<Record<string, string>>;
  };
  /** Where the state is kept, by its settings' digest; `local` for a file of the project. */
  readonly backend: string;
  /** The version of the state the plan was made from; `none` for a first plan, `unknown` where it is encrypted. */
  readonly state: string;
  /** ISO time of the oldest answer of the cloud. @default it was not asked */
  readonly liveSince?: string;
  /** Checked in the sandbox: never valid for a real apply. */
  readonly sandbox: boolean;
  /** Provider mirrors that were in use, by their settings' digest; `none` usually. */
  readonly cliConfig: string;
  readonly hasChanges: boolean;
  /** @default not counted: the wrapper shows terraform's own output instead */
  readonly changes?: ReceiptChanges;
  readonly evidence: readonly Evidence[];
  /** What the plan does, without secrets. @default an older receipt, or nothing changes */
  readonly planned?: readonly PlannedAttributes[];
  /** Which change of the code was checked, where that is known. @default an older receipt */
  readonly source?: ChangeSource;
  /** What the state held after the apply, compared with the evidence. @default it was not applied yet */
  readonly proof?: Proof;
}

const STATEMENT = "https://in-toto.io/Statement/v1";
const PREDICATE = "https://slsa.dev/verification_summary/v1";
const VERIFIER = "pkg:npm/cdktf-alicloud-anycast";

/** The receipt as an in-toto statement with the verification summary predicate, version 1. */
export function statementOf(receipt: Receipt): object {
  const { digests, versions, ...rest } = receipt;
  const { gate, ...tools } = versions;
  const sha256 = (digest: string): object => ({ sha256: digest.replace(/^sha256:/, "") });
  const inputs = { "anycast.yaml": digests.config, ".terraform.lock.hcl": digests.lockFile };
  return {
    _type: STATEMENT,
    subject: [
      { name: `${receipt.stack}.tfplan`, digest: sha256(digests.plan) },
      { name: `${receipt.stack}.tfplan.json`, digest: sha256(digests.json) },
    ],
    predicateType: PREDICATE,
    predicate: {
      verifier: { id: VERIFIER, version: { [VERIFIER]: gate, terraform: tools.terraform } },
      timeVerified: receipt.time,
      resourceUri: `anycast:stack/${encodeURIComponent(receipt.stack)}`,
      policy: { uri: `${VERIFIER}#policies`, digest: sha256(digests.policy) },
      inputAttestations: Object.entries(inputs)
        .filter(([, digest]) => digest !== "none")
        .map(([uri, digest]) => ({ uri, digest: sha256(digest) })),
      verificationResult: receipt.result,
      verifiedLevels: receipt.result === "PASSED" ? ["ANYCAST_POLICY_ALLOWED"] : ["FAILED"],
      // Additional fields; readers of the predicate skip unknown ones.
      anycast: { version: 1, ...rest, digests, versions },
    },
  };
}

/**
 * Reads a receipt back; the standard fields and our own must agree.
 * @throws AnycastError `ReceiptInvalid`
 */
export function receiptIn(statement: unknown, at: string): Receipt {
  if (!isRecord(statement) || statement._type !== STATEMENT || statement.predicateType !== PREDICATE) {
    throw invalid(at, "it is no verification summary");
  }
  const { predicate } = statement;
  const own = isRecord(predicate) && isRecord(predicate.anycast) ? predicate.anycast : undefined;
  if (own === undefined || own.version !== 1) throw invalid(at, "it is of another kind or version");
  const { version: _version, ...receipt } = own as unknown as Receipt & { version: number };
  if (!isComplete(receipt)) throw invalid(at, "parts of it are missing");
  if (JSON.stringify(statementOf(receipt)) !== JSON.stringify(statement)) throw invalid(at, "its parts disagree");
  return receipt;
}

const DIGESTS = ["plan", "json", "content", "policy", "own", "live", "config", "lockFile"] as const;

function isComplete(receipt: Receipt): boolean {
  const { digests, versions, changes } = receipt;
  const texts = [receipt.id, receipt.stack, receipt.time, receipt.cliConfig, receipt.state, receipt.backend];
  return (
    isRecord(digests) &&
    isRecord(versions) &&
    (changes === undefined || isRecord(changes)) &&
    (receipt.planned === undefined || Array.isArray(receipt.planned)) &&
    (receipt.source === undefined || isRecord(receipt.source)) &&
    isRecord(versions.providers) &&
    Array.isArray(receipt.evidence) &&
    typeof receipt.sandbox === "boolean" &&
    typeof receipt.hasChanges === "boolean" &&
    ["deploy", "destroy"].includes(receipt.operation) &&
    ["PASSED", "FAILED"].includes(receipt.result) &&
    DIGESTS.every((name) => typeof digests[name] === "string") &&
    (receipt.liveSince === undefined || typeof receipt.liveSince === "string") &&
    [versions.gate, versions.terraform].every((v) => typeof v === "string") &&
    texts.every((text) => typeof text === "string" && text !== "")
  );
}
