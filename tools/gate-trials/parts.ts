/** What a trial's module needs in addition to the expression itself: locals, calls of a module that passes values on. */
export class Parts {
  public readonly locals: string[] = [];
  public readonly calls: { readonly name: string; readonly arguments: Readonly<Record<string, string>> }[] = [];
  public readonly datas: Readonly<Record<string, string>>[] = [];

  /** A local value, by its name. */
  public local(value: string): string {
    this.locals.push(value);
    return `l${String(this.locals.length - 1)}`;
  }

  /** A call of the passing module with one value; its outputs are `out` and `object.id`. */
  public pass(value: string): string {
    return this.call({ value });
  }

  /** A call of the passing module with two values; its output `swapped` has them under each other's key. */
  public passMap({ a, b }: { readonly a: string; readonly b: string }): string {
    return this.call({ pair: `{ a = ${a}, b = ${b} }` });
  }

  /** A `terraform_data` that stores the value, and one that is replaced when it changes. */
  public data(value: string): string {
    return this.store({ input: value });
  }
  public trigger(value: string): string {
    return this.store({ input: value, triggers_replace: value });
  }

  private store(attributes: Readonly<Record<string, string>>): string {
    this.datas.push(attributes);
    return `d${String(this.datas.length - 1)}`;
  }

  private call(args: Readonly<Record<string, string>>): string {
    const name = `p${String(this.calls.length)}`;
    this.calls.push({ name, arguments: args });
    return name;
  }
}

/** The module that passes values on. */
export const PASS = `variable "value" {
  type    = any
  default = null
}
variable "pair" {
  type    = map(string)
  default = {}
}
locals {
  kept = { id = var.value }
}
output "out" {
  value = local.kept.id
}
output "object" {
  value = { id = var.value, other = "x" }
}
output "swapped" {
  value = { for k, v in var.pair : (k == "a" ? "b" : "a") => v }
}
`;

/** A module whose variables convert what they are given. */
export const TYPED = `variable "texts" { type = list(string) }
variable "numbers" { type = list(number) }
variable "filled" {
  type = object({ mode = optional(string, "blue") })
}
variable "given" { default = "d" }
variable "never" {
  default  = "d"
  nullable = false
}
output "texts" { value = var.texts }
output "numbers" { value = var.numbers }
output "filled" { value = var.filled }
output "given" { value = var.given }
output "never" { value = var.never }
output "dropped" { value = try(var.filled.extra, "none") }
`;
