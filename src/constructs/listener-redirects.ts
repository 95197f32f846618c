import { dependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { SlbListener } from "@cdktf/provider-alicloud/lib/slb-listener";
import { isUnknown } from "./checks";
import { misuse } from "./errors";

/** Makes redirects depend on their target: the cloud refuses a redirect to a listener that does not exist yet. */
export function orderRedirects(scope: Construct): void {
  const all = scope.node.children.filter((child): child is SlbListener => child instanceof SlbListener);
  for (const one of all) {
    const target = all.find((other) => isTarget(other, one.forwardPortInput));
    if (target === undefined || waiting.has(one)) continue;
    waiting.add(one);
    one.dependsOn = [...(one.dependsOn ?? []), dependable(target)];
  }
}

/** Listeners that wait for the one they redirect to. */
const waiting = new WeakSet<SlbListener>();

/** Redirects of a load balancer that no https listener of the stack answers. @returns error messages, for a validation */
export function missingRedirects(scope: Construct): string[] {
  const made = TerraformStack.of(scope)
    .node.findAll()
    .filter((child): child is SlbListener => child instanceof SlbListener);
  return made
    .filter((one) => one.node.scope === scope && one.forwardPortInput !== undefined && !isUnknown(one.forwardPortInput))
    .filter((one) => !made.some((other) => isTarget(other, one.forwardPortInput)))
    .map(
      (one) =>
        misuse({
          code: "NoRedirectTarget",
          what: "redirectTo of an http listener",
          rule: "the port of an https listener",
          got: one.forwardPortInput,
          at: one.node.path,
          fix: "add the https listener, or name the port of one.",
        }).message,
    );
}

function isTarget(listener: SlbListener, port: number | undefined): boolean {
  return port !== undefined && listener.protocolInput === "https" && listener.frontendPortInput === port;
}
