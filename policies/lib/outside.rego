# METADATA
# title: What belongs to a target and is in another region
# description: >-
#   The vSwitch of a target, the VPC of that, and the zones that they name. The cloud refuses them in the middle of an
#   apply. What is not in the plan is left to the cloud.
package anycast.lib.outside

import data.anycast.lib.data_sources
import data.anycast.lib.plan
import data.anycast.lib.regions
import data.anycast.lib.resolve
import data.anycast.lib.resources
import data.anycast.lib.zones

# [{"address", "attribute", "value", "from"}] of a target that is in a region. Of several that differ in nothing but the
# address, the first one.
of(change, region) := [{"address": row[0], "attribute": row[1], "value": row[2], "from": row[3]} |
	rows := found(change, region.value)
	kinds := {kind(row) | some row in rows}
	some row in sort({min({row | some row in rows; kind(row) == one}) | some one in kinds})
] if {
	is_string(region.value)
} else := []

kind(row) := array.slice(row, 1, 4)

found(change, region) := zone_rows(change, region) | {row |
	some network in networks(change, "vswitch_id", plan.terraform.vswitches)
	some row in vswitch_rows(change, network, region)
}

zone_rows(change, region) := {[change.address, zone.attribute, zone.shown, ""] |
	some zone in zones.of(change)
	not zones.in_region(zone.value, region)
}

vswitch_rows(change, network, region) := set() if {
	network.region.value == null
	not must_be_told(change)
} else := {region_row(network)} if {
	network.region.value != region
} else := zone_rows(network.change, region) | {region_row(vpc) |
	some vpc in networks(network.change, "vpc_id", plan.terraform.vpcs)
	is_string(vpc.region.value)
	vpc.region.value != region
} if {
	network.made
} else := set()

# Of a load balancer that exists the cloud has accepted the vSwitch.
must_be_told(change) if {
	change.type in plan.terraform.load_balancers
	"create" in change.change.actions
}

region_row(network) := [network.address, "region", object.get(network.region, "shown", network.region.value), network.region.from]

# vSwitches or VPCs of the plan that an attribute may mean: {"address", "region", "made", "change"}. Those that are only
# read have no change.
networks(change, attribute, types) := made_with(id, types) | read_with(id, types) if {
	id := plan.planned(change, attribute)
} else := {made(address) |
	some source in resolve.sources(change, attribute)
	source.type in types
	resources.takes(source, "id")
	some address in resources.meant(source)
}

made(address) := {
	"address": address,
	"region": regions.of(resources.by_address[address]),
	"made": true,
	"change": resources.by_address[address],
}

made_with(id, types) := {made(address) |
	some address in made_index[id]
	resources.by_address[address].type in types
}

made_index[id] contains change.address if {
	some change in resources.lasting
	change.type in array.concat(plan.terraform.vswitches, plan.terraform.vpcs)
	id := plan.planned(change, "id")
	zones.is_name(id)
}

read_with(id, types) := {{"address": source.address, "region": regions.of(source), "made": false} |
	types == plan.terraform.vswitches
	some source in read_index[id]
}

read_index[item.id] contains source if {
	some source in data_sources.of(plan.terraform.vswitch_data)
	some item in data_sources.listed(source, "vswitches")
	zones.is_name(item.id)
}
