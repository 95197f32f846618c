import { defined } from "../core/defined";
import type { VerifyEndpoint } from "../core/verify-report";
import type { Endpoint } from "./measure";

/** An endpoint as it is shown in reports. */
export const endpointShown = ({ url, connectTo }: Endpoint): VerifyEndpoint => ({
  url,
  ...defined({ connect_to: connectTo }),
});
