import type { PlanFacts } from "../facts";
import type { JsonObject } from "../json";
import { asObject } from "../json";
import { DECOY } from "./emit-changes";
import { envelopeOf, writeSlice } from "./emit";
import { type Group, groupsOf, reach } from "./group";
import { NotSliceable } from "./not-sliceable";
import type { Change } from "./plan-index";
import { PlanIndex } from "./plan-index";
import { Reached } from "./reached";
import { Templates } from "./placeholders";
import { type Shape, Shapes } from "./shapes";
import { hasUnplannedBinding, isPlanned } from "./unplanned";
import { NamedWriter, type Writer } from "./writer";

/** A part of a plan that can be judged by itself. */
export interface Slice {
  /** JSON of a plan. Slices of one shape have the same text, with placeholders for their names. */
  readonly text: string;
  /** Puts the slice's names into JSON of the policies' answer to `text`; none of them needs an escape there. */
  readonly restore: (answer: string) => string;
}

/** Stands in an answer when the policies looked at what a slice does not hold; then the plan is judged in one piece. */
export const INCOMPLETE = DECOY;

/** Bindings (or other entries) that are judged together when their slices have no shape. */
const POOL = 40;

/**
 * Cuts a projection of a plan into parts that the policies judge as they would judge the whole: each holds all that they
 * may look at for the bindings in it. Every binding is in exactly one; what belongs to none is in others.
 * @param pinned texts that the settings mention: they are never taken for mere names
 * @returns undefined for a plan that is not as Terraform writes it, which must be judged in one piece
 */
export function slicePlan(
  plan: JsonObject,
  facts: PlanFacts,
  pinned: ReadonlySet<string>,
): Iterable<Slice> | undefined {
  try {
    const index = new PlanIndex(plan, facts);
    return hasUnplannedBinding(index) ? undefined : new Slicer(index, pinned).slices();
  } catch (thrown) {
    if (thrown instanceof NotSliceable) return undefined;
    throw thrown;
  }
}

class Slicer {
  private readonly envelope: string;
  private readonly groups: readonly Group<Shape | undefined>[];
  private readonly pool: Change[] = [];
  private readonly shapes: Shapes;
  private readonly templates = new Templates();
  /** Providers that tell Terraform's plans from OpenTofu's, where the plan itself does not. */
  private readonly telling: readonly string[];

  public constructor(
    private readonly index: PlanIndex,
    private readonly pinned: ReadonlySet<string>,
  ) {
    this.shapes = new Shapes(pinned);
    this.envelope = envelopeOf(index.plan);
    this.telling = Object.hasOwn(index.plan, "complete") ? [] : tellingProviders(index.providers);
    // All that may give up is done here, before the first slice is judged.
    this.groups = groupsOf(index, (reached) => this.shapeOf(reached));
  }

  public *slices(): Iterable<Slice> {
    yield this.base();
    for (const group of this.groups) yield* this.shaped(group);
    if (this.pool.length > 0) yield this.plain(this.pool.splice(0));
  }

  /** The plan as a whole, entries that are not ordinary, and blocks of bindings that nothing was planned for. */
  private base(): Slice {
    const { index } = this;
    const reached = new Reached();
    for (const block of index.places.root.node!.blocks.values())
      if (block.role === "attachment" && !isPlanned(block, "", index)) {
        reached.blocks.add(block);
        reached.forEach.add(block.object);
      }
    return this.named(reached, index.odd);
  }

  /** One slice where it has a shape; else its members wait in the pool for others. */
  private *shaped(group: Group<Shape | undefined>): Iterable<Slice> {
    const { members } = group;
    const shape = "made" in group ? group.made : this.shapeOf(reach(this.index, members));
    if (shape !== undefined) {
      yield { text: shape.text, restore: (answer) => this.templates.fill(answer, shape.names) };
      return;
    }
    this.pool.push(...members);
    if (this.pool.length >= POOL) yield this.plain(this.pool.splice(0));
  }

  private shapeOf(reached: Reached): Shape | undefined {
    const writer = this.shapes.writer();
    this.write(writer, reached, []);
    return writer.shape();
  }

  private plain(members: readonly Change[]): Slice {
    return this.named(reach(this.index, members), []);
  }

  private named(reached: Reached, odd: readonly unknown[]): Slice {
    const writer = new NamedWriter(this.pinned);
    this.write(writer, reached, odd);
    return { text: writer.text(), restore: (answer) => answer };
  }

  private write(writer: Writer, reached: Reached, odd: readonly unknown[]): void {
    for (const key of this.telling) reached.providers.add(key);
    writeSlice(writer, this.index, reached, this.envelope, odd);
  }
}

/** As plan/complete tells them apart: one of OpenTofu's registry, and one of Terraform's. */
function tellingProviders(providers: JsonObject): string[] {
  const first = (registry: string): string[] =>
    Object.keys(providers)
      .filter((key) => {
        const name = asObject(providers[key])?.full_name;
        return typeof name === "string" && name.startsWith(registry);
      })
      .slice(0, 1);
  return [...first("registry.opentofu.org/"), ...first("registry.terraform.io/")];
}
