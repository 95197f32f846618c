import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { inOrder, limitedTo } from "../../../src/gate/stacks/schedule";
import type { StackUnit } from "../../../src/terraform/project";
import {
  configFor,
  projectRootOf,
  readCdktfConfig,
  regionFromEnvironment,
  selectStacks,
} from "../../../src/terraform/project";
import { keepsStateElsewhere, refuseStateOfOtherCloud, refuseUnsafeState } from "../../../src/terraform/state";

const unit = (name: string, dependencies: readonly string[] = []): StackUnit => ({ name, directory: "", dependencies });
const ALL = { stacks: [], only: [] };

describe("the order of stacks", () => {
  /** Stacks that depend only on earlier ones, then shuffled. */
  const graphs = fc
    .array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
    .map((edges) => edges.map((to, i) => unit(`s${i}`, [...new Set(to.filter((j) => j < i).map((j) => `s${j}`))])))
    .chain((units) => fc.shuffledSubarray(units, { minLength: units.length }));

  test("every stack comes after its dependencies, and for destroy after its dependents", () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), (units, destroy) => {
        const ordered = selectStacks(units, ALL, destroy).map(({ name }) => name);
        expect([...ordered].sort()).toEqual(units.map(({ name }) => name).sort());
        for (const { name, dependencies } of units) {
          for (const other of dependencies) {
            const before = ordered.indexOf(other) < ordered.indexOf(name);
            expect(before).toBe(!destroy);
          }
        }
      }),
    );
  });

  test("work starts only when its dependencies have ended, with never more at a time than allowed", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (units, limit) => {
        const done = new Set<string>();
        let running = 0;
        let most = 0;
        await inOrder(selectStacks(units, ALL, false), limit, async ({ name, waitsFor }) => {
          most = Math.max(most, ++running);
          expect(waitsFor.every((other) => done.has(other))).toBe(true);
          await new Promise((resolve) => setImmediate(resolve));
          done.add(name);
          running -= 1;
        });
        expect(done.size).toBe(units.length);
        expect(most).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 50 },
    );
  });

  test("a slot that becomes free is not taken twice", async () => {
    const slot = limitedTo(1);
    let running = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        slot(async () => {
          expect(++running).toBe(1);
          await Promise.resolve();
          running -= 1;
        }),
      ),
    );
  });

  test("a cycle is reported with its stacks", () => {
    expect(() => selectStacks([unit("a", ["b"]), unit("b", ["a"])], ALL, false)).toThrow(/a -> b -> a/);
  });
});

