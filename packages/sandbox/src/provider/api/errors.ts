import { CloudError, LostResponseError } from "../../cloud/contract";
import type { Way } from "./calls";
import { filesWithin } from "./calls/within";
import { messageOf } from "../../errors";

/** A failed operation, worded as the real provider words it. */
export class ProviderError extends Error {
  /** The cloud's code, `""` when it is not the cloud that failed. */
  public readonly code: string;

  public constructor(message: string, code = "", cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ProviderError";
    this.code = code;
  }
}

const RED = "\u001B[31m[ERROR]\u001B[0m";
/** Name under which the API over HTTP answers. */
const HOST = "anycast-sandbox.localhost";

export interface Failure {
  /** File of the real provider that the errors of the type name. */
  readonly file: string;
  readonly id: string;
  readonly action: string;
  /** Which of several places in the file sent it. @default the only one */
  readonly place?: string;
  /** How the action was sent. @default as by the newer client */
  readonly way?: Way;
  /** @default "Resource" */
  readonly noun?: "Resource" | "Datasource";
  /** A service of the provider that sent it; it does not say for what. @default none */
  readonly service?: string;
}

/**
 * `Resource vpc-1 DeleteVpc Failed!!!` with what the cloud said below, in the words of the client that heard it. Each file that
 * an error passes while it is returned adds a line.
 */
export function operationFailed(failure: Failure, thrown: unknown): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  const { file, id, action, way, place, noun = "Resource", service } = failure;
  const within = service === undefined ? filesWithin(file, action, place) : [service];
  const lines = [file, ...within].map(
    (name) => `${RED} terraform-provider-alicloud/alicloud/${name}.go (simulated by the sandbox):`,
  );
  // Waits for a status name what they wait for; the one for a listener is of an older make.
  if (place === "wait" && !file.endsWith("_slb_listener")) lines[0] += ` Resource id：${id} :`;
  // The shared way to put tags on takes several objects at once.
  const shown = within.includes("tags") && action !== "DescribeDisks" ? `[${id}]` : id;
  const what = service === undefined ? ` ${noun} ${shown} ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:` : "";
  return new ProviderError(
    `${lines.join("\n")}${what}\n${causeText(thrown, action, way)}`,
    isRefused(thrown) ? thrown.code : "",
    thrown,
  );
}

function causeText(thrown: unknown, action: string, way: Way | undefined): string {
  if (thrown instanceof LostResponseError)
    return `${way?.client === "common" ? "Get" : "Post"} "https://${HOST}/?Action=${action}": EOF`;
  if (!isRefused(thrown)) return messageOf(thrown);
  const { code, httpStatus, message, requestId } = thrown;
  if (way !== undefined && way.client !== "tea") {
    return [
      "SDK.ServerError",
      `ErrorCode: ${code}`,
      "Recommend: ",
      `RequestId: ${requestId}`,
      `Message: ${message}`,
      "RespHeaders: map[X-Anycast-Sandbox:[simulated]]",
    ].join("\n");
  }
  const data = { Code: code, HostId: HOST, Message: message, Recommend: "", RequestId: requestId };
  return [
    "SDKError:",
    `   StatusCode: ${httpStatus}`,
    `   Code: ${code}`,
    `   Message: code: ${httpStatus}, ${message} request id: ${requestId}`,
    `   Data: ${JSON.stringify(data)}`,
    "",
  ].join("\n");
}

/** The cloud refused the call, and said why. */
export const isRefused = (thrown: unknown): thrown is CloudError => thrown instanceof CloudError;

/** The service failed, or its answer did not arrive. */
export const isServiceFailure = (thrown: unknown): boolean =>
  thrown instanceof LostResponseError || (isRefused(thrown) && thrown.httpStatus >= 500);

const OLD_NOT_FOUND = ["Instance.Notfound", "Forbidden.InstanceNotFound", "NotFound"];

/** Whether the cloud says that the object does not exist: by status, by its text, or by one of the given codes. */
export function isNotFound(thrown: unknown, way: Way, codes: readonly string[] = []): boolean {
  if (!isRefused(thrown)) return false;
  if (thrown.httpStatus === 404 || hasCode(thrown, way, codes)) return true;
  if (way.client === "tea") return thrown.message.includes("NotFound");
  return OLD_NOT_FOUND.includes(thrown.code) || thrown.message.toLowerCase().includes("instance is not found");
}

/**
 * Whether an error is one of those that are expected. The newer client accepts a code when it equals, begins with, or
 * occurs anywhere in the answer; the older one when it equals the code or occurs in the message.
 */
export function hasCode(thrown: unknown, way: Way, codes: readonly string[]): boolean {
  if (!isRefused(thrown)) return false;
  return codes.some(
    (code) =>
      thrown.code === code ||
      thrown.message.includes(code) ||
      (way.client === "tea" && ((thrown.code !== "" && code.startsWith(thrown.code)) || thrown.code.includes(code))),
  );
}
