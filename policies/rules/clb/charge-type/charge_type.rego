# METADATA
# title: New CLBs are billed by LCU
# description: >-
#   New pay-as-you-go CLB instances can no longer be bought by specification; the cloud accepts PayByCLCU only. An existing
#   CLB keeps its billing.
# custom:
#   id: clb/charge-type
#   level: warn
#   fix: >-
#     Set instance_charge_type = "PayByCLCU" and leave load_balancer_spec out.
#   source: >-
#     CLB product documentation: billing by LCU for new pay-as-you-go instances.
package anycast.rules.clb.charge_type

import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.resources

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(change.address, "instance_charge_type", {
	"expected": "instance_charge_type of a new pay-as-you-go CLB to be `PayByCLCU`",
	"got": got,
	"at": change.address,
}) if {
	some change in resources.load_balancers
	"create" in change.change.actions
	not has(change, "payment_type", "Subscription")
	got := by_specification(change)
}

by_specification(change) := plan.shown(change, "instance_charge_type") if {
	charge_type := plan.planned(change, "instance_charge_type")
	charge_type != null
	charge_type != "PayByCLCU"
} else := concat(" ", ["nothing, with load_balancer_spec", plan.shown(change, "load_balancer_spec")]) if {
	not has(change, "instance_charge_type", "PayByCLCU")
	specification := plan.planned(change, "load_balancer_spec")
	is_string(specification)
	specification != "slb.lcu.elastic"
}

# What is left out is known only after apply, and is not this value.
has(change, attribute, value) if plan.planned(change, attribute) == value
