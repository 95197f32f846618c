# METADATA
# title: An Anycast EIP binds in the regions of its area
# description: >-
#   An Anycast EIP of mainland China (`ChineseMainland`) binds to instances in mainland China, and one of the area outside
#   of it (`international`) to instances outside of it. The cloud refuses any other region in the middle of an apply.
# custom:
#   id: binding/region-in-area
#   level: deny
#   fix: >-
#     Bind a load balancer in a region of the area, or create the Anycast EIP with the other service_location.
#   source: >-
#     Anycast EIP API, DescribeAnycastServerRegions: regions by ServiceLocation.
package anycast.rules.binding.region_in_area

import data.anycast.lib.addresses
import data.anycast.lib.areas
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(binding.address, "bind_instance_region_id", {
	"expected": concat(" ", ["bind_instance_region_id to be a region", areas.where[area]]),
	"got": plan.shown(binding.change, "bind_instance_region_id"),
	"at": binding.address,
}) if {
	some binding in bindings.all
	area := addresses.area(binding)
	region := plan.planned(binding.change, "bind_instance_region_id")
	is_string(region)
	areas.of_region(region) != area
}
