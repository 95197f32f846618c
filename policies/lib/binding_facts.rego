# METADATA
# title: The facts that rules check
# description: >-
#   One document, whose shape is `FactsDocument` in src/plan/resolve/facts-document.ts. The gate works it out from the
#   plan and its source, and gives it as `input.anycast_facts`. Without the gate (opa eval, conftest, HCP Terraform) the
#   policies make it from the references in the plan's JSON.
#
#   A plan may carry a member of that name itself, and then says of itself what it likes. So it counts only where the
#   caller sets `data.anycast_settings.facts` to true. The gate does, after it has removed the plan's own member.
package anycast.lib.binding_facts

import data.anycast.lib.by_reference
import data.anycast.lib.given_facts
import data.anycast.lib.settings

default given := false

given if settings.facts == true

document := given_facts.document if {
	given
} else := by_reference.document

by_address := {facts.address: facts | some facts in document.bindings}

# True for an attribute that is known only after apply and that the configuration sets. What is left out is unknown in
# the plan, too, and then it is for the cloud to choose. Facts that do not say which it is cannot rule it out.
configured(address, attribute) if configured_index[[address, attribute]]

configured_index := {[entry.address, entry.attribute] | some entry in document.configured}

configured(_, _) if not "configured" in object.keys(document)
