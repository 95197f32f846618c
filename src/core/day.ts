/** Form of a day, YYYY-MM-DD. `isDay` checks that the calendar has it. */
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The day of a moment in UTC, YYYY-MM-DD: a last day ends at the same moment everywhere. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Whether this is a day of the calendar, YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !DAY.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  // Node reads 2027-02-31 as 3 March.
  return !Number.isNaN(at.getTime()) && dayOf(at) === value;
}
