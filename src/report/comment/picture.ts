import type { Reach } from "../../core/check-report";

/** All other characters are written as character references, so that no name becomes a part of the drawing. */
const PLAIN = /[^A-Za-z0-9 _./-]/gu;
/** Longest name shown, in characters. */
const LONGEST = 80;

/** The ways from the internet of one plan. */
export interface PlanReach {
  readonly name: string;
  readonly reach: readonly Reach[];
}

/**
 * A Mermaid drawing of the ways from the internet that plans leave: address, region, load balancer. Several plans are drawn
 * apart from each other: the same name in two of them is two resources.
 * @returns "" where there is none
 */
export function pictureOf(plans: readonly PlanReach[]): string {
  const drawn = plans.filter(({ reach }) => reach.length > 0);
  if (drawn.length === 0) return "";
  const graph = new Graph();
  const internet = graph.node("internet", "([", "])");
  for (const [i, { name, reach }] of drawn.entries()) {
    const lines: string[] = [];
    graph.begin(i, lines);
    for (const way of reach) draw(way, internet, graph);
    graph.lines.push(...(drawn.length === 1 ? lines : [`  subgraph p${i}["${label(name)}"]`, ...lines, "  end"]));
  }
  return ["```mermaid", "flowchart LR", ...graph.lines, ...graph.edges, "```"].join("\n");
}

function draw({ binding, addresses, targets, proven }: Reach, internet: string, graph: Graph): void {
  if (addresses.length === 0) {
    graph.edge(internet, "-->", graph.node(`${binding}, public by itself`, "[", "]"));
    return;
  }
  // A binding that is not proven is a dotted line with a label.
  const arrow = proven ? "-->" : "-. not proven .->";
  for (const address of addresses) {
    const from = graph.node(address, "([", "])");
    graph.edge(internet, "-->", from);
    for (const target of targets)
      graph.edge(from, arrow, graph.node(`${target.address} in ${target.region}`, "[", "]"));
    if (targets.length === 0) graph.edge(from, arrow, graph.node("unknown", "[", "]"));
  }
}

class Graph {
  private readonly ids = new Map<string, string>();
  private plan = -1;
  private into: string[];
  public readonly lines: string[] = [];
  public readonly edges: string[] = [];

  public constructor() {
    this.into = this.lines;
  }

  /** Begins a plan: the nodes that follow belong to it and are written into `lines`. */
  public begin(plan: number, lines: string[]): void {
    this.plan = plan;
    this.into = lines;
  }

  public node(name: string, open: string, close: string): string {
    const key = `${this.plan} ${name}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = `n${this.ids.size}`;
    this.ids.set(key, id);
    this.into.push(`  ${id}${open}"${label(name)}"${close}`);
    return id;
  }

  public edge(from: string, arrow: string, to: string): void {
    const line = `  ${from} ${arrow} ${to}`;
    if (!this.edges.includes(line)) this.edges.push(line);
  }
}

function label(name: string): string {
  const characters = Array.from(name);
  const shown = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}...` : name;
  return shown.replace(PLAIN, (character) => `#${character.codePointAt(0)};`);
}
