# METADATA
# title: Anycast EIP addresses, and which one a binding is of
package anycast.lib.addresses

import data.anycast.lib.areas
import data.anycast.lib.plan

all := plan.addresses

# The one address a binding is of, by its name; undefined where the facts do not tell which.
of(binding) := name(origin) if {
	count(binding.anycast) == 1
	origin := binding.anycast[0]
	is_string(origin)
}

# An id and the resource that has it are the same Anycast EIP, so both have one name: the address of the resource, or the
# id where this plan has no resource with it.
name(origin) := object.get(names, origin, origin)

names := {origin: min(found) | some origin, found in name_index}

name_index[origin] contains min(found) if {
	some id, found in id_index
	some origin in (found | {id})
}

id_index[id] contains change.address if {
	some change in all
	id := plan.planned(change, "id")
	is_string(id)
}

# What a known id looks like, whether this plan holds its address or not.
is_id(id) if startswith(id, "aeip-")

# An id or a region as a finding may show it; what is sensitive in one binding is so in all.
shown(value) := "(sensitive value)" if {
	hidden[value]
} else := value

hidden contains value if {
	some change in plan.changes
	change.type == plan.terraform.attachment
	some attribute in ["anycast_id", "bind_instance_id", "bind_instance_region_id"]
	plan.sensitive(change, attribute)
	value := plan.planned(change, attribute)
}

# The area of the address that a binding is of; undefined where neither this plan nor a data source tells it.
area(binding) := area if {
	areas := areas_by[of(binding)]
	count(areas) == 1
	some area in areas
} else := binding.area if {
	is_string(binding.area)
}

areas_by := {name: areas | some name, areas in area_index}

area_index[name(change.address)] contains area if {
	some change in all
	area := area_of(change)
}

area_of(change) := area if {
	area := plan.planned(change, "service_location")
	area in areas.all
}
