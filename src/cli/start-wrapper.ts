import { catchSignals, Interruption } from "../terraform";
import { runWrapper } from "../gate/wrapper";
import { takeSecrets } from "../core/secret-variables";
import { tolerateClosedPipes } from "./closed-pipes";
import { lazyChecker, warmUpChecker } from "./checker";
import { textOf } from "./report-text";

/** Runs the terraform wrapper in this process: `bin/anycast-terraform` starts it. */
function start(): void {
  tolerateClosedPipes(process);
  const interruption = new Interruption();
  catchSignals(interruption);
  const { stdin, stdout, stderr } = process;
  const env = takeSecrets(process.env);
  // Until there is an answer: a process that ends early because nothing is pending must not end with 0.
  process.exitCode = 1;
  const color = stdout.isTTY && !env.NO_COLOR && !process.argv.includes("-no-color");
  void runWrapper(process.argv.slice(2), {
    check: lazyChecker(),
    prepare: warmUpChecker,
    render: (report) => textOf(report, { color, width: stdout.columns ?? 80 }),
    stdin,
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
    env,
    cwd: process.cwd(),
    interruption,
    parent: process.ppid,
  }).then((code) => {
    process.exitCode = code;
    stdin.destroy();
  });
}

start();
