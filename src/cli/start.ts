import { takeSecrets } from "../core/secret-variables";
import { tolerateClosedPipes } from "./closed-pipes";
import { main } from "./main";

/** Runs the command line in this process: `bin/anycast` calls it. */
export function start(): void {
  // An incomplete report must not end with 0.
  tolerateClosedPipes(process, () => process.once("exit", (code) => (process.exitCode = code || 2)));
  const { stdout, stderr } = process;
  let stdin: typeof process.stdin | undefined;
  const env = takeSecrets(process.env);
  // Until there is an answer: a process that ends early because nothing is pending must not end with 0.
  process.exitCode = 2;
  void main(process.argv.slice(2), {
    get stdin() {
      return (stdin ??= process.stdin);
    },
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
  }).then((code) => {
    process.exitCode = code;
    // A terminal or a pipe that is being read would keep the process alive after the answer.
    stdin?.destroy();
  });
}
