import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPlans } from "../../src/check";
import { checkYaml } from "../../src/core/yaml/checked-yaml";

test("a lone surrogate in a plan is refused with its own error code", async () => {
  const text = readFileSync(join(__dirname, "../fixtures/plans/internal-vpc.json"), "utf8");
  const halved = text.replaceAll('"international"', '"inter\\ud800national"');
  expect(halved).not.toBe(text);
  const options = { emit: () => undefined, env: {}, cwd: __dirname };
  const { plans } = await checkPlans([{ name: "p.json", json: Buffer.from(halved) }], options);
  expect(plans[0]).toMatchObject({ verdict: "error", error: { code: "PlanTextInvalid" } });
});

test("YAML keys that are not strings are refused, without a Node warning", () => {
  const warned = jest.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const schema = { type: "object", additionalProperties: false, properties: { a: {} } };
  expect(() => checkYaml("? [a, b]\n: x\n? {c: d}\n: y\n", "f.yaml", schema, "ConfigInvalid")).toThrow("`[ a, b ]`");
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});
