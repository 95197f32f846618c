import { OssBackend } from "cdktf";
import { BUCKET, checkKnown, checkText, checkUrl, KEY, REGION } from "./checks";
import type { StatePlace } from "./configure-backend";
import { notKept, SANDBOX_NAME } from "./in-sandbox";

/** A Tablestore table with one primary key, `LockID`, of type String. */
export interface TablestoreLock {
  /** Address of the instance, e.g. `https://INSTANCE.ap-southeast-1.ots.aliyuncs.com`. */
  readonly endpoint: string;
  /** Name of the table. */
  readonly table: string;
}

/** Where Object Storage Service keeps the state. */
export interface OssStateProps {
  /** Name of the bucket. Turn versioning on, so that an older state can be restored. */
  readonly bucket: string;
  /** Region of the bucket, e.g. `ap-southeast-1`. */
  readonly region: string;
  /** The lock that prevents two runs at the same time; `none` for a stack that only one person ever runs. */
  readonly lock: TablestoreLock | "none";
  /** Directory of the states. @default "terraform" */
  readonly prefix?: string;
  /** Name of the state in that directory. @default the stack's id and `.tfstate` */
  readonly key?: string;
  /** Whether OSS encrypts the state (AES256). @default true */
  readonly encrypt?: boolean;
  /** Another address of OSS, e.g. the internal one. @default the region's */
  readonly endpoint?: string;
}

const KNOWN = ["bucket", "region", "lock", "prefix", "key", "encrypt", "endpoint"];
const TABLE = { pattern: /^[A-Za-z_]\w{0,254}$/, says: "letters, digits and `_`, not starting with a digit" };
const ENVIRONMENT = "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, ALICLOUD_ASSUME_ROLE_ARN or ALICLOUD_PROFILE";

/**
 * States in an OSS bucket, locked by a Tablestore table.
 * @throws ConstructError `StateOptionUnknown`, `StateOptionInvalid`
 */
export function ossState(props: OssStateProps): StatePlace {
  const at = "ossState";
  const { bucket, region, lock, prefix = "terraform", key, encrypt = true, endpoint } = props;
  checkKnown(at, props, KNOWN, ENVIRONMENT);
  checkText(at, "the bucket", bucket ?? "", BUCKET);
  checkText(at, "the region", region ?? "", REGION);
  checkText(at, "the prefix", prefix, KEY);
  checkText(at, "the key", key, KEY);
  const keyOf = (stack: string): string => key ?? `${stack}.tfstate`;
  // A table without an address, which the type rules out, makes terraform crash: both are checked.
  const locking = lock === "none" ? undefined : tablestore(at, lock);
  const address = endpoint === undefined ? undefined : checkUrl(at, "the endpoint", endpoint);
  return {
    isLocked: locking !== undefined,
    identify: (stack) => `oss://${bucket}/${prefix}/${keyOf(stack)}`,
    connect: (stack, inSandbox = false) => {
      const isHere = address !== undefined && /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(address).hostname);
      if (inSandbox && !isHere) {
        throw notKept(stack.node.path, "OSS", "OSS takes the keys of the cloud, which the sandbox withholds");
      }
      return new OssBackend(stack, {
        bucket,
        region,
        prefix: (inSandbox ? `${SANDBOX_NAME}/` : "") + prefix,
        key: keyOf(stack.node.id),
        encrypt,
        endpoint: address,
        ...locking,
      });
    },
  };
}

function tablestore(at: string, lock: TablestoreLock): { tablestoreEndpoint: string; tablestoreTable: string } {
  checkKnown(`${at}.lock`, lock ?? {}, ["endpoint", "table"], ENVIRONMENT);
  checkText(at, "the table of the lock", lock?.table ?? "", TABLE);
  return {
    tablestoreEndpoint: checkUrl(at, "the endpoint of the lock", lock.endpoint),
    tablestoreTable: lock.table,
  };
}
