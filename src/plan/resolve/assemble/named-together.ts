import { withoutKeys } from "../../../core/address";
import { compareText } from "../evaluate/order";

/** So many are named one by one. */
const FEW = 10;

/** The modules in an address without keys. */
const MODULES = /^(module\.[\w-]+\.)*/;

/**
 * Addresses or ids in one text, which stays short however many they are: of many instances of one block, in whatever
 * modules, the first stands for all (`alicloud_vswitch.a[0] (any of 200)`), and of many blocks only the first are named.
 */
export function namedTogether(names: ReadonlySet<string>): string {
  if (names.size <= FEW) return [...names].sort(compareText).join(", ");
  const blocks = new Map<string, { first: string; count: number }>();
  for (const name of names) {
    const block = withoutKeys(name).replace(MODULES, "");
    const known = blocks.get(block);
    if (known === undefined) blocks.set(block, { first: name, count: 1 });
    else blocks.set(block, { first: compareText(name, known.first) < 0 ? name : known.first, count: known.count + 1 });
  }
  const entries = [...blocks.values()].map(({ first, count }) =>
    count === 1 ? first : `${first} (any of ${String(count)})`,
  );
  const shown = entries.sort(compareText).slice(0, FEW);
  const others = entries.length - shown.length;
  return shown.join(", ") + (others === 0 ? "" : ` and ${String(others)} more`);
}
