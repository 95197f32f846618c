# METADATA
# title: Zones that the plan names
package anycast.lib.zones

import data.anycast.lib.plan

# The zones that a resource is in, as far as the plan knows them: {"attribute", "value", "shown"}.
of(change) := {{"attribute": attribute, "value": value, "shown": plan.shown(change, attribute)} |
	some attribute in attributes_of[change.type]
	value := plan.planned(change, attribute)
	is_name(value)
}

attributes_of[type] := ["master_zone_id", "slave_zone_id"] if some type in plan.terraform.load_balancers

attributes_of[kind.type] := ["availability_zone"] if some kind in plan.terraform.network_interfaces

attributes_of[type] := ["availability_zone", "zone_id"] if some type in plan.terraform.vswitches

is_name(value) if {
	is_string(value)
	value != ""
}

# Whether a zone may be one of a region: its id begins with that of the region.
in_region(zone, region) if {
	startswith(zone, region)
	not substring(zone, count(region), 1) in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
}
