# METADATA
# title: What a binding binds to can be proven from the plan
# description: >-
#   The other rules check the load balancer behind `bind_instance_id`. On the first run its id is not known yet, so it is
#   followed through references: outputs, variables, count and for_each. Everything the id may come from must be the id of
#   a load balancer of this plan. A literal id is proven by a load balancer with that id that survives this plan, by a data
#   source read in this plan, or by asking the cloud (`--live`). What cannot be followed is not proven, and what is not
#   proven is refused. The same holds for `anycast_id`, where its expression is visible: it must be the id of an Anycast EIP. An id that
#   is known when the plan is made must look like one.
# custom:
#   id: binding/provable-target
#   level: deny
#   locked: true
#   fix: >-
#     Refer to the CLB by its id (bind_instance_id = alicloud_slb_load_balancer.NAME.id), or choose among such ids by what
#     is known when the plan is made, and check the saved plan file; for a CLB made elsewhere, read it with the data
#     source alicloud_slb_load_balancers or run the check with --live.
#   source: >-
#     Terraform JSON output format: expressions list references, and locals are not part of it.
package anycast.rules.binding.provable_target

import data.anycast.lib.addresses
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.resources

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.undetermined(binding.address, object.get(target, "attribute", "bind_instance_id"), {
		"expected": expected_of(target),
		"got": concat(" ", [subject(target), target.problem]),
		"at": object.get(target, "at", binding.address),
	}),
	object.get(target, "fix", fix_of(target)),
) if {
	some binding in bindings.all
	some target in binding.problems
}

# Known when the plan is made, and the id of something else. Whether there is such an address only the cloud knows.
results contains findings.fixed_by(
	findings.violation(binding.address, "anycast_id", {
		"expected": "anycast_id to be the id of an Anycast EIP (`aeip-…`)",
		"got": plan.shown(binding.change, "anycast_id"),
		"at": binding.address,
	}),
	fix_of_address,
) if {
	some binding in bindings.all
	id := plan.planned(binding.change, "anycast_id")
	is_string(id)
	not addresses.is_id(id)
}

# An id that is written down, of an Anycast EIP that will not be there.
results contains findings.fixed_by(
	findings.violation(binding.address, "anycast_id", {
		"expected": "anycast_id to be the id of an Anycast EIP that stays",
		"got": concat(" ", ["that of", resources.leaving_addresses[origin], "which this plan destroys or replaces"]),
		"at": binding.address,
	}),
	"Keep the Anycast EIP, or take the id of the one that takes its place (anycast_id = alicloud_eipanycast_anycast_eip_address.NAME.id).",
) if {
	some binding in bindings.all
	some origin in binding.anycast
	resources.leaving_addresses[origin]
}

# The expression that a problem is about, or the attribute where the plan does not show one.
subject(problem) := problem.by if {
	problem.by != ""
} else := object.get(problem, "attribute", "bind_instance_id")

expected_of(problem) := "anycast_id to come from an Anycast EIP" if {
	problem.attribute == "anycast_id"
} else := "bind_instance_id to come from a resource that this plan proves"

fix_of_address := "Take the id of the Anycast EIP itself (anycast_id = alicloud_eipanycast_anycast_eip_address.NAME.id), or choose among such ids."

# The fix for the cause, or for the first of several; where there is none, the rule's.
fix_of(found) := fix_of_address if {
	found.attribute == "anycast_id"
} else := fix if {
	fix := [fix | some cause, fix in fixes; contains(found.problem, cause)][0]
} else := meta.custom.fix

fixes := {
	"is a literal id": "Read the load balancer with the data source alicloud_slb_load_balancers in this configuration, or run the check with --live.",
	"is not an id": "Set bind_instance_id to the id of a load balancer: alicloud_slb_load_balancer.NAME.id.",
	"is destroyed or replaced": "Keep the load balancer, or refer to the one that takes its place (bind_instance_id = alicloud_slb_load_balancer.NAME.id).",
	"will not exist": "Refer to a load balancer that this plan keeps or creates, or read it with the data source alicloud_slb_load_balancers.",
	"is not the id of a load balancer": "Take its id: bind_instance_id = alicloud_slb_load_balancer.NAME.id.",
	"is written down instead": "Remove the id that is written in the expression, or write it alone and run the check with --live.",
	"is a local value": "Check the saved plan file instead of its JSON: it holds local values. Or refer to the load balancer without one.",
	"is computed": "Refer to the load balancer itself, or choose among load balancers by their ids only (bind_instance_id = alicloud_slb_load_balancer.NAME.id).",
	"during apply only": "Give the data source arguments that are known when the plan is made, or refer to the load balancer itself.",
	"network interface": "Take the id of a network interface of this plan: alicloud_ecs_network_interface.NAME.id.",
}

results contains findings.undetermined(binding.address, "bind_instance_id", {
	"expected": "bind_instance_id to come from a resource that this plan proves",
	"got": "nothing that could be followed",
	"at": binding.address,
}) if {
	some binding in bindings.all
	count(binding.targets) == 0
	count(binding.problems) == 0
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "bind_instance_id", {
		"expected": concat(" ", [bindings.name(target), "to be managed by a provider the gate knows"]),
		"got": plan.text(object.get(resources.by_address[target.address], "provider_name", null)),
		"at": target.address,
	}),
	plan.fix_of_provider(object.get(resources.by_address, target.address, {})),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.trusted == false
}
