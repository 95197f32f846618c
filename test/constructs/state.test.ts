import { App, S3Backend, TerraformStack, Testing } from "cdktf";
import { cloudState, httpState, ossState, s3State, configureBackend } from "../../src";
import type { StatePlace } from "../../src";
import { failureOf } from "./synthesise";

const LOCK = { endpoint: "https://locks.ap-southeast-1.ots.aliyuncs.com", table: "states" };
const oss = { bucket: "acme-states", region: "ap-southeast-1", lock: LOCK };
const url = "https://state.example.com/anycast";

function stackNamed(name: string, app = new App()): TerraformStack {
  return new TerraformStack(app, name);
}

/** The `terraform` block of a stack that keeps its state there. */
function terraformOf(place: StatePlace, env: NodeJS.ProcessEnv = {}): unknown {
  const stack = stackNamed("web");
  configureBackend(stack, place, env);
  return (JSON.parse(Testing.synth(stack)) as { terraform: unknown }).terraform;
}

const NOT_AWS = {
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
  skip_s3_checksum: true,
};

describe("configureBackend", () => {
  it.each<[string, StatePlace, object]>([
    [
      "OSS with a Tablestore lock",
      ossState(oss),
      {
        backend: {
          oss: {
            bucket: "acme-states",
            region: "ap-southeast-1",
            prefix: "terraform",
            key: "web.tfstate",
            encrypt: true,
            tablestore_endpoint: LOCK.endpoint,
            tablestore_table: "states",
          },
        },
      },
    ],
    [
      "S3 with a lock file",
      s3State({ bucket: "acme", region: "eu-west-1" }),
      {
        backend: {
          s3: { bucket: "acme", region: "eu-west-1", key: "terraform/web.tfstate", encrypt: true, use_lockfile: true },
        },
      },
    ],
    [
      "an S3-compatible store",
      s3State({ bucket: "acme", region: "auto", endpoint: "https://minio.example.com/", prefix: "a/b", key: "c" }),
      {
        backend: {
          s3: {
            bucket: "acme",
            region: "auto",
            key: "a/b/c",
            endpoints: { s3: "https://minio.example.com" },
            use_path_style: true,
            use_lockfile: true,
            ...NOT_AWS,
          },
        },
      },
    ],
    [
      "a state server",
      httpState({ url }),
      { backend: { http: { address: `${url}/web`, lock_address: `${url}/web`, unlock_address: `${url}/web` } } },
    ],
    [
      "GitLab as a state server",
      httpState({ url, name: "prod", lock: { path: "lock", lockMethod: "POST", unlockMethod: "DELETE" } }),
      {
        backend: {
          http: {
            address: `${url}/prod`,
            lock_address: `${url}/prod/lock`,
            lock_method: "POST",
            unlock_address: `${url}/prod/lock`,
            unlock_method: "DELETE",
          },
        },
      },
    ],
    [
      "a workspace named after the stack",
      cloudState({ organization: "acme", project: "net" }),
      { cloud: { organization: "acme", workspaces: { name: "web", project: "net" } } },
    ],
    [
      "workspaces by tags, on a custom host",
      cloudState({ organization: "acme", tags: ["b", "a"], hostname: "tfe.example.com" }),
      { cloud: { organization: "acme", hostname: "tfe.example.com", workspaces: { tags: ["b", "a"] } } },
    ],
  ])("declares %s", (_what, place, expected) => {
    expect(terraformOf(place)).toEqual(expected);
  });

  it("declares nothing inside the sandbox, so that cdktf uses a local file", () => {
    expect(terraformOf(ossState(oss), { ANYCAST_SANDBOX: "x" })).toBeUndefined();
  });

  it.each<[string, () => StatePlace]>([
    ["OSS", () => ossState({ ...oss, key: "same" })],
    ["S3", () => s3State({ bucket: "acme", region: "auto", key: "same" })],
    ["a state server", () => httpState({ url, name: "same" })],
    ["a workspace", () => cloudState({ organization: "acme", workspace: "same" })],
    ["workspaces by tags", () => cloudState({ organization: "acme", tags: ["a", "b"] })],
  ])("refuses two stacks with the same state in %s", (_what, place) => {
    const app = new App();
    configureBackend(stackNamed("one", app), place(), {});
    expect(failureOf(() => configureBackend(stackNamed("two", app), place(), {}))).toEqual({
      code: "StateShared",
      message: expect.stringMatching(/its own; one keeps its state there already, got .* \(at two\)/) as string,
    });
    configureBackend(stackNamed("two"), place(), {});
  });

  it("accepts one backend for many stacks, each with its own state", () => {
    const app = new App();
    const place = ossState(oss);
    for (const name of ["one", "two"]) configureBackend(stackNamed(name, app), place, {});
  });

  it.each<[string, (stack: TerraformStack) => unknown]>([
    ["a backend already", (stack) => configureBackend(stack, ossState(oss), {})],
    ["a backend already, in the sandbox", (stack) => configureBackend(stack, ossState(oss), { ANYCAST_SANDBOX: "x" })],
    ["a backend declared with cdktf", (stack) => new S3Backend(stack, { bucket: "b", key: "k" })],
  ])("refuses a stack that has %s", (_what, first) => {
    const stack = stackNamed("web");
    first(stack);
    expect(failureOf(() => configureBackend(stack, httpState({ url }), {})).code).toBe("StateTwice");
  });

  it.each<[string, StatePlace]>([
    ["OSS", ossState({ ...oss, lock: "none" })],
    ["S3", s3State({ bucket: "acme", region: "auto", lock: "none" })],
    ["a state server", httpState({ url, lock: "none" })],
  ])("warns about a state without a lock in %s", (_what, place) => {
    const stack = stackNamed("web");
    configureBackend(stack, place, {});
    expect(stack.node.metadata).toContainEqual(
      expect.objectContaining({ type: "@cdktf/warn", data: expect.stringContaining("has no lock") as string }),
    );
  });
});

