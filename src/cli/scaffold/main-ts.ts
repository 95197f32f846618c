const text = (value: string): string => JSON.stringify(value);

/** The app of a new project. */
export function mainTs(name: string, region: string): string {
  return `import { App } from "cdktf";
import { Policies } from "cdktf-alicloud-anycast";
import { ServiceStack } from "./service";

const app = new App();
// The rules at synth already, and no deployment around the gate.
Policies.of(app);
new ServiceStack(app, ${text(name)}, { region: ${text(region)} });
app.synth();
`;
}
