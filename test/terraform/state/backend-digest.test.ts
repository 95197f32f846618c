import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backendDigest } from "../../../src/terraform/state";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-backend-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function of(terraform: object, env: NodeJS.ProcessEnv = {}): string {
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform }));
  return backendDigest(directory, env);
}

describe("the digest of a stack's state location", () => {
  it("is the same for local files wherever the project is", () => {
    expect(of({ backend: { local: { path: "/a/t.tfstate" } } })).toBe("local");
    expect(of({ backend: { local: { path: "/b/t.tfstate" } } })).toBe("local");
    expect(of({})).toBe("local");
  });

  it("differs by kind, by settings and by workspace", () => {
    const places = [
      of({ backend: { http: { address: "http://a/" } } }),
      of({ backend: { http: { address: "http://b/" } } }),
      of({ backend: { oss: { bucket: "a" } } }),
      of({ backend: { oss: { bucket: "a" } } }, { TF_WORKSPACE: "b" }),
      of({ backend: { local: { path: "/a" } } }, { TF_WORKSPACE: "b" }),
      of({ cloud: { organization: "a" } }),
      of({ backend: { local: { path: "/a" } } }),
    ];
    expect(new Set(places).size).toBe(places.length);
  });
});
