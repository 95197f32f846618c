# METADATA
# title: Anycast EIP addresses, and which one a binding is of
package anycast.lib.addresses

import data.anycast.lib.plan

all := plan.addresses

# The one address a binding is of, by id or by address of the resource; undefined where the facts do not tell which.
of(binding) := origin if {
	count(binding.anycast) == 1
	origin := binding.anycast[0]
	is_string(origin)
}

# An id or a region as a finding may show it; what is sensitive in one binding is so in all.
shown(value) := "(sensitive value)" if {
	value in hidden
} else := value

hidden contains value if {
	some change in plan.changes
	change.type == plan.terraform.attachment
	some attribute in ["anycast_id", "bind_instance_id", "bind_instance_region_id"]
	plan.sensitive(change, attribute)
	value := plan.planned(change, attribute)
}

# The area of the address that a binding is of; undefined where this plan does not hold that address or its area.
area(binding) := area if {
	areas := areas_by[of(binding)]
	count(areas) == 1
	some area in areas
}

areas_by := {name: areas | some name, areas in area_index}

area_index[change.address] contains area if {
	some change in all
	area := area_of(change)
}

area_index[id] contains area if {
	some change in all
	area := area_of(change)
	id := plan.planned(change, "id")
	is_string(id)
}

area_of(change) := area if {
	area := plan.planned(change, "service_location")
	area in {"international", "ChineseMainland"}
}
