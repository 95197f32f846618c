export { openGlobalping } from "./globalping";
export { parseVantage, type RemoteVantage } from "./spec";
export { isVantageFailure, openSsh, type RemoteProbe } from "./ssh";
