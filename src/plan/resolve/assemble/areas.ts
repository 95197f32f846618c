import { member } from "../json-values";
import { type DataRead, listIn } from "./read-data";

/** Areas of Anycast EIPs that data sources have read. */
export class Areas {
  private byId: Map<unknown, Set<string>> | undefined;

  /** @param areas values of `service_location` */
  public constructor(
    private readonly data: DataRead,
    private readonly areas: ReadonlySet<unknown>,
  ) {}

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
        if (!this.areas.has(area)) continue;
        const id = member(item, "id");
        byId.set(id, (byId.get(id) ?? new Set()).add(area as string));
      }
    return byId;
  }
}
