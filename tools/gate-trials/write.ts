import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PASS, TYPED } from "./parts";
import type { Trial, TrialBlock } from "./trial";

const PROVIDERS = `terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
`;

const NETWORK = `provider "alicloud" {
  region = "ap-southeast-1"
}
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "ap-southeast-1a"
}
resource "alicloud_vpc" "hk" {
  provider   = alicloud.hk
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "hk" {
  provider   = alicloud.hk
  vpc_id     = alicloud_vpc.hk.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "cn-hongkong-b"
}
provider "alicloud" {
  alias  = "hk"
  region = "cn-hongkong"
}
`;

/** Writes a configuration that holds all trials, each in a module of its own. */
export function writeTrials(directory: string, trials: readonly Trial[], form: "hcl" | "json"): void {
  const file = (name: string, text: string): void => {
    mkdirSync(join(directory, name, ".."), { recursive: true });
    writeFileSync(join(directory, name), text);
  };
  file("pass/main.tf", PASS);
  file("typed/main.tf", TYPED);
  const calls = trials.map((trial) => {
    // A region trial that goes to Hong Kong has its CLBs there, so they need a vSwitch there.
    const here = trial.about === "region" && !trial.good ? "hk" : "s";
    const there = here === "s" ? "hk" : "s";
    const passed = `  vswitch = alicloud_vswitch.${here}.id\n  elsewhere = alicloud_vswitch.${there}.id\n`;
    return `module "${trial.name}" {\n  source  = "./${trial.name}"\n${passed}}\n`;
  });
  file("main.tf", PROVIDERS + NETWORK + calls.join(""));
  for (const trial of trials) {
    file(`${trial.name}/versions.tf`, PROVIDERS);
    if (form === "hcl") file(`${trial.name}/main.tf`, trial.blocks.map(nativeOf).join(""));
    else file(`${trial.name}/main.tf.json`, JSON.stringify(trial.blocks.map(jsonOf), undefined, 1));
  }
}

function nativeOf({ head: [keyword, ...labels], attributes }: TrialBlock): string {
  const body = Object.entries(attributes).map(([name, text]) => `  ${name} = ${text}\n`);
  return `${keyword!}${labels.map((label) => ` "${label}"`).join("")} {\n${body.join("")}}\n`;
}

/** Each expression as a template, as CDKTF writes them; what terraform reads as a keyword stays one. */
function jsonOf({ head, attributes }: TrialBlock): unknown {
  const [keyword] = head;
  const body: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(attributes)) {
    if (name === "type" || name === "source") body[name] = text.startsWith('"') ? JSON.parse(text) : text;
    else if (keyword === "variable" && name === "default") body[name] = DEFAULTS[text] ?? JSON.parse(text);
    else body[name] = /^"[^"$%\\]*"$/.test(text) ? JSON.parse(text) : `\${${text}}`;
  }
  return head.reduceRight<unknown>((inner, label) => ({ [label]: inner }), body);
}

const DEFAULTS: Readonly<Record<string, unknown>> = { '{ team = "net" }': { team: "net" } };
