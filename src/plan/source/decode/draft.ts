import type { Attribute } from "../hcl";
import type { CallSource, ModuleSource, ProviderSource, ResourceSource, VariableSource } from "../configuration";

/** A module's own blocks, without the modules that it calls. */
export interface Draft {
  readonly variables: Map<string, VariableSource>;
  readonly locals: Map<string, Attribute>;
  readonly outputs: Map<string, Attribute>;
  readonly resources: Map<string, ResourceSource>;
  readonly calls: Map<string, Omit<CallSource, "module">>;
  readonly providers: Map<string, ProviderSource>;
  unreadable: ModuleSource["unreadable"];
}

export function emptyDraft(): Draft {
  return {
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    calls: new Map(),
    providers: new Map(),
    unreadable: undefined,
  };
}