describe("A state backend", () => {
  const reference = "${var.bucket}";
  it.each<[string, () => unknown, string]>([
    ["a reference", () => ossState({ ...oss, bucket: reference }), "give the text itself"],
    ["no bucket", () => ossState({ ...oss, bucket: undefined as never }), "a bucket's name"],
    ["a bucket in capitals", () => s3State({ bucket: "ACME", region: "auto" }), "a bucket's name"],
    ["a region by its display name", () => ossState({ ...oss, region: "Singapore 1" }), "a region id"],
    ["a key that starts with /", () => s3State({ bucket: "acme", region: "auto", key: "/x" }), "without `/`"],
    ["a prefix that leaves its directory", () => ossState({ ...oss, prefix: "a/../b" }), "a path of letters"],
    ["a lock without a table", () => ossState({ ...oss, lock: { endpoint: LOCK.endpoint } as never }), "the table"],
    ["a lock without an address", () => ossState({ ...oss, lock: { table: "t" } as never }), "an https address"],
    ["the lock setting left out", () => ossState({ ...oss, lock: undefined as never }), "the table of the lock"],
    [
      "an unknown kind of lock",
      () => s3State({ bucket: "acme", region: "auto", lock: "dynamodb" as never }),
      "lockfile or none",
    ],
    ["plain http over the network", () => httpState({ url: "http://state.example.com/x" }), "use https"],
    ["no address", () => httpState({ url: "state.example.com/x" }), "got `no address`"],
    ["a token in the address", () => httpState({ url: `${url}?token=hunter2` }), "without `?`"],
    [
      "a password in the address",
      () => httpState({ url: "https://me:hunter2@state.example.com" }),
      "without a user or password",
    ],
    ["a method in lower case", () => httpState({ url, lock: { lockMethod: "lock" } }), "an HTTP method"],
    ["tags and a workspace", () => cloudState({ organization: "a", tags: ["a"], workspace: "b" }), "left out when"],
    ["no tags", () => cloudState({ organization: "a", tags: [] }), "at least one"],
    ["no organization", () => cloudState({} as never), "the organization"],
    [
      "a host with a scheme",
      () => cloudState({ organization: "a", hostname: "https://tfe.example.com" }),
      "a host such as",
    ],
  ])("is refused with %s", (_what, make, says) => {
    const { code, message } = failureOf(make);
    expect(code).toBe("StateOptionInvalid");
    expect(message).toContain(says);
    expect(message).not.toContain("hunter2");
  });

  it.each<[string, () => unknown, string]>([
    ["ossState", () => ossState({ ...oss, secretKey: "hunter2" } as never), "ALICLOUD_SECRET_KEY"],
    ["the lock of ossState", () => ossState({ ...oss, lock: { ...LOCK, accessKey: "hunter2" } as never }), "ALICLOUD"],
    ["s3State", () => s3State({ bucket: "acme", region: "a", secretKey: "hunter2" } as never), "AWS_SECRET_ACCESS_KEY"],
    ["httpState", () => httpState({ url, password: "hunter2" } as never), "TF_HTTP_PASSWORD"],
    ["cloudState", () => cloudState({ organization: "a", token: "hunter2" } as never), "TF_TOKEN_app_terraform_io"],
  ])("accepts no credential in %s, and says where to set it instead", (_what, make, says) => {
    const { code, message } = failureOf(make);
    expect(code).toBe("StateOptionUnknown");
    expect(message).toContain(says);
    expect(message).not.toContain("hunter2");
  });
});
