import { defined } from "../../core/defined";
import type { LiveFact } from "../../core/check-report";
import { messageOf } from "../../core/errors";
import { explainMissingPackage } from "../../core/missing-package";
import type { JsonObject } from "../../plan";
import { asList, asObject } from "../../plan";
import type { Ask } from "./api";
import type * as official from "./official-client";
import { questionsOf } from "./questions";

export interface LiveOptions {
  /** `host:port` or `host` of the API to ask, for every product. @default the products' own */
  readonly liveEndpoint?: string;
  /** The client. @default the official one, made only when there is something to ask */
  readonly ask?: Ask;
}

export interface LiveAnswers {
  /** The answers for the policies (`data.anycast_settings.live`). */
  readonly live: {
    readonly load_balancers: readonly Readonly<Record<string, unknown>>[];
    readonly regions?: readonly string[];
  };
  /** What was asked and answered, for the report. */
  readonly facts: readonly LiveFact[];
}

/**
 * Asks the cloud about load balancers that a plan names by a literal id, and about the regions it supports. Any failure,
 * of credentials or of the network, is recorded and proves nothing.
 */
export async function askCloud(plan: JsonObject, options: LiveOptions): Promise<LiveAnswers> {
  const questions = questionsOf(plan);
  const facts: LiveFact[] = [];
  const loadBalancers: Readonly<Record<string, unknown>>[] = [];
  if (questions.ids.length === 0) return { live: { load_balancers: [] }, facts };
  const record = (action: string, subject: string, answer: Record<string, unknown>): string => {
    const seen_at = new Date().toISOString();
    facts.push({ seen_at, action, subject, answer });
    return seen_at;
  };
  let ask: Ask;
  try {
    ask = options.ask ?? (await officialClient()(options.liveEndpoint));
  } catch (thrown) {
    record("credentials", "default chain", { error: messageOf(thrown) });
    return { live: { load_balancers: [] }, facts };
  }
  for (const { id, region } of questions.ids) {
    try {
      const found = await findLoadBalancer(ask, id, region);
      const seen_at = record("Slb.DescribeLoadBalancers", id, found ?? { found: false });
      if (found !== undefined) loadBalancers.push({ ...found, id, seen_at });
    } catch (thrown) {
      record("Slb.DescribeLoadBalancers", id, { error: messageOf(thrown) });
    }
  }
  const regions = await supportedRegions(ask, questions.areas, questions.ids[0]?.region ?? "", record);
  return { live: { load_balancers: loadBalancers, ...defined({ regions }) }, facts };
}

/** One page holds 100; a service that does not filter by id is paged through. */
const PAGE_SIZE = 100;
const MOST_PAGES = 100;

async function findLoadBalancer(ask: Ask, id: string, region: string): Promise<Record<string, unknown> | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask("Slb", "DescribeLoadBalancers", region, {
      RegionId: region,
      LoadBalancerId: id,
      PageSize: String(PAGE_SIZE),
      PageNumber: String(page),
    });
    const list = asList(asObject(answer.LoadBalancers)?.LoadBalancer).map(asObject);
    const found = list.find((one) => one?.LoadBalancerId === id);
    if (found !== undefined) {
      const { AddressType, LoadBalancerStatus, NetworkType, VSwitchId, VpcId, RegionId, RegionIdAlias } = found;
      return {
        address_type: AddressType,
        network_type: NetworkType,
        vswitch_id: VSwitchId ?? null,
        vpc_id: VpcId ?? null,
        region: RegionId ?? RegionIdAlias ?? null,
        status: LoadBalancerStatus ?? null,
      };
    }
    if (list.length < PAGE_SIZE) return undefined;
  }
  return undefined;
}

async function supportedRegions(
  ask: Ask,
  areas: readonly string[],
  region: string,
  record: (action: string, subject: string, answer: Record<string, unknown>) => string,
): Promise<string[] | undefined> {
  const regions = new Set<string>();
  for (const area of areas) {
    try {
      const answer = await ask("Eipanycast", "DescribeAnycastServerRegions", region, { ServiceLocation: area });
      const found = asList(answer.AnycastServerRegionList)
        .map((one) => asObject(one)?.RegionId)
        .filter((id): id is string => typeof id === "string");
      record("Eipanycast.DescribeAnycastServerRegions", area, { regions: found });
      for (const id of found) regions.add(id);
    } catch (thrown) {
      record("Eipanycast.DescribeAnycastServerRegions", area, { error: messageOf(thrown) });
      return undefined;
    }
  }
  return regions.size > 0 ? [...regions].sort() : undefined;
}

/** Loaded only when there is something to ask: most checks do not need it. */
function officialClient(): (endpoint: string | undefined) => Promise<Ask> {
  try {
    return (require("./official-client") as typeof official).officialClient;
  } catch (thrown) {
    throw explainMissingPackage(thrown);
  }
}
