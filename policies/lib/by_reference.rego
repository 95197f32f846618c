# METADATA
# title: Facts made from references
# description: >-
#   What a plan's JSON tells of its bindings by itself: it lists which resources an expression refers to, not the
#   expression. The result has the shape of the document that the gate gives.
package anycast.lib.by_reference

import data.anycast.lib.data_sources
import data.anycast.lib.held
import data.anycast.lib.modules
import data.anycast.lib.origins
import data.anycast.lib.outside
import data.anycast.lib.plan
import data.anycast.lib.resources
import data.anycast.lib.targets
import data.anycast.lib.visible

document := {
	"version": 1,
	"bindings": [facts(change) | some change in plan.attachments],
	"unplanned": sort(unplanned),
	"configured": [{"address": change.address, "attribute": "bandwidth"} |
		some change in plan.addresses
		modules.block(change).expressions.bandwidth
	],
}

facts(change) := object.union(object.union(found, seen(anycast)), {
	"address": change.address,
	"anycast": anycast,
	"held": held.of(change, anycast, found.targets),
	"visible": is_visible(change, found.targets),
}) if {
	found := found_of(change)
	anycast := [origin | some origin in origins.of(change)]
}

found_of(change) := object.union(found, {"problems": array.concat(found.problems, sort(origins.problems(change)))}) if {
	found := targets.of(change)
}

# What data sources have read of the one Anycast EIP that a binding is of: its area, and whether nothing is bound.
seen(anycast) := object.union(area(anycast), unbound(anycast))

unbound(anycast) := {"unbound": source} if {
	source := held.unbound(anycast)
} else := {}

area(anycast) := {"area": min(areas)} if {
	count(anycast) == 1
	areas := data_sources.areas_by_id[anycast[0]]
	count(areas) == 1
} else := {}

default is_visible(_, _) := false

is_visible(change, found) if {
	every attribute in ["anycast_id", "bind_instance_id"] {
		visible.attribute(change, attribute)
	}
	every target in found {
		not obscured[target.address]
	}
}

# Resources of which an expression that decides is listed by its references only.
obscured := {change.address |
	some change in resources.lasting
	not clear(change)
}

clear(change) if {
	visible.attribute(change, "vswitch_id")
	visible.region(change)
	every network in outside.networks(change, "vswitch_id", plan.terraform.vswitches) {
		visible.region(network.change)
	}
}

default unplanned := set()

# Configured bindings that the plan does not mention. Blocks and modules with count or for_each may have no instances.
unplanned := {address |
	some module in modules.single
	some block in object.get(module.config, "resources", [])
	block.type == plan.terraform.attachment
	not block.count_expression
	not block.for_each_expression
	not planned[modules.block_key(modules.names(module.path), block.mode, block.type, block.name)]
	address := concat("", [modules.prefix(module.path), block.type, ".", block.name])
} if {
	must_show_all
}

planned := {modules.key_of(change) | some change in plan.changes; change.type == plan.terraform.attachment}

must_show_all if plan.without_complete

# A plan that makes or changes anything lists every configured binding, if only as unchanged. One that destroys lists what
# the state holds. One that only refreshes lists nothing, so nothing of it is checked.
must_show_all if {
	some change in plan.changes
	change.mode == "managed"
	some action in change.change.actions
	not action in {"delete", "forget", "no-op", "read"}
}

must_show_all if {
	plan.nothing_listed
	not plan.doc.applyable == false
}
