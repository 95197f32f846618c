# METADATA
# title: The expressions that decide can be seen
# description: >-
#   The JSON of a plan made from HCL lists which resources an expression refers to, not the expression. A function or a
#   condition around the references may give something else than they have. The saved plan file holds the whole
#   configuration, and so does JSON configuration (CDKTF): there every expression is followed. Where only references are
#   there, this warns. Set it to deny in anycast.yaml, and nothing is allowed that rests on references alone.
# custom:
#   id: plan/expressions-visible
#   level: warn
#   fix: >-
#     Check the saved plan file instead of its JSON (terraform plan -out=p.tfplan; anycast check p.tfplan).
#   source: >-
#     Terraform JSON output format: expressions list references.
package anycast.rules.plan.expressions_visible

import data.anycast.lib.binding_facts
import data.anycast.lib.bindings
import data.anycast.lib.findings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.undetermined("", "configuration", {"sentence": sentence}) if {
	invisible > 0
	sentence := concat(" ", ["The plan does not show the expressions of", number(invisible), "which were checked by the resources that they refer to."])
}

# A plan may be checked in parts, each of which is given how many there are in all.
invisible := max([
	count([1 | some binding in bindings.all; not binding.visible]),
	object.get(binding_facts.document, "invisible", 0),
])

number(1) := "1 binding,"

number(many) := concat(" ", [json.marshal(many), "bindings,"]) if many > 1
