# METADATA
# title: A load balancer is active when it is bound
# description: >-
#   The cloud refuses to associate a CLB that is not active, in the middle of an apply. A new CLB without a status is made
#   active; what counts of one that this plan changes is the status after the change. A binding that is there already is
#   not made again.
# custom:
#   id: binding/active-target
#   level: deny
#   fix: >-
#     Set status = "active" on the load balancer, or bind another one.
#   source: >-
#     Anycast EIP API, AssociateAnycastEipAddress: the status of the instance must support the operation
#     (IncorrectStatus).
package anycast.rules.binding.active_target

import data.anycast.lib.bindings
import data.anycast.lib.findings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.violation(binding.address, "bind_instance_id", {
		"expected": concat(" ", ["the status of", bindings.meant(target), "to be `active` when it is bound"]),
		"got": target.status,
		"at": target.address,
	}),
	bindings.if_bound(target, fix(target)),
) if {
	some binding in bindings.all
	"create" in binding.change.change.actions
	some target in binding.targets
}

fix(target) := meta.custom.fix if {
	target.via in {"reference", "id"}
} else := "Activate the load balancer where it is managed, and plan again. Or bind another one."
