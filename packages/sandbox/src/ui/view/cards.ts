import type { BindingView, ObjectView } from "../../cloud/contract";
import type { StatusStep } from "../status-times";
import type { Inventory } from "./inventory";
import { keyOfBinding, keyOfObject, regionName } from "./inventory";
import type { Query } from "./query";

/** Cards of one page: enough for a screen, few enough to send again with each change. */
export const PAGE_CARDS = 12;
/** Most listeners, servers and plain EIPs that one card names. */
const MOST_PARTS = 6;

/** A list that may be cut, with how many there are. */
export interface Some<T> {
  readonly first: readonly T[];
  readonly total: number;
}

export interface PlainPart {
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  readonly region: string;
  readonly steps: readonly StatusStep[];
}

export interface ServerPart {
  readonly id: string;
  readonly name: string;
  /** e.g. `Running`; empty when it is gone. */
  readonly status: string;
}

export interface TargetPart {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly regionName: string;
  readonly address: string;
  /** `intranet` or `internet`; empty for what is no load balancer. */
  readonly facing: string;
  readonly vpc: string;
  readonly steps: readonly StatusStep[];
  readonly listeners: Some<string>;
  readonly servers: Some<ServerPart>;
  readonly plain: Some<PlainPart>;
}

export interface BindingPart {
  readonly key: string;
  readonly region: string;
  readonly regionName: string;
  readonly mode: string;
  readonly accessPoints: readonly string[];
  readonly steps: readonly StatusStep[];
  readonly target: TargetPart;
}

/** One card: an Anycast EIP with all that it leads to, or what no Anycast EIP leads to. */
export type Card =
  | {
      readonly kind: "anycast";
      readonly key: string;
      readonly id: string;
      readonly name: string;
      readonly ip: string;
      readonly area: string;
      readonly bandwidth: string;
      readonly steps: readonly StatusStep[];
      readonly bindings: readonly BindingPart[];
    }
  | { readonly kind: "load-balancer"; readonly key: string; readonly target: TargetPart }
  | { readonly kind: "eip"; readonly key: string; readonly plain: PlainPart; readonly boundTo: string };

export interface Cards {
  readonly cards: readonly Card[];
  readonly page: number;
  readonly pages: number;
  /** Place of the first card among those found, from 1; 0 when there is none. */
  readonly first: number;
  /** How many were found, and how many there are. */
  readonly found: number;
  readonly total: number;
}

/** The page of cards that was asked for; the last one when there are not so many. */
export function cardsOf(inventory: Inventory, { find, page: asked }: Query): Cards {
  const all = [
    ...inventory.all("anycast-eip"),
    ...inventory.all("load-balancer").filter(({ id }) => !inventory.isBound(id)),
    ...inventory.all("eip").filter(({ facts }) => !isOnACard(inventory, facts.instance ?? "")),
  ];
  const words = find.toLowerCase().split(/\s+/);
  const card = (object: ObjectView): Card => cardOf(inventory, object);
  const matches = ({ text }: { readonly text: string }): boolean => words.every((word) => text.includes(word));
  const found =
    find === ""
      ? all
      : all
          .map((object) => ({ object, text: JSON.stringify(card(object)).toLowerCase() }))
          .filter(matches)
          .map(({ object }) => object);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_CARDS));
  const page = Math.min(asked, pages);
  const before = (page - 1) * PAGE_CARDS;
  const cards = found.slice(before, before + PAGE_CARDS).map(card);
  return { cards, page, pages, first: cards.length === 0 ? 0 : before + 1, found: found.length, total: all.length };
}

/** The plain EIPs of a target are on the card of the target. */
const isOnACard = (inventory: Inventory, targetId: string): boolean =>
  inventory.isBound(targetId) || inventory.target(targetId)?.kind === "load-balancer";

function cardOf(inventory: Inventory, object: ObjectView): Card {
  const { kind, id, name, facts } = object;
  const key = keyOfObject(object);
  if (kind === "load-balancer") return { kind, key, target: targetPart(inventory, id, object.region) };
  if (kind === "eip") return { kind, key, plain: plainPart(inventory, object), boundTo: facts.instance ?? "" };
  return {
    kind: "anycast",
    key,
    id,
    name,
    ip: facts.ip ?? "",
    area: facts["service-location"] ?? "",
    bandwidth: facts.bandwidth ?? "",
    steps: inventory.stepsOf(key),
    bindings: inventory.bindings(id).map((binding) => bindingPart(inventory, binding)),
  };
}

export function bindingPart(inventory: Inventory, binding: BindingView): BindingPart {
  const { region, mode, popLocations, instanceId } = binding;
  const key = keyOfBinding(binding);
  const target = targetPart(inventory, instanceId, region);
  const steps = inventory.stepsOf(key);
  return { key, region, regionName: regionName(region), mode, accessPoints: popLocations, steps, target };
}

function targetPart(inventory: Inventory, id: string, region: string): TargetPart {
  const object = inventory.target(id);
  const { name = "", facts = {}, kind = "" } = object ?? {};
  return {
    kind,
    id,
    name,
    region,
    regionName: regionName(region),
    address: facts.address ?? facts.ip ?? "",
    facing: facts["address-type"] ?? "",
    vpc: facts.vpc ?? "",
    steps: object === undefined ? [] : inventory.stepsOf(keyOfObject(object)),
    listeners: some(inventory.listeners(id), (listener) => listener.name),
    servers: some(object === undefined ? [] : inventory.servers(object), (server) => {
      const { name: called = "", status = "" } = inventory.target(server) ?? {};
      // The cloud uses the id as the name of an instance without a name.
      return { id: server, name: called === server ? "" : called, status };
    }),
    plain: some(inventory.eips(id), (eip) => plainPart(inventory, eip)),
  };
}

function plainPart(inventory: Inventory, eip: ObjectView): PlainPart {
  const { id, name, facts, region } = eip;
  return { id, name, ip: facts.ip ?? "", region, steps: inventory.stepsOf(keyOfObject(eip)) };
}

function some<T, R>(all: readonly T[], part: (one: T) => R): Some<R> {
  return { first: all.slice(0, MOST_PARTS).map(part), total: all.length };
}
