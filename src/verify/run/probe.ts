import { measure } from "../measure";
import { measureWithCurl } from "../measure/curl";
import type { Probe } from "./measure-pairs";
import type { VerifyOptions } from "./options";

/** What makes the requests, of the engine that was asked for. */
export function probeOf(options: VerifyOptions): Probe {
  const ask = options.engine === "curl" ? measureWithCurl : measure;
  return (side) => ask(options[side], options);
}
