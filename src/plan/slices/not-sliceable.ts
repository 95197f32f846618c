/** Thrown inside this room only: something in the plan is not as Terraform writes it, so it is judged in one piece. */
export class NotSliceable extends Error {}

export function giveUp(why: string): never {
  throw new NotSliceable(why);
}
