/** A sandbox as a process of its own, to be killed: prints its variables as one line of JSON, then serves. */
import { startSandbox } from "../../../src";

void startSandbox({ directory: process.argv[2], speed: Number(process.argv[3] ?? 0) || "instant" }).then((sandbox) => {
  process.stdout.write(`${JSON.stringify(sandbox.env)}\n`);
  process.once("SIGTERM", () => void sandbox.stop());
});
