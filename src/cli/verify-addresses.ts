import { AnycastError } from "../core/errors";
import { projectRootOf } from "../terraform/project";
import { addressesAt, addressesOfProject } from "../verify";
import type { Addresses } from "../verify";
import type { CliIo } from "./io";

export interface AddressFlags {
  readonly plain?: string;
  readonly accelerated?: string;
  readonly outputs?: string;
}

/** The two addresses, from the options or from a stack's outputs. @throws AnycastError `AddressesGivenTwice`, `AddressMissing` */
export async function addressesFor(
  { plain, accelerated, outputs }: AddressFlags,
  stacks: readonly string[],
  io: CliIo,
): Promise<Addresses> {
  const ways = [plain !== undefined || accelerated !== undefined, outputs !== undefined, stacks.length > 0];
  if (ways.filter(Boolean).length > 1) {
    throw new AnycastError(
      "AddressesGivenTwice",
      "The addresses come from more than one of URLs, --outputs and stacks. Fix: keep one of them.",
    );
  }
  if (plain !== undefined && accelerated !== undefined) return { plain, accelerated };
  if (plain !== undefined || accelerated !== undefined) {
    throw new AnycastError(
      "AddressMissing",
      `${plain === undefined ? "--accelerated needs --plain" : "--plain needs --accelerated"}. Fix: give both, or neither, to take both from the stack's outputs.`,
    );
  }
  if (outputs !== undefined) return addressesAt(outputs, io.env);
  return addressesOfProject(projectRootOf(io.cwd) ?? io.cwd, stacks, io.env);
}
