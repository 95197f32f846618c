# METADATA
# title: Bindings that this plan destroys, replaces or forgets, and what they hold until they are gone
package anycast.lib.leaving_bindings

import data.anycast.lib.addresses
import data.anycast.lib.plan
import data.anycast.lib.resources

# The id of a binding is ANYCAST:INSTANCE:REGION:TYPE.
all := [{
	"address": change.address,
	"anycast": addresses.name(parts[0]),
	"instance": resources.instance_name(parts[1]),
	"region": parts[2],
	"goes": goes,
} |
	some change in plan.changes
	change.type == plan.terraform.attachment
	goes := way(change)
	id := change.change.before.id
	parts := split(id, ":")
]

# A forgotten binding stays in the cloud. One that is replaced may be destroyed before or after the new one is made.
way(change) := "forgotten" if {
	"forget" in change.change.actions
} else := "destroyed before it is made again" if {
	change.change.actions == ["delete", "create"]
} else := "destroyed after it is made again" if {
	change.change.actions == ["create", "delete"]
} else := "destroyed" if {
	"delete" in change.change.actions
}

by_place[[binding.anycast, binding.region]] contains binding if some binding in all

by_region[binding.region] contains binding if some binding in all

by_instance[binding.instance] contains binding if some binding in all
