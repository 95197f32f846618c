/** A configuration whose ids are known only after apply, and whose variables and outputs have types of every kind. */
export const APPLIED_MODULE = {
  "main.tf": `resource "terraform_data" "a" {
  input = "A"
}
resource "terraform_data" "b" {
  input = "B"
}
resource "terraform_data" "c" {
  count = 3
  input = count.index
}
resource "terraform_data" "f" {
  for_each = { p = 1, q = 2 }
  input    = each.value
}
resource "terraform_data" "set" {
  input = toset(["b", "a"])
}
resource "terraform_data" "kinds" {
  input = {
    ls = ["b", "a"]
    so = toset([{ k = "b", id = "2" }, { k = "a", id = "1" }])
    sn = toset([10, 9])
    ms = tomap({ p = toset(["y", "x"]) })
    mo = tomap({ p = { id = "1", no = null } })
    se = toset(["only"])
    no = tolist([])
  }
}
resource "terraform_data" "partly" {
  input = { so = toset([{ k = "b", id = local.A }, { k = "a", id = local.B }]), st = toset(["x", local.A]) }
}
module "m" {
  source = "./m"
  x      = "x"
}
module "mc" {
  count  = 2
  source = "./m"
  x      = count.index
}
module "me" {
  for_each = toset(["u", "v"])
  source   = "./m"
  x        = each.key
}
variable "ls" {
  type    = list(string)
  default = null
}
variable "ss" {
  type    = set(string)
  default = ["b", "a", "10", "9", "b"]
}
variable "sn" {
  type    = set(number)
  default = [10, 9, 1, 1]
}
variable "ma" {
  type    = map(any)
  default = { a = 1, b = "x" }
}
variable "la" {
  type    = list(any)
  default = [1, "x", true]
}
variable "obj" {
  type = object({
    id = optional(string)
    n  = optional(number, 3)
    o  = optional(object({ m = optional(string, "d"), k = optional(bool) }), {})
    l  = optional(list(string), ["z"])
  })
  default = {}
}
variable "lo" {
  type    = list(object({ id = optional(string, "dd"), n = optional(string) }))
  default = [{ n = 5 }, { id = null }, { id = "e", extra = 1 }]
}
variable "mo" {
  type    = map(object({ id = optional(string, "dd"), n = optional(string) }))
  default = { x = { n = 5 }, y = { id = null } }
}
variable "so" {
  type    = set(object({ name = string, zone = optional(string, "z"), on = optional(bool, true) }))
  default = [{ name = "b" }, { name = "a", on = false }, { name = "c", zone = "y" }, { name = "b", zone = "z" }]
}
variable "tup" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}
variable "any" {
  type    = any
  default = { a = [1, "2"], b = null }
}
variable "num" {
  type    = number
  default = "007"
}
variable "str" {
  type    = string
  default = 12
}
variable "bo" {
  type    = bool
  default = "1"
}
variable "nul" {
  default = null
}
locals {
  SO = toset([{ name = "p", id = terraform_data.a.id }, { name = "q", id = terraform_data.b.id }])
  A = terraform_data.a.id
  B = terraform_data.b.id
  t = length(terraform_data.a.id) == 36
  f = length(terraform_data.a.id) == 35
}
`,
  "m/main.tf": `variable "x" {}
output "x" {
  value = var.x
}
output "on" {
  value = true
}
output "n" {
  value = 5
}
output "id" {
  value = terraform_data.m.id
}
resource "terraform_data" "m" {
  input = var.x
}
`,
};
