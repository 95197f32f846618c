/** The stand-in as a process of its own, with the injected check: `node --import tsx stand-in-process.ts ARGS`. */
import { tolerateClosedPipes } from "../../../src/cli/closed-pipes";
// Loaded late elsewhere: a Ctrl-C in the terminal ends the compiler of what is loaded from its source here.
import "../../../src/pipeline/recovery/restore";
import "../../../src/pipeline/recovery/settle";
import { runStandIn } from "../../../src/pipeline/stand-in";
import { catchSignals, Interruption } from "../../../src/pipeline/terraform";
import { injectedCheck, injectedRender } from "./injected-check";

tolerateClosedPipes(process);
const interruption = new Interruption();
catchSignals(interruption);
void runStandIn(process.argv.slice(2), {
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
