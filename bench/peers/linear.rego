# METADATA
# title: The peers' policy
# description: >-
#   What a careful author would write for `opa eval` and conftest: every binding's target is internal and in a VPC, found by
#   the reference of its block and its key. Looked up by address, so its cost is linear. It follows no variables, outputs or
#   providers and proves nothing else; the gate it is compared with does.
package main

attachment := "alicloud_eipanycast_anycast_eip_address_attachment"

balancers := {change.address: change |
	some change in input.resource_changes
	change.type == "alicloud_slb_load_balancer"
}

# Objects made at once: a rule with a key that is worked out would be searched through for every look-up.
blocks := {concat("|", [block.type, block.name]): block |
	some block in input.configuration.root_module.resources
	block.type == attachment
}

module_blocks := {concat("|", [name, block.type, block.name]): block |
	some name, call in input.configuration.root_module.module_calls
	some block in call.module.resources
	block.type == attachment
}

deny contains concat(" ", ["Not proven:", change.address]) if {
	some change in input.resource_changes
	change.type == attachment
	change.change.after != null
	not proven(change)
}

proven(change) if {
	balancer := balancers[target(change)]
	balancer.change.after.address_type == "intranet"
	in_vpc(balancer)
}

in_vpc(balancer) if balancer.change.after_unknown.vswitch_id == true

in_vpc(balancer) if startswith(balancer.change.after.vswitch_id, "vsw-")

target(change) := concat("", [prefix(change), trim_suffix(reference, ".id"), key(change)]) if {
	reference := block(change).expressions.bind_instance_id.references[0]
}

block(change) := module_blocks[concat("|", [module_name(change), change.type, change.name])] if {
	change.module_address
} else := blocks[concat("|", [change.type, change.name])]

module_name(change) := split(split(change.module_address, ".")[1], "[")[0]

prefix(change) := concat("", [change.module_address, "."]) if {
	change.module_address
} else := ""

key(change) := concat("", ["[", json.marshal(change.index), "]"]) if {
	not is_null(object.get(change, "index", null))
} else := ""
