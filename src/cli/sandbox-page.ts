import type { Emit } from "../core/events";
import type { SandboxExtension } from "../sandbox";
import { startUi } from "../sandbox/ui";

/** The page to look at the simulated cloud, and where it is. */
export function pageOn(port: number, emit: Emit): SandboxExtension {
  return async (cloud) => {
    const ui = await startUi({ cloud, port });
    emit({ type: "notice", level: "info", message: `Look at the sandbox (simulated, nothing is real): ${ui.url}` });
    return ui;
  };
}
