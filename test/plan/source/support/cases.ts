/** Modules by the name of their folder; terraform plans all of them at once, and its JSON says what it made of each. */
export const MODULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: {
    "main.tf": `
variable "a" { default = "x" }
variable "n" {
  type    = number
  default = 5
}
locals { l = "of \${var.a}" }
resource "terraform_data" "one" {
  count = 2
  input = { text = local.l, n = [1, -2.5, true, null], "quoted key" = "a\\tb" }
}
resource "terraform_data" "each" {
  for_each = { k = "v" }
  input    = terraform_data.one[0].id
  lifecycle { ignore_changes = [input, triggers_replace] }
}
resource "terraform_data" "all" {
  lifecycle { ignore_changes = all }
}
output "o" { value = terraform_data.one[*].id }
output "text" { value = "plain" }
output "heredoc" {
  value = <<-EOT
    a
      b $\${c}
  EOT
}
check "c" {
  assert {
    condition     = var.a != ""
    error_message = "never"
  }
}
moved {
  from = terraform_data.gone
  to   = terraform_data.all
}
`,
  },
  overridden: {
    "main.tf": `
variable "v" {
  type    = string
  default = "first"
}
variable "kept" { default = "kept" }
locals {
  l = "first"
  m = "kept"
}
output "o" { value = "first" }
output "l" { value = local.l }
output "described" { value = "kept" }
resource "terraform_data" "r" {
  count            = 1
  input            = "first"
  triggers_replace = "kept"
  lifecycle { ignore_changes = [input] }
}
module "inner" {
  source = "../inner"
  a      = "first"
  b      = "kept"
}
`,
    "b_override.tf": `
variable "v" { default = "second" }
locals { l = "second" }
output "o" { value = "second" }
output "described" { description = "only this" }
resource "terraform_data" "r" {
  count = 2
  input = "second"
  lifecycle { ignore_changes = [triggers_replace] }
}
module "inner" { a = "second" }
`,
    "override.tf.json": `{ "output": { "o": { "value": "third" } }, "locals": { "l": "third" }, "variable": { "v": { "default": "third" } } }`,
    "a_override.tf": `output "o" { value = "never seen" }\n`,
    ".hidden.tf": "this is not read\n",
    "other.txt": "nor is this\n",
  },
  inner: { "main.tf": `variable "a" {}\nvariable "b" {}\noutput "o" { value = "\${var.a}-\${var.b}" }\n` },
  json: {
    "main.tf.json": `[
  { "//": "a comment", "variable": { "v": { "type": "map(string)", "default": { "//": "a key", "k": "\${not read}" } } } },
  {
    "resource": { "terraform_data": { "a": { "//": { "metadata": "x" }, "input": "x\${var.v.k}" } } },
    "resource": [
      { "terraform_data": { "b": [{ "input": { "//": "a key", "k \${terraform_data.a.id}": "v", "m": -1.5, "n": 90071992547409 }, "lifecycle": { "ignore_changes": ["input"] } }] } },
      { "terraform_data": [{ "c": { "count": 2, "lifecycle": [{ "ignore_changes": "all" }] } }, { "d": { "for_each": "\${var.v}" } }] }
    ],
    "locals": [{ "one": 1 }, { "two": "\${local.one}" }],
    "output": { "ids": { "value": ["\${terraform_data.a.id}", "plain", "\\u00e9 \\"q\\""] }, "two": { "value": "\${local.two}" } },
    "module": { "inner": { "source": "../inner", "a": "\${terraform_data.a.id}", "b": "text" } }
  }
]`,
  },
  mixed: {
    "a.tf": `output "native" { value = "a" }\nlocals { shared = "native" }\n`,
    "b.tf.json": `{ "output": { "json": { "value": "\${local.shared}" } } }`,
    "c_override.tf.json": `{ "locals": { "shared": "json" } }`,
  },
  nested: {
    "main.tf": `
variable "deep" { default = 1 }
module "once" {
  source = "../inner"
  count  = 2
  a      = count.index
  b      = "x"
}
module "twice" {
  source   = "../inner"
  for_each = { k = "v" }
  a        = each.key
  b        = module.once[0].o
}
output "o" { value = module.twice["k"].o }
`,
  },
  "crlf-and-é": {
    "main.tf": `# é😀\r\nlocals {\r\n  é = "e\u0301"\r\n}\r\noutput "o" {\r\n  value = "é"\r\n}\r\n`,
  },
};
