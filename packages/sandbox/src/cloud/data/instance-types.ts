/** Instance types on offer in every zone of the sandbox. */
export interface InstanceTypeFact {
  readonly id: string;
  readonly family: string;
  readonly cpu: number;
  /** GiB. */
  readonly memory: number;
  /** Interfaces, private addresses and IPv6 addresses per interface. */
  readonly enis: number;
  readonly addressesPerEni: number;
  readonly ipv6PerEni: number;
  readonly queues: number;
  readonly arm: boolean;
  readonly gpus: number;
  /** Name of the graphics card, "" where there is none. */
  readonly gpu: string;
}

type Limits = Pick<InstanceTypeFact, "enis" | "addressesPerEni" | "ipv6PerEni">;

/** Families by their memory for each core, in GiB: those with a letter for it, and the older ones. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  1: ["ic5", "xn4"],
  2: "sn1 sn1ne n4 c5 c6 c6e c6a c7 c7a c7se c8a c8i c8y c9i hfc5 hfc6 hfc7 hfc8i".split(" "),
  4: "sn2 sn2ne mn4 g5 g5ne g6 g6e g6a g7 g7a g7ne g7se g8a g8i g8y g9i hfg5 hfg6 hfg7 hfg8i".split(" "),
  8: "se1 se1ne e4 r5 r6 r6e r6a r7 r7a r8a r8i r8y r9i hfr6 hfr7 hfr8i".split(" "),
};
/** Cores by size. */
const SIZES: Readonly<Record<string, number>> = { large: 2, xlarge: 4, "2xlarge": 8, "4xlarge": 16, "8xlarge": 32 };
const ARM = /^[cgr]\dy$/;

const type = (id: string, cpu: number, memory: number, limits: Limits, gpu = ""): InstanceTypeFact => {
  const [, name = ""] = id.split(".");
  // `gn6i-c4g1` is of the family `gn6i`; `t6-c1m1` is a family.
  const family = `ecs.${gpu === "" ? name : name.split("-")[0]!}`;
  const queues = Math.max(1, Math.min(32, cpu));
  return { id, family, cpu, memory, ...limits, queues, arm: ARM.test(name), gpus: gpu === "" ? 0 : 1, gpu };
};

const row = (
  id: string,
  cpu: number,
  memory: number,
  enis: number,
  addressesPerEni: number,
  ipv6PerEni = addressesPerEni,
): InstanceTypeFact => type(id, cpu, memory, { enis, addressesPerEni, ipv6PerEni });

function limitsOf(cpu: number): Limits {
  if (cpu <= 2) return { enis: 3, addressesPerEni: 6, ipv6PerEni: 6 };
  return cpu <= 8 ? { enis: 4, addressesPerEni: 15, ipv6PerEni: 15 } : { enis: 8, addressesPerEni: 30, ipv6PerEni: 30 };
}

const ofFamilies = Object.entries(FAMILIES).flatMap(([memory, families]) =>
  families.flatMap((family) =>
    Object.entries(SIZES).map(([size, cpu]) => type(`ecs.${family}.${size}`, cpu, cpu * Number(memory), limitsOf(cpu))),
  ),
);

/** The small ones, and some that are named often, come first. */
const listed: readonly InstanceTypeFact[] = [
  row("ecs.t5-lc1m1.small", 1, 1, 2, 2, 0),
  row("ecs.t6-c1m1.large", 2, 2, 2, 2, 1),
  row("ecs.n4.small", 1, 2, 2, 2, 0),
  row("ecs.n4.large", 2, 4, 2, 6, 0),
  row("ecs.c5.large", 2, 4, 2, 6, 1),
  row("ecs.g5.large", 2, 8, 2, 6, 1),
  row("ecs.c6.large", 2, 4, 3, 6),
  row("ecs.c6.xlarge", 4, 8, 4, 15),
  row("ecs.c6.2xlarge", 8, 16, 4, 15),
  row("ecs.g6.large", 2, 8, 3, 6),
  row("ecs.g6.xlarge", 4, 16, 4, 15),
  row("ecs.g6.2xlarge", 8, 32, 4, 15),
  row("ecs.r6.large", 2, 16, 3, 6),
  row("ecs.c7.large", 2, 4, 3, 6),
  row("ecs.c7.xlarge", 4, 8, 4, 15),
  row("ecs.g7.large", 2, 8, 3, 6),
  row("ecs.g7.xlarge", 4, 16, 4, 15),
  row("ecs.r7.large", 2, 16, 3, 6),
  row("ecs.c8i.large", 2, 4, 3, 6),
  row("ecs.g8i.large", 2, 8, 3, 6),
  row("ecs.e-c1m1.large", 2, 2, 2, 2, 1),
  row("ecs.e-c1m2.large", 2, 4, 2, 2, 1),
  row("ecs.e-c1m4.large", 2, 8, 2, 2, 1),
  row("ecs.t6-c1m2.large", 2, 4, 2, 2, 1),
  row("ecs.t6-c1m4.large", 2, 8, 2, 2, 1),
  row("ecs.u1-c1m2.large", 2, 4, 2, 6, 1),
  row("ecs.u1-c1m4.large", 2, 8, 2, 6, 1),
  row("ecs.u1-c1m8.large", 2, 16, 2, 6, 1),
  type("ecs.gn6i-c4g1.xlarge", 4, 15, limitsOf(2), "NVIDIA T4"),
  type("ecs.gn6v-c8g1.2xlarge", 8, 32, limitsOf(8), "NVIDIA V100"),
  type("ecs.gn7i-c8g1.2xlarge", 8, 30, limitsOf(8), "NVIDIA A10"),
];

export const INSTANCE_TYPES: readonly InstanceTypeFact[] = [
  ...new Map([...listed, ...ofFamilies].map((one): [string, InstanceTypeFact] => [one.id, one])).values(),
];

const byId = new Map(INSTANCE_TYPES.map((one) => [one.id, one]));

/** The facts of a type; one that is not on offer but has a well-formed name is taken as a small one. */
export function instanceTypeFact(id: string): InstanceTypeFact | undefined {
  const known = byId.get(id);
  if (known !== undefined) return known;
  return /^ecs\.[a-z0-9-]+\.[a-z0-9-]+$/.test(id) ? row(id, 2, 8, 3, 6) : undefined;
}

/** Made up, in US dollars: by the hour, so that more costs more. */
const HOURLY = { core: 0.02, gigabyte: 0.003, gpu: 0.7 };
const HOURS_OF_A_MONTH = 720;
/** What is paid for a month in advance costs less. */
const IN_ADVANCE = 0.65;

/** A made-up price of a type, for an hour or for a month in advance. */
export function priceOf({ cpu, memory, gpus }: InstanceTypeFact, unit: "hour" | "month"): number {
  const hour = cpu * HOURLY.core + memory * HOURLY.gigabyte + gpus * HOURLY.gpu;
  const price = unit === "hour" ? hour : hour * HOURS_OF_A_MONTH * IN_ADVANCE;
  return Number(price.toFixed(4));
}

export const DISK_CATEGORIES = [
  "cloud",
  "cloud_efficiency",
  "cloud_ssd",
  "cloud_essd",
  "cloud_auto",
  "cloud_essd_entry",
] as const;
