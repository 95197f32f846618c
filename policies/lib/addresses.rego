# METADATA
# title: Anycast EIP addresses that will exist, and which one a binding is of
package anycast.lib.addresses

import data.anycast.lib.plan
import data.anycast.lib.resolve
import data.anycast.lib.resources

all := [change |
	some change in plan.changes
	change.type == plan.terraform.address
	not plan.removed(change)
]

# The one address a binding is of, by id or by address of the resource; undefined when the plan does not tell which.
of(binding) := id if {
	id := plan.planned(binding, "anycast_id")
	is_string(id)
} else := address if {
	plan.unknown(binding, "anycast_id")
	sources := resolve.sources(binding, "anycast_id")
	every source in sources {
		source.what == "resource"
		source.type == plan.terraform.address
	}
	addresses := {address | some source in sources; some address in resources.meant(source)}
	count(addresses) == 1
	some address in addresses
}
