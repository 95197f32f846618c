import type { ObjectValue, Value } from "../values/value";
import { isArray, isObject } from "../values/value";
import type { Diagnostic } from "../protocol/diagnostics";
import { errorAt, warningAt } from "../protocol/diagnostics";

/** What one provider configuration asks for. */
export interface ProviderSettings {
  readonly region: string;
  /** `features { ecs_instance { replace_on_image_update = true } }` */
  readonly replaceOnImageUpdate: boolean;
  readonly accountId: string;
}

/** The real provider's own default. */
const DEFAULT_REGION = "cn-beijing";

/** Regions the real provider accepts without `skip_region_validation`; it sends no request. */
const KNOWN_REGIONS: ReadonlySet<string> = new Set(
  `cn-hangzhou cn-qingdao cn-beijing cn-shenzhen cn-hongkong cn-shanghai cn-zhangjiakou cn-huhehaote cn-chengdu cn-heyuan
  cn-wulanchabu cn-guangzhou cn-nanjing cn-fuzhou cn-zhongwei us-west-1 us-east-1 us-southeast-1 na-south-1 ap-northeast-1
  ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-southeast-8
  ap-south-1 me-east-1 me-central-1 eu-central-1 eu-west-1 rus-west-1 cn-north-2-gov-1 cn-shenzhen-finance-1 cn-szfinance
  cn-shenzhen-finance cn-shanghai-finance-1-pub cn-shanghai-finance-1 cn-hangzhou-finance cn-hzfinance cn-hzjbp
  cn-beijing-finance-1 cn-beijing-finance-1-pub`.split(/\s+/),
);

/** Reads the provider's configuration; the environment fills in what it leaves open, as with the real provider. */
export function readSettings(
  config: Value,
  env: NodeJS.ProcessEnv,
): { readonly settings: ProviderSettings; readonly diagnostics: readonly Diagnostic[] } {
  const given: ObjectValue = isObject(config) ? config : {};
  const text = (name: string, ...variables: readonly string[]): string => {
    const value = given[name];
    if (typeof value === "string" && value !== "") return value;
    return variables.map((variable) => env[variable]).find((one) => one !== undefined && one !== "") ?? "";
  };
  const region = text("region", "ALICLOUD_REGION", "ALIBABA_CLOUD_REGION") || DEFAULT_REGION;
  const diagnostics: Diagnostic[] = [];
  const skip = given.skip_region_validation === true || /^(1|t|true)$/i.test(env.ALICLOUD_SKIP_REGION_VALIDATION ?? "");
  if (!skip && !KNOWN_REGIONS.has(region)) {
    diagnostics.push(
      errorAt(
        ["region"],
        `Invalid Alibaba Cloud region: ${region}`,
        "Simulated provider: the real one refuses this region as well, unless skip_region_validation is set.",
      ),
    );
  }
  const hosts = foreignHosts(given.endpoints ?? null);
  if (hosts.length > 0) {
    diagnostics.push(
      warningAt(
        ["endpoints"],
        "Endpoints are not used in the sandbox",
        `This is the simulated provider: it talks to the sandbox only, never to ${hosts.join(", ")}.`,
      ),
    );
  }
  return {
    settings: {
      region,
      replaceOnImageUpdate:
        firstBlock(firstBlock(given.features ?? null).ecs_instance ?? null).replace_on_image_update === true,
      accountId: text("account_id", "ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"),
    },
    diagnostics,
  };
}

function firstBlock(value: Value): ObjectValue {
  const first = isArray(value) ? value[0] : value;
  return isObject(first) ? first : {};
}

function foreignHosts(endpoints: Value): string[] {
  const blocks = isArray(endpoints) ? endpoints : [];
  const hosts = blocks.flatMap((block) => (isObject(block) ? Object.values(block) : []));
  return [
    ...new Set(hosts.filter((host): host is string => typeof host === "string" && host !== "" && !isLoopback(host))),
  ];
}

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(host);
