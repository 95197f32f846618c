import { recordSourceLines } from "cdktf-alicloud-anycast";
import { App } from "cdktf";
import { guardDeployment, keepState, settingsFile } from "./stacks/app";
import { QuickStartStack } from "./stacks/quick-start";
import { loadSettings, SettingsError } from "./stacks/settings";

try {
  // Findings of the gate then name the line that made what they refuse.
  recordSourceLines();
  const app = new App();
  const settings = loadSettings(settingsFile(app));
  keepState(new QuickStartStack(app, "quick-start", settings), settings);
  guardDeployment(app);
  app.synth();
} catch (thrown) {
  // A mistake in a file is the reader's to mend: the sentence is enough, a stack trace would hide it.
  if (!(thrown instanceof SettingsError)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 2;
}