describe("a project", () => {
  let root: string;
  beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-project-")))));
  afterEach(() => rmSync(root, { recursive: true }));

  test("is found from deep inside cdktf.out, with its anycast.yaml", () => {
    const deep = join(root, "cdktf.out/stacks/a");
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(root, "cdktf.json"), "{}");
    expect(projectRootOf(deep)).toBe(root);
    expect(configFor(deep, {})).toBeUndefined();
    writeFileSync(join(root, "anycast.yaml"), "");
    expect(configFor(deep, {})).toBe(join(root, "anycast.yaml"));
    writeFileSync(join(root, "other.yaml"), "");
    expect(configFor(root, { ANYCAST_CONFIG: "other.yaml" })).toBe(join(root, "other.yaml"));
  });

  test.each([
    ["{", "ProjectInvalid"],
    ["[]", "ProjectInvalid"],
    ['{"app": 1}', "ProjectInvalid"],
    [undefined, "ProjectNotFound"],
  ])("cdktf.json %j is refused as %s", (text, code) => {
    if (text !== undefined) writeFileSync(join(root, "cdktf.json"), text);
    expect(() => readCdktfConfig(root, {})).toThrow(expect.objectContaining({ code }) as Error);
  });

  test("the region of the environment is read in the provider's order of precedence", () => {
    expect(regionFromEnvironment({ ALICLOUD_REGION: "", ALIBABA_CLOUD_REGION: "b" })).toBe("b");
    expect(regionFromEnvironment({ ALICLOUD_REGION: "a", ALIBABA_CLOUD_REGION: "b" })).toBe("a");
    expect(regionFromEnvironment({})).toBeUndefined();
  });

  const stackWith = (terraform: object): void =>
    writeFileSync(join(root, "cdk.tf.json"), JSON.stringify({ terraform }));

  test.each<[object, boolean]>([
    [{ backend: { local: { path: "/abs/x.tfstate" } } }, true],
    [{ backend: { local: { path: "x.tfstate" } } }, false],
    [{ backend: { http: { address: "x" } } }, true],
    [{ cloud: {} }, true],
    [{}, false],
  ])("a copy of a configuration with %j keeps its state location: %s", (terraform, keeps) => {
    stackWith(terraform);
    expect(keepsStateElsewhere(root, {})).toBe(keeps);
  });

  test.each<[object, string | undefined]>([
    [{ backend: { oss: { bucket: "b" } } }, "StateElsewhere"],
    [{ backend: { http: { address: "https://state.example.com/x" } } }, "StateElsewhere"],
    [{ backend: { http: { address: "https://127.0.0.1.example.com/x" } } }, "StateElsewhere"],
    [{ backend: { s3: { bucket: "b", endpoints: { s3: "https://s3.example.com" } } } }, "StateElsewhere"],
    [{ backend: { http: { address: "http://127.0.0.1:1/x" } } }, undefined],
    [{ backend: { s3: { bucket: "b", endpoints: { s3: "http://localhost:1" } } } }, undefined],
  ])(
    "in the sandbox a stack with %j is refused as %s, because a real state would lose unknown objects",
    (terraform, code) => {
      stackWith(terraform);
      let thrown: unknown;
      try {
        refuseStateOfOtherCloud(root, { ANYCAST_SANDBOX: "x" });
      } catch (error) {
        thrown = error;
      }
      expect((thrown as { code?: string } | undefined)?.code).toBe(code);
      refuseStateOfOtherCloud(root, {});
    },
  );

  test.each<[string, () => void]>([
    ["a cloud block", () => stackWith({ cloud: { organization: "o" } })],
    ["the remote backend", () => stackWith({ backend: { remote: {} } })],
    [
      "a cloud block",
      () => {
        // Not written in JSON: what init has connected counts.
        mkdirSync(join(root, ".terraform"));
        writeFileSync(join(root, ".terraform", "terraform.tfstate"), '{"backend":{"type":"cloud","config":{}}}');
      },
    ],
  ])("a stack with %s is refused with the page that says what to do instead", async (what, write) => {
    write();
    const refused = refuseUnsafeState(root, {});
    await expect(refused).rejects.toMatchObject({ code: "PolicyRunsOnServer", exitCode: 2 });
    await expect(refused).rejects.toThrow(new RegExp(`The stack has ${what} .* policy set \\(docs/standalone\\.md\\)`));
  });

  test.each<[string, object]>([
    ["Terraform's", { resources: [{ provider: 'provider["registry.terraform.io/aliyun/alicloud"]' }] }],
    ["OpenTofu's", { resources: [{ provider: 'provider["registry.opentofu.org/aliyun/alicloud"]' }] }],
    ["an encrypted one", { serial: 1, lineage: "x", meta: {}, encrypted_data: "AAAA", encryption_version: "v0" }],
  ])("the sandbox's state and the real one are kept separate, in both directions: %s", (_whose, content) => {
    const path = join(root, "it.tfstate");
    stackWith({ backend: { local: { path } } });
    const state = JSON.stringify(content);
    refuseStateOfOtherCloud(root, {});
    writeFileSync(path, state);
    expect(() => refuseStateOfOtherCloud(root, { ANYCAST_SANDBOX: "x" })).toThrow(
      expect.objectContaining({ code: "StateIsReal" }) as Error,
    );
    rmSync(path);
    refuseStateOfOtherCloud(root, { ANYCAST_SANDBOX: "x" });
    expect(existsSync(`${path}.sandbox`)).toBe(true);
    writeFileSync(path, state);
    refuseStateOfOtherCloud(root, { ANYCAST_SANDBOX: "x" });
    expect(() => refuseStateOfOtherCloud(root, {})).toThrow(
      expect.objectContaining({ code: "StateIsSandbox" }) as Error,
    );
  });
});
