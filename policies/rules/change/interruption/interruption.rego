# METADATA
# title: A binding is changed when an interruption is affordable
# description: >-
#   Associating an Anycast EIP with a CLB that already serves can interrupt the service, and removing a binding takes the
#   accelerated entrance away. This warns, with the advice of the quick start; outside a change window set in anycast.yaml
#   it denies.
# custom:
#   id: change/interruption
#   level: warn
#   fix: >-
#     Do it off-peak, or move the load to another CLB first; with a change window, wait for it (anycast deploy
#     --wait-for-window).
#   source: >-
#     Anycast EIP quick start, step 2, notice: your service may be temporarily interrupted.
package anycast.rules.change.interruption

import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.settings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains object.union(
	findings.violation(change.address, "bind_instance_id", {
		"expected": concat("", ["no service to be interrupted", when]),
		"got": got,
		"at": change.address,
	}),
	severity,
) if {
	some [change, got] in interruptions
}

interruptions contains [binding.change, concat(" ", ["a new binding of", bindings.name(target), "which already serves"])] if {
	some binding in bindings.all
	"create" in binding.change.change.actions
	some target in binding.targets
	target.exists
}

interruptions contains [change, "the end of a binding"] if {
	some change in plan.changes
	change.type == plan.terraform.attachment
	"delete" in change.change.actions
}

severity := {"level": "deny"} if {
	is_object(settings.window)
	not settings.window.open == true
} else := {}

when := concat("", [" outside the change window (next: ", settings.window.next, ")"]) if {
	severity.level == "deny"
} else := ""
