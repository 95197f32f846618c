export type Tags = Readonly<Record<string, string>>;

export interface Stored {
  readonly id: string;
  /** `""` for objects outside regions. */
  readonly region: string;
  readonly created: number;
  /** From this moment on the object does not exist any more (its deletion takes time). */
  readonly gone?: number;
}

export interface Tagged extends Stored {
  readonly tags: Tags;
  readonly group: string;
}

export interface Server {
  readonly id: string;
  readonly weight: number;
  readonly type: string;
  readonly ip: string;
  readonly description: string;
  /** 0 in the default group, which has no ports of its own. */
  readonly port: number;
}
