/**
 * A status that passes with time: steps of a status and the moment it ends; the last one stays. What an object's
 * status is follows from the clock alone, so a process that is killed loses no timer.
 */
export type Status = readonly (readonly [status: string, until?: number])[];

export function statusAt(status: Status, now: number): string {
  for (const [name, until] of status) if (until === undefined || now < until) return name;
  return status.at(-1)?.[0] ?? "";
}
