import type { SandboxExtension } from "../extension";
import { startUi } from "./start-ui";
import type { UiOptions } from "./start-ui";

export interface PageOptions extends Omit<UiOptions, "cloud"> {
  /** Called with the page's URL, e.g. `http://127.0.0.1:41233/`. @default no listener */
  readonly onUrl?: (url: string) => void;
}

/**
 * The page to look at the simulated cloud as an extension of a sandbox.
 * @example
 * const traffic = new Traffic();
 * const internet = internetOf({ onTiming: (timing) => traffic.add(timing) });
 * await startSandbox({ extensions: [internet, pageOf({ traffic, onUrl: console.log })] });
 */
export function pageOf({ onUrl, ...options }: PageOptions = {}): SandboxExtension {
  return async (cloud) => {
    const ui = await startUi({ ...options, cloud });
    onUrl?.(ui.url);
    return ui;
  };
}
