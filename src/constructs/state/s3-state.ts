import { S3Backend } from "cdktf";
import { BUCKET, checkKnown, checkText, checkUrl, KEY, REGION } from "./checks";
import type { StatePlace } from "./configure-backend";
import { SANDBOX_NAME } from "./in-sandbox";

/** Where a service that speaks S3 keeps the state. */
export interface S3StateProps {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Region of the bucket; many stores other than AWS take `us-east-1` or `auto`. */
  readonly region: string;
  /** Address of a store other than AWS, e.g. `https://minio.example.com`. @default AWS */
  readonly endpoint?: string;
  /** Directory of the states. @default "terraform" */
  readonly prefix?: string;
  /** Name of the state in that directory. @default the stack's id and `.tfstate` */
  readonly key?: string;
  /** Whether the bucket is in the path of an address, not in its host. @default true with an endpoint, else false */
  readonly pathStyle?: boolean;
  /**
   * `lockfile` writes a second object next to the state during a run. The store must honour conditional writes
   * (`If-None-Match: *`); one that ignores them locks nothing. @default "lockfile"
   */
  readonly lock?: "lockfile" | "none";
  /** Whether the store encrypts the state. @default true on AWS; else left to the store */
  readonly encrypt?: boolean;
}

const KNOWN = ["bucket", "region", "endpoint", "prefix", "key", "pathStyle", "lock", "encrypt"];
const LOCK = { pattern: /^(lockfile|none)$/, says: "lockfile or none" };
const ENVIRONMENT = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";

/** Turns off requests that only AWS supports. */
const NOT_AWS = {
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRegionValidation: true,
  skipRequestingAccountId: true,
  skipS3Checksum: true,
};

/**
 * States in S3, or in any store that uses its protocol. Needs Terraform 1.10 or OpenTofu 1.10 for its lock.
 * @throws ConstructError `StateOptionUnknown`, `StateOptionInvalid`
 */
export function s3State(props: S3StateProps): StatePlace {
  const at = "s3State";
  const { bucket, region, endpoint, prefix = "terraform", key, lock = "lockfile" } = props;
  checkKnown(at, props, KNOWN, ENVIRONMENT);
  checkText(at, "the bucket", bucket ?? "", BUCKET);
  checkText(at, "the region", region ?? "", REGION);
  checkText(at, "the prefix", prefix, KEY);
  checkText(at, "the key", key, KEY);
  checkText(at, "the lock", lock, LOCK);
  const address = endpoint === undefined ? undefined : checkUrl(at, "the endpoint", endpoint);
  const { pathStyle = address !== undefined, encrypt = address === undefined ? true : undefined } = props;
  const keyOf = (stack: string): string => `${prefix}/${key ?? `${stack}.tfstate`}`;
  return {
    isLocked: lock === "lockfile",
    identify: (stack) => `s3://${bucket}/${keyOf(stack)}${address === undefined ? "" : ` at ${address}`}`,
    connect: (stack, inSandbox = false) => {
      const backend = new S3Backend(stack, {
        bucket,
        region,
        key: (inSandbox ? `${SANDBOX_NAME}/` : "") + keyOf(stack.node.id),
        encrypt,
        ...(pathStyle ? { usePathStyle: true } : {}),
        ...(address === undefined ? {} : { endpoints: { s3: address }, ...NOT_AWS }),
      });
      // cdktf has no option for it.
      if (lock === "lockfile") backend.addOverride("use_lockfile", true);
      return backend;
    },
  };
}
