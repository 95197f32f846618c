# METADATA
# title: Anycast EIP addresses that will exist
package anycast.lib.addresses

import data.anycast.lib.plan

all := [change |
	some change in plan.changes
	change.type == plan.terraform.address
	not plan.removed(change)
]
