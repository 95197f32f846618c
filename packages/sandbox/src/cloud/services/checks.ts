import type { Call } from "../call";
import { regionFact, zonesOf } from "../data/regions";
import { invalid } from "../errors";

/** Name rules of the services. All refuse what looks like a URL. */
export const NAMES = {
  /** VPCs and vSwitches. */
  network: /^[^\p{C}]{1,128}$/u,
  /** Instances, security groups, network interfaces: a letter first. */
  ecs: /^\p{L}[\p{L}\p{N}_.:=,;/\s()[\]-]{1,127}$/u,
  /** EIPs. */
  eip: /^\p{L}[\p{L}\p{N}_.-]{0,127}$/u,
  /** Load balancers and server groups. */
  slb: /^[\p{L}\p{N}][\p{L}\p{N}_./-]{0,79}$/u,
} as const;

/** The name given, `""` when none. @throws CloudError with `code` */
export function nameIn(call: Call, parameter: string, rule: keyof typeof NAMES, code: string): string {
  const name = call.params.text(parameter);
  if (name === undefined) return "";
  if (!NAMES[rule].test(name) || /^https?:\/\//.test(name))
    throw invalid(parameter, `"${name}" breaks the naming rules (length, first character, characters).`, code);
  return name;
}

/** The description given, `""` when none. @throws CloudError with `code` */
export function descriptionIn(call: Call, code = "InvalidParameter.Description.Malformed"): string {
  const text = call.params.raw("Description") ?? "";
  if (text.length > 256 || /^https?:\/\//.test(text))
    throw invalid("Description", "expected at most 256 characters that do not start with http:// or https://.", code);
  return text;
}

/** A changed name or description: undefined when the parameter is absent, so that the old one stays. */
export const changedText = (call: Call, parameter: string, read: () => string): string | undefined =>
  call.params.raw(parameter) === undefined ? undefined : read();

/** Leaves out what is undefined, so that spreading it changes nothing else. */
export function defined<T extends object>(changes: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** `2026-01-01T00:00:00Z`. */
export const isoTime = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");

/** `2026-01-01T00:00Z`, as ECS shows times. */
export const minuteTime = (time: number): string => isoTime(time).replace(/:\d{2}Z$/, "Z");

/** @throws CloudError `InvalidZoneId.NotFound` when the zone is not one of the region's */
export function checkZone(region: string, zone: string, parameter = "ZoneId"): string {
  const fact = regionFact(region);
  if (fact === undefined || !zonesOf(fact).includes(zone))
    throw invalid(parameter, `the zone "${zone}" does not exist in ${region}.`, "InvalidZoneId.NotFound");
  return zone;
}
