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
}

const row = (
  id: string,
  cpu: number,
  memory: number,
  enis: number,
  addressesPerEni: number,
  ipv6PerEni = addressesPerEni,
): InstanceTypeFact => ({
  id,
  family: id.split(".").slice(0, 2).join("."),
  cpu,
  memory,
  enis,
  addressesPerEni,
  ipv6PerEni,
  queues: Math.max(1, Math.min(32, cpu)),
});

export const INSTANCE_TYPES: readonly InstanceTypeFact[] = [
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
];

const byId = new Map(INSTANCE_TYPES.map((type) => [type.id, type]));

/** The facts of a type; a type that is not in the list but has a well-formed name is taken as a small one. */
export function instanceTypeFact(id: string): InstanceTypeFact | undefined {
  const known = byId.get(id);
  if (known !== undefined) return known;
  return /^ecs\.[a-z0-9-]+\.[a-z0-9-]+$/.test(id) ? row(id, 2, 8, 3, 6) : undefined;
}

export const DISK_CATEGORIES = [
  "cloud",
  "cloud_efficiency",
  "cloud_ssd",
  "cloud_essd",
  "cloud_auto",
  "cloud_essd_entry",
] as const;
