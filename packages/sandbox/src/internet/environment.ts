import { LOOPBACK } from "../loopback";
import { USER_LOCATIONS } from "./places";

/**
 * Variables that lead programs through the sandbox's internet: ours for `anycast verify`, the usual ones for curl.
 * Loopback stays direct, and so does what `base` exempts by name. Both spellings are set: where they differ, programs
 * do not agree on which one counts. A proxy for plain http is emptied, because curl would send the simulated addresses
 * there; one for https stays, terraform may need it to fetch providers.
 */
export function environmentOf(proxy: string, base: NodeJS.ProcessEnv): Record<string, string> {
  const exempt = (base.no_proxy ?? base.NO_PROXY ?? "").split(",").map((name) => name.trim());
  const names = exempt.filter((name) => name !== "" && name !== "*" && !LOOPBACK.includes(name));
  const direct = [...LOOPBACK, ...names].join(",");
  const emptied = ["http_proxy", "HTTP_PROXY"].filter((name) => (base[name] ?? "") !== "").map((name) => [name, ""]);
  return {
    ANYCAST_SANDBOX_INTERNET: proxy,
    // Where a user may be: the user name of a connection through the proxy.
    ANYCAST_SANDBOX_PLACES: Object.keys(USER_LOCATIONS).join(","),
    ALL_PROXY: proxy,
    all_proxy: proxy,
    NO_PROXY: direct,
    no_proxy: direct,
    ...(Object.fromEntries(emptied) as Record<string, string>),
  };
}
