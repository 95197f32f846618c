import type { ITerraformIterator, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { AddressBase } from "./address-base";
import { checkChoice, checkId } from "./checks";
import { ANYCAST_FACTS } from "./facts";
import type { AnycastArea } from "./facts";
import { checkForEach } from "./for-each";

/** Options of an existing address. */
export interface ExistingAnycastEipOptions {
  /** Where users come from; with it, the regions of targets are checked. @default not known */
  readonly area?: AnycastArea;
  /** One per key; the id then comes from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/** An existing Anycast EIP. */
export class ExistingAddress extends AddressBase {
  public readonly id: string;
  protected readonly isShared = true;
  protected readonly area: AnycastArea | undefined;
  protected readonly provider: TerraformProvider | undefined;
  protected readonly forEach: ITerraformIterator | undefined;

  public constructor(scope: Construct, id: string, anycastEipId: string, options: ExistingAnycastEipOptions) {
    super(scope, id);
    checkId(this, "the id of the Anycast EIP", "aeip-", anycastEipId);
    const areas = ANYCAST_FACTS.address.areas.map((one) => one.id);
    checkChoice(this, "the area", options.area, areas);
    checkForEach(this, options.forEach);
    this.id = anycastEipId;
    this.forEach = options.forEach;
    this.area = options.area;
    this.provider = options.provider;
  }
}
