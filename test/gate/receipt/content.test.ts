import { contentDigest } from "../../../src/gate/receipt";

const plan = (parts: { relevant?: string; time?: string; change?: string }): Uint8Array =>
  Buffer.from(
    `{"format_version":"1.2","resource_changes":[${JSON.stringify(parts.change ?? "a")}],"configuration":{"x":{"a":1}}` +
      `,"relevant_attributes":[${parts.relevant ?? '{"resource":"a","attribute":["id"]},{"resource":"b","attribute":[0]}'}]` +
      `,"timestamp":"${parts.time ?? "2026-01-01T00:00:00Z"}","applyable":true,"complete":true,"errored":false}`,
  );
const same = contentDigest(plan({}));

describe("the digest of a plan's content", () => {
  it.each([
    ["the time", plan({ time: "2026-01-02T03:04:05Z" })],
    [
      "the order of relevant attributes",
      plan({ relevant: '{"resource":"b","attribute":[0]},{"resource":"a","attribute":["id"]}' }),
    ],
  ])("does not depend on %s", (_what, json) => {
    expect(contentDigest(json)).toBe(same);
  });

  it.each([
    ["a change", plan({ change: "b" })],
    ["the relevant attributes", plan({ relevant: '{"resource":"b","attribute":[0]}' })],
    [
      "whether the plan is complete",
      Buffer.from(Buffer.from(plan({})).toString().replace('"complete":true', '"complete":false')),
    ],
    ["a string that looks like the end of the plan", plan({ change: ',"timestamp":"x","errored":false}' })],
  ])("depends on %s", (_what, json) => {
    expect(contentDigest(json)).not.toBe(same);
  });

  it("ignores the same names deeper in the plan where its end has none of them", () => {
    const odd = (value: number): Uint8Array =>
      Buffer.from(`{"prior_state":{"a":1,"relevant_attributes":[${value}],"b":{"c":1,"timestamp":"${value}"}}}`);
    expect(contentDigest(odd(1))).not.toBe(contentDigest(odd(2)));
    const late = (value: number): Uint8Array =>
      Buffer.from(`{"a":{"b":1,"relevant_attributes":[${value}]},"timestamp":"2026-01-01T00:00:0${value}Z"}`);
    expect(contentDigest(late(1))).not.toBe(contentDigest(late(2)));
  });
});
