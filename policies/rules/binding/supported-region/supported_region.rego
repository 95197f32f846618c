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
	not supported(binding)
}

results contains findings.undetermined(binding.address, "bind_instance_region_id", {
	"expected": concat("", ["bind_instance_region_id to be one of ", concat(", ", sort(settings.allowed_regions))]),
	"got": "a value known only after apply",
	"at": binding.address,
}) if {
	some binding in bindings.all
	plan.unknown(binding.change, "bind_instance_region_id")
}

supported(binding) if {
	region := plan.planned(binding.change, "bind_instance_region_id")
	region in settings.allowed_regions
	not unsupported_today(region)
}

# The cloud was asked and did not name the region.
unsupported_today(region) if {
	is_array(settings.live.regions)
	not region in settings.live.regions
}
