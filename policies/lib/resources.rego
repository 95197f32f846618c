# METADATA
# title: Planned instances of the types the rules read, by address and by block
package anycast.lib.resources

import data.anycast.lib.modules
import data.anycast.lib.plan

# What will exist after apply. A deposed object is on its way out and answers to no reference.
lasting := [change |
	some change in plan.changes
	change.type in modules.read_types
	change.mode == "managed"
	not plan.removed(change)
	not plan.deposed(change)
]

by_address := {change.address: change | some change in lasting}

instances_index[plan.base(change)] contains change.address if some change in lasting

instances := {block: addresses | some block, addresses in instances_index}

# The addresses a settled reference may mean; empty when it means none of this plan.
meant(source) := {exact} if {
	exact := concat("", [source.base, source.key])
	by_address[exact]
} else := instances[source.base] if {
	any_instance(source)
} else := set()

any_instance(source) if source.key == "*"

any_instance(source) if source.loose

# True when the reference is to this attribute. A reference with a key known only by each.key or count.index is listed
# without its attribute; then the block must be one with keys.
takes(source, attribute) if source.attribute == concat("", [".", attribute])

takes(source, _) if {
	source.attribute == "?"
	every address in meant(source) {
		address != source.base
	}
}

# What a reference takes, as findings say it.
taken(source) := concat("", [source.type, source.attribute]) if {
	not source.attribute in {"", "?"}
} else := concat(" ", [source.type, "as a whole"])

load_balancers := [change | some change in lasting; change.type in plan.terraform.load_balancers]

load_balancers_by_id_index[change.change.after.id] contains change.address if {
	some change in load_balancers
	is_string(plan.planned(change, "id"))
}

load_balancers_by_id := {id: addresses | some id, addresses in load_balancers_by_id_index}

# A load balancer or a network interface by one name, whether a binding has its id or a reference to it: the address of the
# resource, or the id where this plan has no resource with it.
instance_name(origin) := object.get(instance_names, origin, origin)

instance_names := {origin: min(found) | some origin, found in instance_name_index}

instance_name_index[origin] contains min(found) if {
	some id, found in instance_id_index
	some origin in (found | {id})
}

instance_id_index[id] contains change.address if {
	some change in lasting
	id := plan.planned(change, bound_attributes[change.type])
	is_string(id)
}

# The attribute of a type that holds the id a binding takes.
bound_attributes := object.union(
	{type: "id" | some type in plan.terraform.load_balancers},
	{kind.type: kind.attribute | some kind in plan.terraform.network_interfaces},
)

# Ids of load balancers that this plan destroys or replaces. One that is only forgotten lives on; what proves it is
# another resource or data source.
leaving := leaving_of(plan.terraform.load_balancers)

leaving_vswitches := leaving_of(plan.terraform.vswitches)

leaving_addresses := leaving_of([plan.terraform.address])

leaving_of(types) := {id: change.address |
	some change in plan.changes
	change.type in types
	id := object.get(change.change, ["before", "id"], null)
	is_string(id)
	not stays(change, id)
	not change.change.actions == ["forget"]
}

stays(change, id) if plan.planned(change, "id") == id
