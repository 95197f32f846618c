import type { Construct } from "constructs";
import { AlidnsRecord } from "@cdktf/provider-alicloud/lib/alidns-record";
import { asTyped, misuse } from "./errors";
import { isUnknown } from "./checks";
import { perKey } from "./for-each";
import type { ITerraformIterator, TerraformProvider } from "cdktf";

/** A record of Alibaba Cloud DNS for the accelerated address. */
export interface DnsOptions {
  /** The domain that Alibaba Cloud DNS serves, e.g. `example.com`. */
  readonly domainName: string;
  /** The name below it: `www`, or `@` for the domain itself. */
  readonly record: string;
  /** Seconds that resolvers may keep it. @default 600 */
  readonly ttl?: number;
}

/** The last label is letters, or one of another script as it is written in DNS. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/i;
const RECORD = /^(@|\*|(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?)$/i;

/** An A record of Alibaba Cloud DNS. @throws ConstructError `InvalidDns` */
export function addDnsRecord(
  scope: Construct,
  id: string,
  { domainName, record, ttl = 600 }: DnsOptions,
  made: {
    readonly ipAddress: string;
    readonly forEach: ITerraformIterator | undefined;
    readonly provider: TerraformProvider | undefined;
  },
): AlidnsRecord {
  const wrong = (what: string, rule: string, got: unknown): Error =>
    misuse({ code: "InvalidDns", what, rule, got, at: scope.node.path, fix: "correct it." });
  const isOf = (form: RegExp, value: unknown): boolean => typeof value === "string" && form.test(value);
  if (!isUnknown(domainName) && !isOf(DOMAIN, domainName)) {
    throw wrong("the domain name", "a domain such as example.com", domainName);
  }
  if (!isUnknown(record) && !isOf(RECORD, record)) {
    throw wrong("the record", "a name such as www, or @", record);
  }
  if (!isUnknown(ttl) && !(Number.isInteger(ttl) && ttl >= 1 && ttl <= 86_400)) {
    throw wrong("the ttl", "a whole number of seconds from 1 to 86400", asTyped(ttl));
  }
  const { ipAddress: value, forEach, provider } = made;
  return perKey(new AlidnsRecord(scope, id, { domainName, rr: record, type: "A", value, ttl, forEach, provider }));
}
