import type { PlanOverview, Reach } from "../../core/check-report";

/** Everything but these signs is written as a character reference, so that no name becomes a part of the drawing. */
const PLAIN = /[^A-Za-z0-9 _./-]/gu;
/** Longest name shown, in characters. */
const LONGEST = 80;

/**
 * A Mermaid drawing of the ways from the internet that a plan leaves: address, region, load balancer.
 * @returns "" where there is none
 */
export function pictureOf(overviews: readonly PlanOverview[]): string {
  const reach = overviews.flatMap((one) => one.reach);
  if (reach.length === 0) return "";
  const graph = new Graph();
  const internet = graph.node("internet", "([", "])");
  for (const way of reach) draw(way, internet, graph);
  return ["```mermaid", "flowchart LR", ...graph.lines, "```"].join("\n");
}

function draw({ binding, addresses, targets, proven }: Reach, internet: string, graph: Graph): void {
  if (addresses.length === 0) {
    graph.edge(internet, "-->", graph.node(`${binding}, public by itself`, "[", "]"));
    return;
  }
  // What is not proven is a dotted line, and says so.
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
  private readonly seen = new Set<string>();
  public readonly lines: string[] = [];

  public node(name: string, open: string, close: string): string {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const id = `n${this.ids.size}`;
    this.ids.set(name, id);
    this.lines.push(`  ${id}${open}"${label(name)}"${close}`);
    return id;
  }

  public edge(from: string, arrow: string, to: string): void {
    const line = `  ${from} ${arrow} ${to}`;
    if (this.seen.has(line)) return;
    this.seen.add(line);
    this.lines.push(line);
  }
}

function label(name: string): string {
  const characters = Array.from(name);
  const shown = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}...` : name;
  return shown.replace(PLAIN, (character) => `#${character.codePointAt(0)};`);
}
