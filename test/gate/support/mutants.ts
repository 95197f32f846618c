import fc from "fast-check";
import { fixture, fixtureNames, type Json } from "./plan";

/** Values to put in place of others: every JSON type, and texts that rules look for. */
const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  "",
  "x",
  [],
  {},
  ["delete"],
  ["create"],
  "intranet",
  "internet",
];

/** One random edit of a plan: a member removed, replaced, copied from elsewhere, or two swapped. */
export function mutate(plan: Json, draw: fc.GeneratorValue): void {
  const places = placesOf(plan);
  const pick = <T>(from: readonly T[]): T => from[draw(fc.nat, { max: from.length - 1 })]!;
  const place = pick(places);
  const other = pick(places);
  switch (draw(fc.nat, { max: 4 })) {
    case 0:
      if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
      else delete place.holder[place.key];
      return;
    case 1:
      place.holder[place.key] = structuredClone(pick(VALUES));
      return;
    case 2:
      place.holder[place.key] = structuredClone(other.holder[other.key]);
      return;
    case 3:
      if (isInside(place.holder[place.key], other.holder) || isInside(other.holder[other.key], place.holder)) return;
      [place.holder[place.key], other.holder[other.key]] = [other.holder[other.key], place.holder[place.key]];
      return;
    default:
      if (Array.isArray(place.holder)) place.holder.push(structuredClone(other.holder[other.key]));
      else place.holder[other.key] = structuredClone(other.holder[other.key]);
  }
}

interface Place {
  readonly holder: Json;
  readonly key: string;
}

/** Every member of every object and list that rules may read; what they never read would only thin the edits out. */
function placesOf(plan: Json): Place[] {
  const places: Place[] = [];
  const visit = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ holder: value, key });
      visit(value[key]);
    }
  };
  for (const key of Object.keys(plan)) {
    places.push({ holder: plan, key });
    if (["resource_changes", "configuration", "prior_state", "variables"].includes(key)) visit(plan[key]);
  }
  return places;
}

function isInside(value: Json, holder: Json): boolean {
  if (value === holder) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((one) => isInside(one, holder));
}

/** Fixtures with one to three edits each, the same for the same seed. */
export function mutants(count: number, seed: number): Json[] {
  const names = fixtureNames();
  const made: Json[] = [];
  fc.check(
    fc.property(fc.gen(), (draw) => {
      const plan = fixture(names[draw(fc.nat, { max: names.length - 1 })]!);
      for (let left = 1 + draw(fc.nat, { max: 2 }); left > 0; left--) mutate(plan, draw);
      made.push(plan);
    }),
    { numRuns: count, seed },
  );
  return made;
}
