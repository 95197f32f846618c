# METADATA
# title: A binding names a supported region
# description: >-
#   Anycast EIPs can be associated with instances in some regions only. The list is the quick start's unless anycast.yaml
#   chooses another (`regions: current`, or a list of its own). Lists age: check what Alibaba Cloud supports today.
# custom:
#   id: binding/supported-region
#   level: deny
#   locked: true
#   fix: >-
#     Bind in one of the supported regions, or widen `regions` in anycast.yaml after checking that Alibaba Cloud supports
#     the region for Anycast EIP.
#   source: >-
#     `quick_start`: Anycast EIP quick start, step 2 (2024-07-19): China (Hong Kong), Singapore and Germany (Frankfurt) are
#     supported. `current`: Resource Orchestration Service, ALIYUN::VPC::AnycastEIPAssociation: BindInstanceType
#     (2026-10-05).
package anycast.rules.binding.supported_region

import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.settings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(binding.address, "bind_instance_region_id", {
	"expected": concat("", ["bind_instance_region_id to be one of ", concat(", ", sort(settings.allowed_regions))]),
	"got": plan.shown(binding.change, "bind_instance_region_id"),
	"at": binding.address,
}) if {
	some binding in bindings.all
	not plan.unknown(binding.change, "bind_instance_region_id")
	not listed(binding)
}

results contains findings.fixed_by(
	findings.violation(binding.address, "bind_instance_region_id", {
		"expected": "bind_instance_region_id to be a region that the cloud names for Anycast EIP today",
		"got": plan.shown(binding.change, "bind_instance_region_id"),
		"at": binding.address,
	}),
	"Bind a load balancer in a region that DescribeAnycastServerRegions names.",
) if {
	some binding in bindings.all
	listed(binding)
	unsupported_today(plan.planned(binding.change, "bind_instance_region_id"))
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "bind_instance_region_id", {
		"expected": concat("", ["bind_instance_region_id to be one of ", concat(", ", sort(settings.allowed_regions))]),
		"got": bindings.later(binding, "bind_instance_region_id"),
		"at": binding.address,
	}),
	findings.known_when_planned("bind_instance_region_id"),
) if {
	some binding in bindings.all
	plan.unknown(binding.change, "bind_instance_region_id")
}

listed(binding) if plan.planned(binding.change, "bind_instance_region_id") in settings.allowed_regions

# The cloud was asked and did not name the region.
unsupported_today(region) if {
	is_array(settings.live.regions)
	not region in settings.live.regions
}
