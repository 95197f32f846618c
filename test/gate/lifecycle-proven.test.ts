import { proves } from "./support/cases";
import { bind, CREATE_FIRST, DELETE_FIRST, make, replaced } from "./support/made";
import { ATTACHMENT, block, change, CLB, type Json } from "./support/plan";

describe("what is certainly destroyed or certainly unchanged is allowed", () => {
  const T = `${ATTACHMENT}.t`;
  proves([
    { title: "real: everything is destroyed", of: "destroy-all", edit: () => undefined, proof: [] },
    { title: "real: nothing changes", of: "noop-good", edit: () => undefined, proof: [`${T} <- ${CLB}.lb`] },
    ...[["delete"], ["forget"], ["delete", "forget"]].map((actions) => ({
      title: `the binding of an internet-facing CLB is removed by ${actions.join(" and ")}`,
      of: "internet-facing",
      edit: (p: Json): void =>
        void Object.assign(change(p, ATTACHMENT).change, { actions, after: null, after_unknown: {} }),
      proof: [],
    })),
    ...[CREATE_FIRST, DELETE_FIRST].map((actions) => ({
      title: `CLB and binding are replaced (${actions.join(", ")}), the binding with the new id`,
      edit: (p: Json): void => {
        replaced(p, actions, {});
        const planned = bind(p, "lb-made0000", actions);
        delete planned.after.bind_instance_id;
        planned.after_unknown.bind_instance_id = true;
      },
      proof: [`${T} <- ${CLB}.lb`],
    })),
    {
      title: "a deposed, internet-facing object of the CLB is destroyed while the CLB stays",
      edit: (p) => {
        make(p);
        bind(p, "lb-made0000");
        const old = structuredClone(change(p, CLB));
        old.deposed = "abcd1234";
        Object.assign(old.change, { actions: ["delete"], after: null });
        old.change.before = { ...old.change.before, id: "lb-deposed0", address_type: "internet" };
        p.resource_changes.push(old);
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
    {
      title: "the CLB is imported",
      edit: (p) => {
        make(p).importing = { id: "lb-made0000" };
        bind(p, "lb-made0000", ["create"]);
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
    {
      title: "the CLB was moved",
      edit: (p) => {
        make(p);
        change(p, CLB).previous_address = `${CLB}.old`;
        bind(p, "lb-made0000");
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
    {
      title: "the CLB is forgotten at its old address and imported at another",
      edit: (p) => {
        make(p);
        const old = structuredClone(change(p, CLB));
        old.address = `${CLB}.old`;
        old.name = "old";
        Object.assign(old.change, { actions: ["forget"], after: null, after_unknown: {} });
        p.resource_changes.push(old);
        bind(p, "lb-made0000");
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
    {
      title: "the CLB is updated in place",
      edit: (p) => {
        make(p).actions = ["update"];
        bind(p, "lb-made0000", ["create"]);
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
    {
      title: "drift of other attributes is shown next to the plan",
      of: "noop-good",
      edit: (p) => {
        p.resource_drift = [structuredClone(change(p, CLB))];
        p.resource_drift[0].change.before.address_type = "internet";
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
    {
      title: "address_type is ignored by ignore_changes and left out of the configuration",
      edit: (p) => {
        make(p);
        delete block(p, CLB).expressions.address_type;
        bind(p, "lb-made0000");
      },
      proof: [`${T} <- ${CLB}.lb`],
    },
  ]);
});
