import { generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seal, unseal } from "../../../src/gate/receipt/dsse";
import type { TrustedKey } from "../../../src/gate/receipt";
import { keyIdOf, trustedKeys } from "../../../src/gate/receipt";

const [old, next, stranger] = [1, 2, 3].map(() => generateKeyPairSync("ed25519")) as [Pair, Pair, Pair];
interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const NOW = Date.UTC(2027, 0, 31, 23, 59);
const pem = ({ publicKey }: Pair): string => String(publicKey.export({ type: "spki", format: "pem" }));
const signedBy = ({ privateKey }: Pair): string => JSON.stringify(seal({ a: 1 }, privateKey));

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-keys-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("several public keys", () => {
  const BOTH = `name: old ci\nexpires: 2027-01-31\n${pem(old)}\n# name: ci\n${pem(next)}`;

  test.each<[string, () => readonly TrustedKey[] | undefined]>([
    ["one variable", () => trustedKeys(undefined, { ANYCAST_RECEIPT_PUBLIC_KEY: BOTH })],
    [
      "one file",
      () => {
        writeFileSync(join(directory, "trusted.pub"), BOTH);
        return trustedKeys(join(directory, "trusted.pub"), {});
      },
    ],
    [
      "one directory",
      () => {
        writeFileSync(join(directory, "a.pub"), `name: old ci\nexpires: 2027-01-31\n${pem(old)}`);
        writeFileSync(join(directory, "b.pub"), `name: ci\n${pem(next)}`);
        writeFileSync(join(directory, "b.key"), "a private key, which is not read");
        return trustedKeys(directory, {});
      },
    ],
  ])("are read from %s with name and expiry", (_where, read) => {
    const expected = [
      { id: keyIdOf(old.publicKey), name: "old ci", expires: "2027-01-31" },
      { id: keyIdOf(next.publicKey), name: "ci" },
    ];
    expect(read()!.map(({ key: _key, ...rest }) => rest)).toEqual(expected);
  });

  test("may have comments, blank lines and CRLF around them", () => {
    const text = `\uFEFF# Keys of the team.\n\nname: old ci\nexpires: 2027-01-31\n${pem(old)}\n# the end\n`;
    const keys = trustedKeys(undefined, { ANYCAST_RECEIPT_PUBLIC_KEY: text.replaceAll("\n", "\r\n") });
    expect(keys).toMatchObject([{ name: "old ci", expires: "2027-01-31" }]);
  });

  test("are refused when two files give one key different last days", () => {
    writeFileSync(join(directory, "a.pub"), `expires: 2027-01-31\n${pem(old)}`);
    writeFileSync(join(directory, "b.pub"), pem(old));
    expect(() => trustedKeys(directory, {})).toThrow("twice with different last days");
  });

  test("accept a receipt signed with any of them, and report the signer", () => {
    const keys = trustedKeys(undefined, { ANYCAST_RECEIPT_PUBLIC_KEY: BOTH });
    expect(unseal(signedBy(old), "r", keys, NOW).signer).toMatchObject({ name: "old ci" });
    expect(unseal(signedBy(next), "r", keys, NOW).signer).toMatchObject({ name: "ci" });
    expect(() => unseal(signedBy(stranger), "r", keys, NOW)).toThrow(
      expect.objectContaining({ code: "ReceiptSignatureWrong", exitCode: 1 }) as Error,
    );
  });

  test("no longer accept a key from the day after its last day, whatever the receipt says", () => {
    const keys = trustedKeys(undefined, { ANYCAST_RECEIPT_PUBLIC_KEY: BOTH });
    const later = NOW + 60_000;
    expect(() => unseal(signedBy(old), "r", keys, later)).toThrow(
      expect.objectContaining({ code: "ReceiptKeyExpired", exitCode: 1 }) as Error,
    );
    expect(unseal(signedBy(next), "r", keys, later).signer).toMatchObject({ name: "ci" });
  });

  test.each([
    [
      "a private key",
      String(old.privateKey.export({ type: "pkcs8", format: "pem" })),
      "a private key, not a public one",
    ],
    ["an invalid expiry date", `expires: soon\n${pem(old)}`, "a day like 2027-01-31, got `soon`"],
    ["a date that the calendar does not have", `expires: 2027-02-31\n${pem(old)}`, "got `2027-02-31`"],
    ["an empty expiry", `expires:\n${pem(old)}`, "a day like 2027-01-31, got ``"],
    ["two expiries", `expires: 2027-01-31\nexpires: 2099-01-31\n${pem(old)}`, "two lines `expires:`"],
    ...["Expires: 2027-01-31", "expires = 2027-01-31", "expires 2027-01-31", "expries: 2027-01-31"].flatMap((line) =>
      [line, `# ${line.replace("expries", "expire")}`].map((text): [string, string, string] => [
        `\`${text}\``,
        `${text}\n${pem(old)}`,
        `got \`${text}\``,
      ]),
    ),
    ["an expiry behind the key", `${pem(old)}expires: 2027-01-31\n`, "nothing behind the last key, got `expires:"],
    ["text behind the key", `${pem(old)}until 2027-01-31\n`, "nothing behind the last key, got `until"],
    ["a key with two last days", `expires: 2027-01-31\n${pem(old)}${pem(old)}`, "twice with different last days"],
    ["no key", "hello", "no public ed25519 key"],
  ])("are refused with %s", (_what, text, says) => {
    expect(() => trustedKeys(undefined, { ANYCAST_RECEIPT_PUBLIC_KEY: text })).toThrow(says);
  });

  test.each(["front of", "behind"])("never show a piece of a private key in %s a public one", (where) => {
    const piece = String(old.privateKey.export({ type: "pkcs8", format: "pem" })).split("\n")[1]!;
    const text = where === "behind" ? `${pem(old)}${piece}\n` : `${piece}\n${pem(old)}`;
    const refused = (): unknown => trustedKeys(undefined, { ANYCAST_RECEIPT_PUBLIC_KEY: text });
    expect(refused).toThrow(`got ${String(piece.length)} other characters (`);
  });
});
