import { AnycastError, messageOf, systemCodeOf } from "../../core/errors";
import type { Archive } from "./release";
import { get } from "./request";

/** Most bytes of an archive; those of OpenTofu are smaller. */
const MOST = 256 * 2 ** 20;

/** @param total undefined where the server does not say */
export type Progress = (received: number, total: number | undefined) => void;

/**
 * Downloads an archive. Its content is not verified here.
 * @throws AnycastError `DownloadFailed`
 */
export async function download(archive: Archive, env: NodeJS.ProcessEnv, progress: Progress): Promise<Buffer> {
  try {
    const answer = await get(new URL(archive.url), env);
    const said = Number(answer.headers["content-length"]);
    const total = Number.isSafeInteger(said) && said > 0 ? said : undefined;
    const chunks: Buffer[] = [];
    let received = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > MOST) throw new Error(`more than ${String(MOST)} bytes came`);
      chunks.push(chunk);
      progress(received, total);
    }
    if (total !== undefined && received < total)
      throw new Error(`only ${String(received)} of ${String(total)} bytes came`);
    return Buffer.concat(chunks);
  } catch (cause) {
    throw new AnycastError(
      "DownloadFailed",
      `OpenTofu ${archive.version} could not be downloaded from ${archive.url}: ${reasonOf(cause)}. Fix: connect to the network and try again; or ${byHand(archive)}`,
      { cause },
    );
  }
}

/** What to do without a network. */
export function byHand({ name, url }: Archive): string {
  return `download ${url} elsewhere and run \`anycast setup --archive ${name}\`; or install terraform or OpenTofu and put it on PATH.`;
}

/** Node's error has an empty message when several addresses were tried. */
function reasonOf(cause: unknown): string {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return systemCodeOf(first) === "ECONNRESET" ? "the connection ended too early" : messageOf(first);
}
