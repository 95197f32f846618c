import type { TargetFacts } from "../facts-document";
import { itemsOf, marshal, member } from "../json-values";
import { seenFacts } from "./data-sources";

/** Load balancers of which the cloud was asked. */
export class Live {
  public constructor(private readonly answers: unknown) {}

  public withId(id: string): readonly TargetFacts[] {
    const found = itemsOf(member(this.answers, "load_balancers")).flatMap((seen): TargetFacts[] => {
      const [when, region] = [member(seen, "seen_at"), member(seen, "region")];
      if (member(seen, "id") !== id || typeof when !== "string" || region === undefined) return [];
      return [
        {
          address: "live",
          via: "live",
          by: `${id} seen ${when}`,
          type: "live",
          ...seenFacts(seen, member(seen, "address_type") ?? null),
          region: { value: typeof region === "string" ? region : null, from: "the cloud's answer" },
          outside: [],
          exists: true,
        },
      ];
    });
    return [...new Map(found.map((one) => [marshal(one), one])).values()];
  }
}
