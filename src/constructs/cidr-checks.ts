import { isIPv4 } from "node:net";
import type { Construct } from "constructs";
import { isUnknown } from "./checks";
import { misuse } from "./errors";

/** A block that starts at its first address, or one address. @throws ConstructError `InvalidCidr` */
export function checkCidr(scope: Construct, what: string, value: string | undefined): void {
  if (value === undefined || isUnknown(value) || blockOf(value) !== undefined) return;
  const rule = "a block of IPv4 addresses that starts at its first address";
  throw wrong(scope, what, rule, value, "give a block such as 10.0.1.0/24.");
}

/** Sizes that the cloud takes, as numbers of leading bits. */
const VPC = { what: "the addresses of the VPC", min: 8, max: 28 };
const VSWITCH = { what: "the addresses of the vSwitch", min: 16, max: 29 };
/** Blocks that no VPC may be in: this network, loopback, carrier-grade NAT, link-local, multicast and reserved. */
const RESERVED = ["0.0.0.0/8", "127.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "224.0.0.0/3"].map(
  (text) => blockOf(text) as Block,
);

/** A VPC and a vSwitch in it. @throws ConstructError `InvalidCidr` */
export function checkNetwork(scope: Construct, cidr: string, vswitchCidr: string): void {
  for (const [{ what, min, max }, value] of [
    [VPC, cidr],
    [VSWITCH, vswitchCidr],
  ] as const) {
    checkCidr(scope, what, value);
    const block = blockOf(value);
    if (block === undefined) continue;
    if (block.bits < min || block.bits > max) {
      throw wrong(scope, what, `of /${min} to /${max}`, value, "give a block of such a size.");
    }
    if (RESERVED.some((one) => contains(one, block))) {
      throw wrong(
        scope,
        what,
        "no reserved ones",
        value,
        "take them from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
      );
    }
  }
  const [outer, inner] = [blockOf(cidr), blockOf(vswitchCidr)];
  if (outer === undefined || inner === undefined || contains(outer, inner)) return;
  throw wrong(scope, VSWITCH.what, `inside those of the VPC, ${cidr}`, vswitchCidr, "give a block of the VPC.");
}

interface Block {
  readonly first: number;
  readonly bits: number;
}

function contains(outer: Block, inner: Block): boolean {
  const size = 2 ** (32 - outer.bits);
  return inner.bits >= outer.bits && inner.first >= outer.first && inner.first < outer.first + size;
}

function blockOf(value: string): Block | undefined {
  const [, address = "", bits] = /^([0-9.]+)\/(\d|[12]\d|3[0-2])$/.exec(value) ?? [];
  if (bits === undefined || !isIPv4(address)) return undefined;
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return first % 2 ** (32 - Number(bits)) === 0 ? { first, bits: Number(bits) } : undefined;
}

function wrong(scope: Construct, what: string, rule: string, got: string, fix: string): Error {
  return misuse({ code: "InvalidCidr", what, rule, got, at: scope.node.path, fix });
}
