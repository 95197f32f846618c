# METADATA
# title: What a binding binds to can be proven from the plan
# description: >-
#   The other rules judge the load balancer behind `bind_instance_id`. On the first run its id is not known yet, so it is
#   followed through references: outputs, variables, count and for_each. Everything the id may come from must be the id of
#   a load balancer of this plan. A literal id is proven by a load balancer with that id that survives this plan, by a data
#   source read in this plan, or by asking the cloud (`--live`). What cannot be followed is not proven, and what is not
#   proven is refused.
# custom:
#   id: binding/provable-target
#   level: deny
#   locked: true
#   fix: >-
#     Refer to the CLB directly (bind_instance_id = alicloud_slb_load_balancer.NAME.id), through outputs and variables
#     without locals or functions in between; for a CLB made elsewhere, read it with the data source
#     alicloud_slb_load_balancers or run the check with --live.
#   source: >-
#     Terraform JSON output format: expressions list references, and locals are not part of it.
package anycast.rules.binding.provable_target

import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.resources

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.undetermined(binding.address, "bind_instance_id", {
	"expected": "bind_instance_id to come from a resource that this plan proves",
	"got": concat(" ", [target.by, target.problem]),
	"at": binding.address,
}) if {
	some binding in bindings.all
	some target in binding.problems
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

results contains findings.undetermined(binding.address, "bind_instance_id", {
	"expected": concat(" ", [bindings.name(target), "to be managed by a provider the gate knows"]),
	"got": plan.text(object.get(resources.by_address[target.address], "provider_name", null)),
	"at": target.address,
}) if {
	some binding in bindings.all
	some target in binding.targets
	target.trusted == false
}
