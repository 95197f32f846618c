/** What people call the things that the API names otherwise. */
export const AREAS = { international: "outside mainland China", ChineseMainland: "mainland China" };
export const FACING = { intranet: "internal", internet: "internet-facing" };
export const KINDS = { "load-balancer": "CLB", instance: "Instance", "network-interface": "Network interface" };
