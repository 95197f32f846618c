import { refuses } from "./support/cases";
import { bind, CREATE_FIRST, DELETE_FIRST, make, replaced } from "./support/made";
import { addClb, ATTACHMENT, change, CLB, references, refer, type Json } from "./support/plan";

const target = "binding/provable-target";

describe("a binding whose CLB is changed by the plan is refused", () => {
  refuses([
    ...[CREATE_FIRST, DELETE_FIRST].flatMap((actions) => [
      {
        title: `the CLB is replaced (${actions.join(", ")}), the binding keeps the old id`,
        edit: (p: Json) => replaced(p, actions, {}),
        by: target,
      },
      {
        title: `the CLB is replaced by an internet-facing one (${actions.join(", ")}), the binding with the new id`,
        edit: (p: Json): void => {
          replaced(p, actions, { address_type: "internet" });
          const planned = change(p, ATTACHMENT).change;
          delete planned.after.bind_instance_id;
          planned.after_unknown.bind_instance_id = true;
        },
        by: "binding/internal-only",
      },
    ]),
    {
      title: "the CLB is destroyed, the binding keeps its id",
      edit: (p) => {
        Object.assign(make(p), { actions: ["delete"], after: null, after_unknown: {} });
        bind(p, "lb-made0000");
      },
      by: target,
    },
    {
      title: "the CLB is removed from the state and nothing else proves it",
      edit: (p) => {
        Object.assign(make(p), { actions: ["forget"], after: null, after_unknown: {} });
        bind(p, "lb-made0000");
      },
      by: target,
    },
    {
      title: "the id belongs to a deposed CLB only",
      edit: (p) => {
        Object.assign(make(p), { actions: ["delete"], after: null });
        change(p, CLB).deposed = "abcd1234";
        bind(p, "lb-made0000");
      },
      by: target,
    },
    {
      title: "the CLB is updated to have another id",
      edit: (p) => {
        make(p).after.id = "lb-other000";
        bind(p, "lb-made0000");
      },
      by: target,
    },
    {
      title: "the CLB is imported, and internet-facing",
      edit: (p) => {
        make(p, "lb-made0000", { address_type: "internet" }).importing = { id: "lb-made0000" };
        bind(p, "lb-made0000", ["create"]);
      },
      by: "binding/internal-only",
    },
    {
      title: "the CLB was moved, and is internet-facing",
      edit: (p) => {
        make(p, "lb-made0000", { address_type: "internet" });
        change(p, CLB).previous_address = `${CLB}.old`;
        bind(p, "lb-made0000");
      },
      by: "binding/internal-only",
    },
    {
      title: "the CLB became internet-facing outside Terraform, and ignore_changes keeps it so",
      edit: (p) => {
        p.resource_drift = [structuredClone(change(p, CLB))];
        make(p, "lb-made0000", { address_type: "internet" });
        bind(p, "lb-made0000");
      },
      by: "binding/internal-only",
    },
    {
      title: "another resource of the same id is internet-facing",
      edit: (p) => {
        make(p);
        const twin = addClb(p, "twin");
        twin.change.after.address_type = "internet";
        bind(p, "lb-made0000");
      },
      by: "binding/internal-only",
    },
    {
      title: "real: the CLB becomes internet-facing",
      of: "becomes-internet",
      edit: () => undefined,
      by: "binding/internal-only",
    },
    {
      title: "no-op, and internet-facing all along",
      of: "noop-good",
      edit: (p) => (change(p, CLB).change.after.address_type = "internet"),
      by: "binding/internal-only",
    },
    {
      title: "no-op, and in no VPC all along",
      of: "noop-good",
      edit: (p) => (change(p, CLB).change.after.vswitch_id = ""),
      by: "binding/vpc-only",
    },
  ]);
});

describe("a binding with an unknown action is checked by its planned values", () => {
  const words = [
    ["evict"],
    ["no-op", "adopt"],
    ["DELETE"],
    ["delete "],
    ["delete", "adopt"],
    ["read"],
    ["update"],
    ["\u0000"],
  ];
  refuses(
    words.flatMap((actions) => [
      {
        title: `${JSON.stringify(actions)}, the CLB internet-facing`,
        of: "internet-facing",
        edit: (p: Json): void => void (change(p, ATTACHMENT).change.actions = actions),
        by: "binding/internal-only",
      },
      {
        title: `${JSON.stringify(actions)} of the CLB, internet-facing`,
        of: "internet-facing",
        edit: (p: Json): void => void (change(p, CLB).change.actions = actions),
        by: "binding/internal-only",
      },
      {
        title: `${JSON.stringify(actions)} with nothing after`,
        edit: (p: Json): void => void Object.assign(change(p, ATTACHMENT).change, { actions, after: null }),
        by: "binding/target-type",
      },
      {
        title: `${JSON.stringify(actions)} with nothing after, of one of two CLBs`,
        edit: (p: Json): void => {
          Object.assign(addClb(p, "odd").change, { actions, after: null });
          refer(p, references(`${CLB}.lb.id`, `${CLB}.odd.id`));
        },
        by: "binding/internal-only",
      },
      {
        title: `${JSON.stringify(actions)} with nothing after, of a replaced CLB whose id the binding keeps`,
        edit: (p: Json): void => {
          make(p);
          bind(p, "lb-made0000");
          Object.assign(change(p, CLB).change, { actions, after: null, after_unknown: {} });
        },
        by: target,
      },
    ]),
  );
  refuses([
    {
      title: "an empty list of actions",
      edit: (p) => (change(p, ATTACHMENT).change.actions = []),
      by: "plan/complete",
    },
    {
      title: "a missing list of actions",
      edit: (p) => delete change(p, ATTACHMENT).change.actions,
      by: "plan/complete",
    },
    {
      title: "actions as a string",
      edit: (p) => (change(p, ATTACHMENT).change.actions = "delete"),
      by: "plan/complete",
    },
    { title: "no change", edit: (p) => delete change(p, ATTACHMENT).change, by: "plan/complete" },
    {
      title: "delete actions with planned values of a binding",
      of: "internet-facing",
      edit: (p) => (change(p, ATTACHMENT).change.actions = ["delete"]),
      by: "binding/internal-only",
    },
    {
      title: "a deposed key with planned values of a binding",
      of: "internet-facing",
      edit: (p) => (change(p, ATTACHMENT).deposed = "abcd1234"),
      by: "binding/internal-only",
    },
  ]);
});
