import type { ITerraformIterator, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { SlbAcl } from "@cdktf/provider-alicloud/lib/slb-acl";
import { SlbAclEntryAttachment } from "@cdktf/provider-alicloud/lib/slb-acl-entry-attachment";
import { checkCidr } from "./cidr-checks";
import { misuse } from "./errors";
import { checkForEach, perKey } from "./for-each";
import { checkList, checkObject } from "./settings-checks";
import { checkClbName, checkResourceGroup, checkTags, isUnknown } from "./checks";

/** A block of addresses of a `ClbAccessList`. */
export interface ClbAccessListEntry {
  /** A block of addresses, e.g. `203.0.113.0/24`; one address is `203.0.113.7/32`. */
  readonly cidr: string;
  /** @default none */
  readonly comment?: string;
}

/** Settings of a `ClbAccessList`. */
export interface ClbAccessListProps {
  /** 1 to 80 characters. */
  readonly name: string;
  /** The blocks of addresses. */
  readonly entries: readonly ClbAccessListEntry[];
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Makes one per key; names and other values then come from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/**
 * A list of addresses that a listener lets in, or keeps out.
 * @throws ConstructError `InvalidName`, `InvalidCidr`, `EntryTwice`, `InvalidTags`, `InvalidId`, `InvalidIterator`
 * @example
 * const office = new ClbAccessList(stack, "office", { name: "office", entries: [{ cidr: "203.0.113.0/24" }] });
 * clb.addListener({ protocol: "tcp", port: 443, access: { mode: "allow", lists: [office.id] } });
 */
export class ClbAccessList extends Construct {
  /** The resource itself, for settings that this class does not offer. */
  public readonly resource: SlbAcl;

  public constructor(scope: Construct, id: string, props: ClbAccessListProps) {
    super(scope, id);
    checkObject(this, "the settings of an access list", props);
    checkClbName(this, props.name);
    checkTags(this, props.tags);
    checkResourceGroup(this, props.resourceGroupId);
    checkForEach(this, props.forEach);
    checkList(this, "the entries of an access list", props.entries);
    props.entries.forEach((entry, at) => {
      checkObject(this, "an entry of an access list", entry);
      const { cidr } = entry;
      checkCidr(this, "the block of an entry", cidr);
      if (isUnknown(cidr) || props.entries.findIndex((other) => other.cidr === cidr) === at) return;
      throw misuse({
        code: "EntryTwice",
        what: "the entries of an access list",
        rule: "different blocks",
        got: cidr,
        at: this.node.path,
        fix: "name it once.",
      });
    });
    const { name, resourceGroupId, forEach, provider } = props;
    const tags = props.tags === undefined ? undefined : { ...props.tags };
    this.resource = perKey(new SlbAcl(this, "list", { name, resourceGroupId, tags, forEach, provider }));
    props.entries.forEach(({ cidr: entry, comment }, at) => {
      new SlbAclEntryAttachment(this, `entry-${at + 1}`, {
        aclId: this.resource.id,
        entry,
        comment,
        forEach,
        provider,
      });
    });
  }

  /** Id of the list, `acl-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }
}
