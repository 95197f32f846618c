import { member } from "../json-values";
import { type DataRead, listIn } from "./read-data";

const AREAS: ReadonlySet<unknown> = new Set(["international", "ChineseMainland"]);

/** Areas of Anycast EIPs that data sources have read. */
export class Areas {
  private byId: Map<unknown, Set<string>> | undefined;

  public constructor(private readonly data: DataRead) {}

  /** @returns the area of the one Anycast EIP with this id; undefined where nothing says it, or not the same */
  public of(anycast: readonly (string | null)[]): string | undefined {
    this.byId ??= this.read();
    const areas = anycast.length === 1 ? this.byId.get(anycast[0]) : undefined;
    return areas?.size === 1 ? [...areas][0] : undefined;
  }

  private read(): Map<unknown, Set<string>> {
    const byId = new Map<unknown, Set<string>>();
    for (const { values } of this.data.of("address_data"))
      for (const item of listIn(values, "addresses")) {
        const area = member(item, "service_location");
        if (!AREAS.has(area)) continue;
        const id = member(item, "id");
        byId.set(id, (byId.get(id) ?? new Set()).add(area as string));
      }
    return byId;
  }
}
