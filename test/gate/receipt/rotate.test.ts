import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasExpired, newKey, rotateKeys, signingKey, trustedKeys } from "../../../src/gate/receipt";
import { seal, unseal } from "../../../src/gate/receipt/dsse";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-keys-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const at = (name: string): string => join(directory, name);
const signedBy = (path: string): string => JSON.stringify(seal({ a: 1 }, signingKey(path, {})!));
const LAST_DAY = "2027-01-31";
const [BEFORE, AFTER] = [Date.UTC(2027, 0, 31, 12), Date.UTC(2027, 1, 1, 12)];

describe.each(["one file", "a directory"])("keys in %s, when they are rotated", (kind) => {
  let trusted: string;
  beforeEach(() => {
    mkdirSync(at("trusted"));
    trusted = kind === "one file" ? newKey(at("old.key"), { name: "ci" }).publicKeyPath : at("trusted");
    if (kind !== "one file") {
      newKey(at("old.key"), { name: "ci" });
      writeFileSync(at("trusted/old.pub"), `# kept\n${readFileSync(at("old.key.pub"), "utf8")}`);
    }
  });

  test("are both accepted until the last day, and then only the new one", () => {
    const { made, ending } = rotateKeys(trusted, at("next.key"), { lastDay: LAST_DAY, name: "next" });
    expect(ending.map(({ name, expires }) => [name, expires])).toEqual([["ci", LAST_DAY]]);
    const keys = trustedKeys(trusted, {})!;
    const signer = (path: string, now: number): unknown => unseal(signedBy(path), "r", keys, now).signer;
    expect(signer(at("old.key"), BEFORE)).toMatchObject({ name: "ci" });
    expect(signer(made.privateKeyPath, BEFORE)).toMatchObject({ id: made.keyId, name: "next" });
    expect(() => signer(at("old.key"), AFTER)).toThrow("expire");
    expect(signer(made.privateKeyPath, AFTER)).toMatchObject({ name: "next" });
  });

  test("keep an earlier last day, and have a later one brought forward", () => {
    for (const [lastDay, path] of [
      ["2027-03-31", "b.key"],
      [LAST_DAY, "c.key"],
      ["2027-02-28", "d.key"],
    ] as const)
      rotateKeys(trusted, at(path), { lastDay });
    const days = trustedKeys(trusted, {})!.map(({ expires = "none" }) => expires);
    expect(days.sort()).toEqual([LAST_DAY, LAST_DAY, "2027-02-28", "none"]);
  });

  test("stay unchanged where the new key exists already, or the old ones cannot be read", () => {
    const shown = (): unknown => [trusted, ...readdirSync(directory)].map((name) => trustedKeys(trusted, {}) && name);
    writeFileSync(at("next.key"), "somebody's");
    const before = shown();
    expect(() => rotateKeys(trusted, at("next.key"), { lastDay: LAST_DAY })).toThrow(
      expect.objectContaining({ code: "KeyExists" }) as Error,
    );
    expect([shown(), readFileSync(at("next.key"), "utf8")]).toEqual([before, "somebody's"]);
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(at("wrong"), String(privateKey.export({ type: "pkcs8", format: "pem" })));
    expect(() => rotateKeys(at("wrong"), at("other.key"), { lastDay: LAST_DAY })).toThrow(
      expect.objectContaining({ code: "KeyInvalid" }) as Error,
    );
    expect(existsSync(at("other.key"))).toBe(false);
    expect(trustedKeys(trusted, {})!.some((key) => hasExpired(key, AFTER))).toBe(false);
  });
});
