/**
 * How the released provider sends one action from one of its files. It has three clients, and they differ in what they
 * try again and in how their errors read.
 */
export interface Way {
  /**
   * `tea`: the newer client. `legacy`: the older one. `common`: the older one with a request put together by hand,
   * always sent as a GET by HTTPS.
   */
  readonly client: "tea" | "legacy" | "common";
  /** Whether a loop of the provider sends it again after passing errors (throttling and the like). */
  readonly loops: boolean;
  /** Whether the client itself sends it again, at once, after an error of the service or a lost answer. */
  readonly resends: boolean;
  /** Further codes after which it is sent again; `any` means every error but a missing object. */
  readonly codes: readonly string[] | "any";
}

/** File of the released provider, to action, to how it is sent. `Action (case)` is one of several places in the file. */
export type Ways = Readonly<Record<string, Readonly<Record<string, Way>>>>;

/** The newer client in a loop, with resending by the client itself. */
export const tea = (...codes: readonly string[]): Way => ({ client: "tea", loops: true, resends: true, codes });
/** The newer client in a loop, with no resending by the client itself. */
export const teaLoop = (...codes: readonly string[]): Way => ({ client: "tea", loops: true, resends: false, codes });
/** The newer client without a loop. */
export const teaOnce = (resends: boolean): Way => ({ client: "tea", loops: false, resends, codes: [] });
/** The older client: nothing but the given codes is tried again. */
export const legacy = (...codes: readonly string[]): Way => ({ client: "legacy", loops: false, resends: false, codes });
/** The older client in a loop. */
export const legacyLoop = (...codes: readonly string[]): Way => ({
  client: "legacy",
  loops: true,
  resends: false,
  codes,
});
/** A request put together by hand: nothing but the given codes is tried again. */
export const common = (codes: Way["codes"] = []): Way => ({ client: "common", loops: false, resends: false, codes });
