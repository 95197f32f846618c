import type { Repeated } from "../../source/configuration";
import type { ModuleInstance } from "../evaluate/instance";
import { optionsOf } from "../evaluate/value";
import { modulePath } from "../module-path";

/**
 * Whether `enabled` of OpenTofu, in the block or in a call that leads to it, leaves a block without an instance.
 * @param address of a block, in modules without keys
 */
export function isTurnedOff(root: ModuleInstance, address: string): boolean {
  const [, prefix = "", block = ""] = /^((?:module\.[^.[]+\.)*)(.+)$/.exec(address) ?? [];
  const path = modulePath(prefix.slice(0, -1));
  let module: ModuleInstance | undefined = root;
  for (const { name } of path ?? []) {
    const call = module?.module.calls.get(name);
    if (module === undefined || call === undefined) return false;
    if (isOff(module, call)) return true;
    module = module.child(name, "");
  }
  const source = module?.resourceSource(block);
  return module !== undefined && source !== undefined && isOff(module, source);
}

function isOff(module: ModuleInstance, { enabled }: Repeated): boolean {
  if (enabled === undefined) return false;
  const options = optionsOf(module.evaluate(enabled));
  return options.length > 0 && options.every((one) => one.kind === "bool" && !one.value);
}
