import { App } from "cdktf";
import { Policies } from "cdktf-alicloud-anycast";
import { keepState, settingsFile } from "./stacks/app";
import { QuickStartStack } from "./stacks/quick-start";
import { loadSettings, SettingsError } from "./stacks/settings";

try {
  const app = new App();
  // The gate's rules at synth, lines in its findings, and no deployment around it.
  Policies.of(app);
  const settings = loadSettings(settingsFile(app));
  keepState(new QuickStartStack(app, "quick-start", settings), settings);
  app.synth();
} catch (thrown) {
  // A mistake in a file is for the reader to fix: the sentence is enough, a stack trace would hide it.
  if (!(thrown instanceof SettingsError)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 2;
}
