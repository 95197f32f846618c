import { App, TerraformStack, Testing } from "cdktf";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";

export interface Synthesised {
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly data?: Record<string, Record<string, Record<string, unknown>>>;
  readonly output?: Record<string, unknown>;
}

/** A stack in Singapore with what `build` puts into it, as the JSON terraform reads. Validations run, as in an app. */
export function synthesise(
  build: (stack: TerraformStack) => void,
  region: string | undefined = "ap-southeast-1",
): Synthesised {
  const stack = new TerraformStack(new App(), "test");
  new AlicloudProvider(stack, "alicloud", { region });
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as Synthesised;
}

/** The attributes of all resources of a type, by logical name, without CDKTF's own metadata. */
export function resourcesOf(made: Synthesised, type: string): Record<string, Record<string, unknown>> {
  const found = made.resource?.[type] ?? {};
  return Object.fromEntries(
    Object.entries(found).map(([name, { "//": _metadata, ...attributes }]) => [name, attributes]),
  );
}

/** The attributes of the only resource of a type. */
export function onlyResource(made: Synthesised, type: string): Record<string, unknown> {
  const all = Object.values(resourcesOf(made, type));
  expect(all).toHaveLength(1);
  return all[0] as Record<string, unknown>;
}

/** What `work` throws, as `[code, message]`. */
export function failureOf(work: () => unknown): { readonly code: string; readonly message: string } {
  try {
    work();
  } catch (thrown) {
    return { code: (thrown as { code: string }).code, message: (thrown as Error).message };
  }
  throw new Error("Expected a failure, but it worked.");
}
