import { App, Fn, TerraformIterator, TerraformStack, TerraformVariable, Token } from "cdktf";
import { AlicloudProvider, AnycastEip, AnycastTarget, InternalClb, PlainEip } from "../../src";
import { failureOf, synthesise } from "./synthesise";

function stackOf(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(new App(), "tenants");
  new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });
  build(stack);
  return stack;
}

describe("constructs with an unsuitable iterator", () => {
  const forEach = TerraformIterator.fromMap({ blue: "lb-1" });
  const many = (stack: TerraformStack): InternalClb => new InternalClb(stack, "many", { vswitchId: "vsw-1", forEach });
  const REFUSED: readonly (readonly [string, (stack: TerraformStack) => void, string, string])[] = [
    [
      "a list in place of an iterator",
      (stack) => void new AnycastEip(stack, "e", { forEach: ["a"] as never }),
      "InvalidIterator",
      "an iterator of cdktf",
    ],
    [
      "one load balancer for addresses by key",
      (stack) =>
        void new AnycastEip(stack, "e", { forEach }).attach(new InternalClb(stack, "c", { vswitchId: "vsw-1" })),
      "IteratorMismatch",
      "give the target the same `forEach`",
    ],
    [
      "load balancers by key for one address",
      (stack) => void new AnycastEip(stack, "e").attach(many(stack)),
      "IteratorMismatch",
      "give the address the same `forEach`",
    ],
    [
      "an EIP for load balancers by key",
      (stack) => void new PlainEip(stack, "e").attach(many(stack)),
      "IteratorMismatch",
      "give the address the same `forEach`",
    ],
    [
      "two iterators",
      (stack) => {
        const other = TerraformIterator.fromMap({ green: "lb-2" });
        new AnycastEip(stack, "e", { forEach: other }).attach(many(stack));
      },
      "IteratorMismatch",
      "the same iterator",
    ],
    [
      "an iterator within an iterator",
      (stack) => void many(stack).addListener({ protocol: "tcp", port: 80, forEach }),
      "InvalidIterator",
      "does not nest",
    ],
    [
      "load balancers by key of another stack",
      (stack) => {
        const other = new TerraformStack(stack.node.root, "other");
        new AlicloudProvider(other, "alicloud", { region: "ap-southeast-1" });
        new AnycastEip(other, "e", { forEach }).attach(many(stack));
      },
      "IteratorMismatch",
      "make both in one stack",
    ],
    [
      "the same load balancers for two sets of addresses",
      (stack) => {
        const target = AnycastTarget.loadBalancer({
          loadBalancerId: forEach.value as string,
          region: "ap-southeast-1",
          forEach,
        });
        new AnycastEip(stack, "a", { forEach }).attach(target);
        new AnycastEip(stack, "b", { forEach }).attach(target);
      },
      "BoundTwice",
      "bind another load balancer",
    ],
  ];

  it.each(REFUSED)("refuse %s", (_name, build, code, words) => {
    const failure = failureOf(() => stackOf(build));
    expect(failure).toMatchObject({ code });
    expect(failure.message).toContain(words);
  });

  it("distinguish targets given by different expressions", () => {
    synthesise((stack) => {
      const ids = new TerraformVariable(stack, "ids", { type: "list(string)" });
      const region = "ap-southeast-1";
      const bind = (id: string, loadBalancerId: string): void =>
        void new AnycastEip(stack, id).attach(AnycastTarget.loadBalancer({ loadBalancerId, region }));
      bind("a", Token.asString(Fn.element(ids.listValue, 0)));
      bind("b", Token.asString(Fn.element(ids.listValue, 1)));
      bind("c", "${var.third}");
      bind("d", "${var.fourth}");
      const other = TerraformIterator.fromMap({ blue: "lb-9" });
      for (const [id, one] of Object.entries({ e: forEach, f: other })) {
        const target = AnycastTarget.loadBalancer({ loadBalancerId: one.value as string, region, forEach: one });
        new AnycastEip(stack, id, { forEach: one }).attach(target);
      }
    });
  });
});
