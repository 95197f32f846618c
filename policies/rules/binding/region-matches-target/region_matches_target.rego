# METADATA
# title: A binding names the region its target is in
# description: >-
#   `bind_instance_region_id` must be the region of the bound instance. Plans do not hold that region as an attribute; it is
#   the region of the provider configuration that makes the instance. A region that comes from the environment is not in
#   the plan and proves nothing unless `--region-from-env` names it. What the option names is the user's claim: it counts
#   unless a zone or a data source of that provider shows that it cannot be so.
# custom:
#   id: binding/region-matches-target
#   level: deny
#   fix: >-
#     Take bind_instance_region_id from the same value as the region of the provider that creates the CLB; when the region
#     is set by environment variables, run the check with --region-from-env REGION.
#   source: >-
#     Anycast EIP quick start, step 2: select the region where the CLB instance is deployed.
package anycast.rules.binding.region_matches_target

import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.regions

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.violation(binding.address, "bind_instance_region_id", {
		"expected": concat("", ["bind_instance_region_id to be `", region, "`, the region of ", bindings.meant(target), " (", target.region.from, ")"]),
		"got": plan.shown(binding.change, "bind_instance_region_id"),
		"at": binding.address,
	}),
	bindings.if_bound(target, concat("", [
		"Set bind_instance_region_id = \"", region,
		"\", best from the value that the provider takes its region from, or bind a load balancer in the region that it names.",
	])),
) if {
	some binding in bindings.all
	some target in binding.targets
	is_string(target.region.value)
	region := object.get(target.region, "shown", target.region.value)
	plan.planned(binding.change, "bind_instance_region_id") != target.region.value
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "bind_instance_region_id", {
		"expected": concat(" ", ["the region of", bindings.name(target), expected(target.region.from)]),
		"got": target.region.from,
		"at": target.address,
	}),
	regions.fix_of_unknown(target.region.from),
) if {
	some binding in bindings.all
	some target in binding.targets
	not is_string(target.region.value)
}

expected(from) := "to be the one that the environment is said to set" if {
	contains(from, " takes its region from the environment: said to be ")
} else := "to be in the plan"

results contains findings.fixed_by(
	findings.undetermined(binding.address, "bind_instance_region_id", {
		"expected": concat(" ", ["bind_instance_region_id to be the region of", bindings.name(target)]),
		"got": bindings.later(binding, "bind_instance_region_id"),
		"at": binding.address,
	}),
	"Set bind_instance_region_id to a value that is known when the plan is made: the one that the provider takes its region from.",
) if {
	some binding in bindings.all
	some target in binding.targets
	is_string(target.region.value)
	plan.unknown(binding.change, "bind_instance_region_id")
}
