# METADATA
# title: An Anycast EIP binds one resource per region
# description: >-
#   One Anycast EIP can be associated with one resource in each region; the cloud refuses the second. That holds for a
#   binding of another configuration, too, where the data source alicloud_eipanycast_anycast_eip_addresses has read it
#   while the plan was made.
# custom:
#   id: binding/one-per-region
#   level: deny
#   fix: >-
#     Bind the second load balancer to an Anycast EIP of its own, or bind it in another region.
#   source: >-
#     Anycast EIP product documentation, limits: resources per region and address.
package anycast.rules.binding.one_per_region

import data.anycast.lib.addresses
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(address, "bind_instance_region_id", {
	"expected": concat(" ", ["one binding of", addresses.shown(anycast), "in", addresses.shown(region)]),
	"got": got,
	"at": address,
}) if {
	some place, addresses_there in by_place
	[anycast, region] := place
	count(addresses_there) > 1

	# Once for all of them, which may be many.
	got := findings.several(addresses_there)
	some address in addresses_there
}

results contains findings.fixed_by(
	findings.finding(outcome(binding), binding.address, "bind_instance_region_id", {
		"expected": concat(" ", [addresses.shown(row.anycast), "to bind nothing in", addresses.shown(row.region), "yet"]),
		"got": concat(" ", [addresses.shown(row.instance), "of a binding that is not in this plan's state"]),
		"at": row.by,
	}),
	"Remove the binding that is there where it is managed, and plan again. Or bind in another region, or to another Anycast EIP.",
) if {
	some binding in bindings.all
	row := binding.held.place
}

outcome(binding) := "violation" if {
	addresses.of(binding)
} else := "undetermined"

by_place := {place: there | some place, there in index}

index[[anycast, region]] contains binding.address if {
	some binding in bindings.all
	region := plan.planned(binding.change, "bind_instance_region_id")
	is_string(region)
	anycast := addresses.of(binding)
}
