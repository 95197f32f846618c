/** The wrapper as a process of its own, with the injected check: `node --import tsx wrapper-process.ts ARGS`. */
import { tolerateClosedPipes } from "../../src/cli/closed-pipes";
// Loaded late elsewhere: a Ctrl-C in the terminal ends the compiler of what is loaded from its source here.
import "../../src/gate/recovery/restore";
import "../../src/gate/recovery/settle";
import { runWrapper } from "../../src/gate/wrapper";
import { catchSignals, Interruption } from "../../src/terraform";
import { injectedCheck, injectedRender } from "./injected-check";

tolerateClosedPipes(process);
const interruption = new Interruption();
catchSignals(interruption);
void runWrapper(process.argv.slice(2), {
  check: injectedCheck,
  render: injectedRender,
  stdin: process.stdin,
  writeOut: (text) => void process.stdout.write(text),
  writeErr: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  interruption,
}).then((code) => {
  process.exitCode = code;
  process.stdin.destroy();
});
