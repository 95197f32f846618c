import type { ResourceSource } from "../configuration";

/** A block that is built when it is first used: most blocks of a large plan never are. */
export class LazyResource implements ResourceSource {
  private made: ResourceSource | undefined;

  public constructor(private readonly make: () => ResourceSource) {}

  public get count(): ResourceSource["count"] {
    return this.source.count;
  }

  public get forEach(): ResourceSource["forEach"] {
    return this.source.forEach;
  }

  public get enabled(): ResourceSource["enabled"] {
    return this.source.enabled;
  }

  public get attributes(): ResourceSource["attributes"] {
    return this.source.attributes;
  }

  public get provider(): ResourceSource["provider"] {
    return this.source.provider;
  }

  public get ignoreChanges(): ResourceSource["ignoreChanges"] {
    return this.source.ignoreChanges;
  }

  public get blockTypes(): ResourceSource["blockTypes"] {
    return this.source.blockTypes;
  }

  private get source(): ResourceSource {
    return (this.made ??= this.make());
  }
}
