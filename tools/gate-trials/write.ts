import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Block, Files } from "./block";
import { jsonOf, nativeOf } from "./syntax";
import { GIVEN, providersOf } from "./nested";
import { PASS, TYPED } from "./parts";
import type { Trial } from "./trial-type";

/** As a saved plan or plan JSON shows it: native syntax, or JSON as CDKTF writes it. */
export type Form = "hcl" | "json";

const providersNeeded = (aliases: readonly string[]): string => {
  const names = aliases.map((alias) => `alicloud.${alias}`).join(", ");
  const passed = aliases.length === 0 ? "" : `\n      configuration_aliases = [${names}]`;
  return `terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"${passed}
    }
  }
}
`;
};

const NETWORKS = [
  ["s", "", "ap-southeast-1", "ap-southeast-1a"],
  ["hk", "hk", "cn-hongkong", "cn-hongkong-b"],
  ["mainland", "mainland", "cn-hangzhou", "cn-hangzhou-h"],
] as const;

/** A provider for each region, and a vSwitch in each. */
const NETWORK = NETWORKS.map(([name, alias, region, zone]) => {
  const provider = alias === "" ? "" : `  provider   = alicloud.${alias}\n`;
  return `provider "alicloud" {
${alias === "" ? "" : `  alias  = "${alias}"\n`}  region = "${region}"
}
resource "alicloud_vpc" "${name}" {
${provider}  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "${name}" {
${provider}  vpc_id     = alicloud_vpc.${name}.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "${zone}"
  vswitch_name = "VSWITCH_NAME"
}
`;
}).join("");

const SETTINGS = "regions: [ap-southeast-1, cn-hongkong, eu-central-1, cn-hangzhou]\n";

/** Writes a configuration that holds trials as they are now or were before, each in a module of its own. */
export function writeTrials(directory: string, trials: readonly Trial[], form: Form, when: "now" | "before"): void {
  const file = writerTo(directory);
  file("anycast.yaml", SETTINGS);
  file("pass/main.tf", PASS);
  file("typed/main.tf", TYPED);
  const present = trials.flatMap((trial) => {
    const files = when === "now" ? trial.files : trial.before;
    return files === undefined ? [] : [{ trial, files }];
  });
  const atRoot = when === "now" ? trials.flatMap(({ root = [] }) => root.map(nativeOf)).join("") : "";
  file(
    "main.tf",
    providersNeeded([]) + NETWORK.replace(/VSWITCH_NAME/g, "here") + present.map(callOf).join("") + atRoot,
  );
  for (const { trial, files } of present) {
    rmSync(join(directory, trial.name), { recursive: true, force: true });
    for (const [inner, blocks] of Object.entries(files))
      writeModule(file, `${trial.name}${inner === "" ? "" : `/${inner}`}`, blocks, form, trial.providers);
  }
}

/** Writes the configuration that made what the trials look up. */
export function writeElsewhere(directory: string, trials: readonly Trial[]): void {
  const blocks = trials.flatMap(({ elsewhere = [] }) => elsewhere);
  const text = providersNeeded([]) + NETWORK.replace(/VSWITCH_NAME/g, "elsewhere") + blocks.map(nativeOf).join("");
  writerTo(directory)("main.tf", text);
}

type Write = (name: string, text: string) => void;

function writerTo(directory: string): Write {
  return (name, text) => {
    mkdirSync(join(directory, name, ".."), { recursive: true });
    writeFileSync(join(directory, name), text);
  };
}

function callOf({ trial, files }: { readonly trial: Trial; readonly files: Files }): string {
  // A region trial that goes to Hong Kong has its CLBs there, so they need a vSwitch there.
  const swapped = trial.about === "region" && !trial.good;
  const vswitches: Readonly<Record<string, string>> = {
    vswitch: swapped ? "hk" : "s",
    elsewhere: swapped ? "s" : "hk",
  };
  const passed = GIVEN.map((name) => `  ${name} = alicloud_vswitch.${vswitches[name] ?? name}.id\n`);
  const own = files[""]!.some(({ head }) => head[0] === "provider" && head.length > 0);
  const names = own ? [] : ["alicloud", ...trial.providers.map((alias) => `alicloud.${alias}`)];
  const { providers } = providersOf(Object.fromEntries(names.map((name) => [name, name])));
  const attributes = [`  source = "./${trial.name}"\n`, ...passed, ...(own ? [] : [`  providers = ${providers!}\n`])];
  return `module "${trial.name}" {\n${attributes.join("")}}\n`;
}

function writeModule(file: Write, at: string, blocks: readonly Block[], form: Form, aliases: readonly string[]): void {
  file(`${at}/versions.tf`, providersNeeded(aliases));
  // Modules that all trials share are next to the outermost ones.
  const up = "../".repeat(at.split("/").length);
  const placed = blocks.map((block) => withSource(block, up));
  if (form === "hcl") file(`${at}/main.tf`, placed.map(nativeOf).join(""));
  else file(`${at}/main.tf.json`, JSON.stringify(placed.map(jsonOf), undefined, 1));
}

function withSource(block: Block, up: string): Block {
  const { source } = block.attributes;
  if (source === undefined) return block;
  return { ...block, attributes: { ...block.attributes, source: source.replace('"../', `"${up}`) } };
}
