import { ATTACHMENT, change, CLB, type Json } from "./plan";

/** What a CLB looks like that was made before: its id and all its values are known. */
export function make(plan: Json, id = "lb-made0000", after: Json = {}): Json {
  const { change: planned } = change(plan, CLB);
  const values = { ...planned.after, id, address_type: "intranet", vswitch_id: "vsw-1", ...after };
  Object.assign(planned, { actions: ["no-op"], before: values, after: { ...values }, after_unknown: {} });
  return planned;
}

/** Makes the binding one of a known id. */
export function bind(plan: Json, id: string, actions: readonly string[] = ["no-op"]): Json {
  const { change: planned } = change(plan, ATTACHMENT);
  planned.after.bind_instance_id = id;
  delete planned.after_unknown.bind_instance_id;
  planned.actions = actions;
  planned.before = { ...planned.after };
  return planned;
}

export function replaced(plan: Json, actions: readonly string[], after: Json): void {
  const planned = make(plan);
  bind(plan, "lb-made0000");
  Object.assign(planned, { actions, after: { ...planned.after, ...after }, after_unknown: { id: true } });
  delete planned.after.id;
}

export const CREATE_FIRST: readonly string[] = ["create", "delete"];
export const DELETE_FIRST: readonly string[] = ["delete", "create"];
