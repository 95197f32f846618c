import { listAt, textAt } from "../api/body";
import { ProviderError } from "../api/errors";
import { argument, ask, rename, results } from "./shared";
import type { DataSourceType } from "./type";

const FILE = "data_source_alicloud_regions";

export const regions: DataSourceType = {
  file: FILE,
  read: async (given, context) => {
    const { region } = context.settings;
    const name = argument(given, "name");
    const current = given.current === true;
    const all = listAt(await ask(context, FILE, "Ecs", "DescribeRegions", {}), "Regions.Region");
    if (all.length === 0) throw new ProviderError("no matching regions found");
    if (current && name !== undefined && name !== region) {
      throw new ProviderError(`name doesn't match current region: "${region}", please input again.`);
    }
    const wanted = current ? region : name;
    const found = all.filter((one) => wanted === undefined || one.RegionId === wanted);
    if (found.length === 0) {
      throw new ProviderError(
        "Your query region returned no results. Please change your search criteria and try again.",
      );
    }
    return results(
      given,
      found.map((one) => textAt(one, "RegionId")),
      {
        regions: found.map((one) => rename(one, { id: "RegionId", region_id: "RegionId", local_name: "LocalName" })),
      },
    );
  },
};
