# METADATA
# title: What bindings of other configurations hold
# description: >-
#   The bindings that data sources list of Anycast EIPs and that this plan's own state does not hold. Each holds its
#   region of the Anycast EIP and its instance; the cloud refuses another binding there.
package anycast.lib.held

import data.anycast.lib.addresses
import data.anycast.lib.data_sources
import data.anycast.lib.plan
import data.anycast.lib.resources

# {"place", "instance", "default"}, as far as another configuration holds them: the region of the Anycast EIP, the
# instance, and the Default binding. Of several bindings the first one is named.
of(change, anycast, targets) := {name: row |
	some name, rows in {
		"place": at_place(change, anycast),
		"instance": of_instance(change, targets),
		"default": defaults(anycast),
	}
	row := min(rows)
} if {
	"create" in change.change.actions
} else := {}

at_place(change, anycast) := {row |
	some origin in anycast
	some row in by_place[[addresses.name(origin), plan.planned(change, "bind_instance_region_id")]]
}

of_instance(change, targets) := {row |
	some instance in instances(change, targets)
	some row in by_instance[instance]
}

instances(change, _) := {resources.instance_name(id)} if {
	id := plan.planned(change, "bind_instance_id")
}

instances(change, targets) := {resources.instance_name(target.address) | some target in targets} if {
	plan.unknown(change, "bind_instance_id")
}

# The first binding of an Anycast EIP is its Default one, so that it is elsewhere where this plan's state holds none.
defaults(anycast) := {row |
	count(anycast) == 1
	not own_addresses[addresses.name(anycast[0])]
	some row in by_address[addresses.name(anycast[0])]
}

# The data source that lists no binding of the one Anycast EIP, if all that read it say so.
unbound(anycast) := min(empty[anycast[0]]) if {
	count(anycast) == 1
	not bound[anycast[0]]
}

empty[address.id] contains source.address if {
	some [source, address] in listed
	address.anycast_eip_bind_info_list == []
}

bound contains address.id if {
	some [_, address] in listed
	not address.anycast_eip_bind_info_list == []
}

listed := [[source, address] |
	some source in data_sources.of(plan.terraform.address_data)
	some address in data_sources.listed(source, "addresses")
]

rows contains row if {
	some id, sources in sources_by_id
	not own[id]
	parts := split(id, ":")
	row := {"anycast": parts[0], "instance": parts[1], "region": parts[2], "by": min(sources)}
}

sources_by_id[id] contains source.address if {
	some [source, address] in listed
	some binding in address.anycast_eip_bind_info_list
	parts := [address.id, binding.bind_instance_id, binding.bind_instance_region_id, binding.bind_instance_type]
	every part in parts {
		is_string(part)
	}
	id := concat(":", parts)
}

# Ids of the bindings in this plan's state.
own contains change.change.before.id if {
	some change in plan.changes
	change.type == plan.terraform.attachment
}

own_addresses contains addresses.name(split(id, ":")[0]) if some id in own

by_place[[addresses.name(row.anycast), row.region]] contains row if some row in rows

by_address[addresses.name(row.anycast)] contains row if some row in rows

by_instance[resources.instance_name(row.instance)] contains row if some row in rows
