import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../packages/sandbox/test/support/run";
import { ROOT } from "./snippets";

/** Asks a store what docs/state.md asks it: whether it honours conditional writes. @returns what is printed */
export async function s3Probe(bucket: string, key: Readonly<Record<string, string | undefined>>): Promise<string> {
  const page = readFileSync(join(ROOT, "docs/state.md"), "utf8");
  const script = /^ {2}```sh\n( {2}for i in 1 2[^]*?)^ {2}```$/m.exec(page)?.[1];
  if (script === undefined) throw new Error("Expected docs/state.md to show the question, and found none.");
  const filled = script.replace("https://ENDPOINT/BUCKET", bucket).replace("REGION", "us-east-1");
  return (await run("sh", ["-euc", filled], { env: { PATH: process.env.PATH, ...key } })).stdout.toString();
}
