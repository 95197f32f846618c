import { CloudError } from "../../cloud/contract";
import { messageOf } from "../../../core/errors";

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

/** `Resource vpc-1 DeleteVpc Failed!!!` with code, message and request id of the cloud below. */
export function operationFailed(
  file: string,
  id: string,
  action: string,
  thrown: unknown,
  noun = "Resource",
): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  return new ProviderError(
    `${RED} terraform-provider-alicloud/alicloud/${file}.go (simulated by the sandbox): ${noun} ${id} ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:\n${causeText(thrown)}`,
    thrown instanceof CloudError ? thrown.code : "",
    thrown,
  );
}

function causeText(thrown: unknown): string {
  if (!(thrown instanceof CloudError)) return messageOf(thrown);
  const data = { Code: thrown.code, Message: thrown.message, RequestId: thrown.requestId };
  return [
    "SDKError:",
    `   StatusCode: ${thrown.httpStatus}`,
    `   Code: ${thrown.code}`,
    `   Message: code: ${thrown.httpStatus}, ${thrown.message} request id: ${thrown.requestId}`,
    `   Data: ${JSON.stringify(data)}`,
  ].join("\n");
}

/** Whether the cloud says that the object does not exist: by status, by its text, or by one of the given codes. */
export function isNotFound(thrown: unknown, codes: readonly string[] = []): boolean {
  if (!(thrown instanceof CloudError)) return false;
  return thrown.httpStatus === 404 || thrown.message.includes("NotFound") || hasCode(thrown, codes);
}

/** The real provider takes an expected code for met when it equals, begins with, or occurs in the actual error. */
export function hasCode(thrown: unknown, codes: readonly string[]): boolean {
  if (!(thrown instanceof CloudError)) return false;
  return codes.some(
    (code) =>
      thrown.code === code ||
      (thrown.code !== "" && code.startsWith(thrown.code)) ||
      thrown.code.includes(code) ||
      thrown.message.includes(code),
  );
}
