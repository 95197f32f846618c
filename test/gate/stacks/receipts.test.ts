import { execFileSync } from "node:child_process";
import { generateKeyPairSync, verify } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApplySavedOptions } from "../../../src/gate/stacks";
import { applySaved, savePlans } from "../../../src/gate/stacks";
import { newKey } from "../../../src/gate/receipt";
import { Interruption } from "../../../src/terraform";
import type { AppOnDisk } from "../../support/app";
import { deploy, makeApp } from "../../support/app";
import { injectedCheck } from "../../support/injected-check";

const pair = generateKeyPairSync("ed25519");

describe("what was checked is what is applied, in two jobs", () => {
  let app: AppOnDisk;
  let saved: string;
  beforeEach(() => {
    app = makeApp({ base: { input: "base" }, alone: { input: "alone" } });
    saved = join(app.root, "saved plans");
  });
  afterEach(() => app.remove());

  const save = (env: NodeJS.ProcessEnv = process.env, signed = true): Promise<unknown> =>
    deploy(app, {
      operation: "plan",
      env,
      ...(signed ? { signKey: pair.privateKey } : {}),
      onAllowed: async (plans) => savePlans(saved, plans, signed ? pair.privateKey : undefined),
    });
  const apply = (more: Partial<ApplySavedOptions> = {}): ReturnType<typeof applySaved> =>
    applySaved({
      directory: saved,
      projectDirectory: app.root,
      env: process.env,
      emit: () => undefined,
      check: injectedCheck,
      approve: async () => true,
      interruption: new Interruption(),
      trusted: pair.publicKey,
      ...more,
    });
  const nothingApplied = (): void => expect([app.state("base"), app.state("alone")]).toEqual([undefined, undefined]);

  test("saved plans are applied from a directory that only its owner can read", async () => {
    await save();
    expect(statSync(saved).mode & 0o777).toBe(0o700);
    expect(statSync(join(saved, "base", "plan.tfplan")).mode & 0o077).toBe(0);
    const result = await apply();
    expect(result.exitCode).toBe(0);
    expect(app.state("base")).toEqual(["terraform_data.it"]);
  });

  test("a receipt is an in-toto statement in an envelope that any ed25519 library can verify", async () => {
    await save();
    const envelope = JSON.parse(readFileSync(join(saved, "base", "receipt.json"), "utf8")) as {
      payload: string;
      payloadType: string;
      signatures: { sig: string }[];
    };
    const payload = Buffer.from(envelope.payload, "base64");
    const type = "application/vnd.in-toto+json";
    const signed = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
    expect(verify(null, signed, pair.publicKey, Buffer.from(envelope.signatures[0]!.sig, "base64"))).toBe(true);
    const sum = execFileSync("sha256sum", [join(saved, "base", "plan.tfplan")])
      .toString()
      .slice(0, 64);
    expect(JSON.parse(payload.toString())).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "https://slsa.dev/verification_summary/v1",
      subject: [{ name: "base.tfplan", digest: { sha256: sum } }, { name: "base.tfplan.json" }],
      predicate: { verificationResult: "PASSED", anycast: { sandbox: false, operation: "deploy" } },
    });
  });

  test("a receipt is valid for one apply", async () => {
    await save();
    cpSync(saved, `${saved} copy`, { recursive: true });
    expect((await apply()).exitCode).toBe(0);
    await expect(apply({ directory: `${saved} copy` })).rejects.toMatchObject({ code: "ReceiptUsed", exitCode: 1 });
  });

  test.each<[string, string, Partial<ApplySavedOptions>]>([
    ["an expired check", "ReceiptExpired", { now: Date.now() + 25 * 3_600_000 }],
    ["a check dated tomorrow", "ReceiptExpired", { now: Date.now() - 3_600_000 }],
    ["a real receipt in the sandbox", "ReceiptFromOtherWorld", { env: { ...process.env, ANYCAST_SANDBOX: "x" } }],
    ["a signature of another key", "ReceiptSignatureWrong", { trusted: generateKeyPairSync("ed25519").publicKey }],
    [
      "another policy",
      "ReceiptMismatch",
      {
        check: async (sources, options) => ({
          ...(await injectedCheck(sources, options)),
          policy: { digest: "sha256:1", rules: 1 },
        }),
      },
    ],
  ])("%s is refused and nothing is applied", async (_what, code, more) => {
    await save();
    await expect(apply(more)).rejects.toMatchObject({ code, exitCode: 1 });
    nothingApplied();
  });

  test("a receipt made in the sandbox is never valid for a real apply", async () => {
    await save({ ...process.env, ANYCAST_SANDBOX: "x" });
    await expect(apply()).rejects.toMatchObject({ code: "ReceiptFromOtherWorld" });
    nothingApplied();
  });

  test("an unsigned receipt is refused where a signature is required, and accepted where none is", async () => {
    await save(process.env, false);
    await expect(apply()).rejects.toMatchObject({ code: "ReceiptNotSigned" });
    expect((await apply({ trusted: undefined })).exitCode).toBe(0);
  });

  test("a plan that the gate refuses now is refused, whatever the receipt says", async () => {
    await save();
    const check: typeof injectedCheck = async (sources, options) => {
      const report = await injectedCheck(sources, options);
      return { ...report, verdict: "denied", plans: report.plans.map((plan) => ({ ...plan, verdict: "denied" })) };
    };
    expect((await apply({ check })).exitCode).toBe(1);
    nothingApplied();
  });

  test("a state that has changed since the check is not applied to", async () => {
    await save();
    await deploy(app);
    const before = readFileSync(app.statePath("alone"), "utf8");
    await expect(apply()).rejects.toMatchObject({
      code: "ReceiptMismatch",
      exitCode: 1,
      message: expect.stringMatching(/version of the state .*`none`.* serial 1`.* somebody else has changed/),
    });
    expect(readFileSync(app.statePath("alone"), "utf8")).toBe(before);
  });

  test("refused plans are not saved, and nothing half-written is left", async () => {
    app.write({ alone: { input: "forbidden" } });
    await save();
    expect(existsSync(saved)).toBe(false);
    expect(readdirSync(app.root).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("plans are not saved into a directory that is not empty", async () => {
    await save();
    await expect(save()).rejects.toMatchObject({ code: "SaveRefused" });
  });
});

describe("keys for receipts", () => {
  test("are written once, with a private key that only its owner can read", () => {
    const directory = mkdtempSync(join(tmpdir(), "anycast-keys-"));
    try {
      const { privateKeyPath, publicKeyPath, keyId } = newKey(join(directory, "k"));
      expect(statSync(privateKeyPath).mode & 0o777).toBe(0o600);
      expect(readFileSync(publicKeyPath, "utf8")).toContain("BEGIN PUBLIC KEY");
      expect(keyId).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(() => newKey(join(directory, "k"))).toThrow(expect.objectContaining({ code: "KeyExists" }) as Error);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
