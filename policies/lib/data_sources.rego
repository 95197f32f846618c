# METADATA
# title: Data sources read in this plan
# description: >-
#   What data sources saw while this plan was made. A data source that is read again during apply proves nothing, nor
#   does one that only an old state remembers (its configuration block must be in this plan).
package anycast.lib.data_sources

import data.anycast.lib.areas
import data.anycast.lib.modules
import data.anycast.lib.plan

# Child modules of the prior state, level by level (Rego has no recursion); deeper data sources prove nothing.
level_0 := [module | module := object.get(plan.doc, ["prior_state", "values", "root_module"], {})]

level_1 := below(level_0)

level_2 := below(level_1)

level_3 := below(level_2)

level_4 := below(level_3)

level_5 := below(level_4)

level_6 := below(level_5)

level_7 := below(level_6)

level_8 := below(level_7)

below(level) := [child | some module in level; some child in object.get(module, "child_modules", [])]

all_modules := [module |
	some level in [level_0, level_1, level_2, level_3, level_4, level_5, level_6, level_7, level_8]
	some module in level
]

read := [object.union(resource, {"module_address": object.get(module, "address", "")}) |
	some module in all_modules
	some resource in object.get(module, "resources", [])
	resource.mode == "data"
	resource.type in plan.data_types
]

planned := {change.address | some change in plan.changes}

# Those that prove something, by their types.
of(types) := [source |
	some source in read
	source.type in types
	plan.trusted(source)
	not planned[source.address]
	modules.block(source)
]

# METADATA
# description: What data sources say of load balancers, `{"id", "source", "balancer", "address_type"}` each.
seen := [{"id": balancer.id, "source": source, "balancer": balancer, "address_type": address_type(source, balancer)} |
	some source in of(plan.terraform.load_balancer_data)
	some list in ["balancers", "slbs"]
	some balancer in listed(source, list)
]

listed(source, list) := source.values[list] if {
	is_array(source.values[list])
} else := []

by_id_index[entry.id] contains entry if some entry in seen

by_id := {id: entries | some id, entries in by_id_index}

# METADATA
# description: What data sources say of the areas of Anycast EIPs, by their ids.
areas_by_id := {id: found | some id, found in area_index}

area_index[address.id] contains address.service_location if {
	some source in of(plan.terraform.address_data)
	some address in listed(source, "addresses")
	address.service_location in areas.all
}

# `slbs` is the older list of the same load balancers. It says `internet` where `balancers` says the address type; that it
# is not `internet` alone is no proof, because what was never filled in reads the same.
address_type(source, balancer) := balancer.address_type if {
	"address_type" in object.keys(balancer)
} else := "internet" if {
	balancer.internet == true
} else := found if {
	found := one({object.get(twin, "address_type", null) |
		some twin in listed(source, "balancers")
		twin.id == balancer.id
	})
} else := null

one(values) := value if {
	count(values) == 1
	some value in values
}
