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
of(binding) := origin if {
	origins := earlier(earlier(earlier(earlier(origins_of(binding)))))
	count(origins) == 1
	some origin in origins
	is_string(origin)
}

# What a binding's anycast_id comes from: ids, addresses of resources, or `{"binding": address}` of another binding it is
# taken from (which makes Terraform create them one after the other); null for anything else.
origins_of(binding) := {id} if {
	id := plan.planned(binding, "anycast_id")
	is_string(id)
} else := {origin |
	plan.unknown(binding, "anycast_id")
	some source in resolve.sources(binding, "anycast_id")
	some origin in origins_from(source)
}

origins_from(source) := resources.meant(source) if {
	source.type == plan.terraform.address
} else := {{"binding": address} | some address in resources.meant(source)} if {
	source.type == plan.terraform.attachment
	resources.takes(source, "anycast_id")
} else := {null}

earlier(origins) := {next | some origin in origins; some next in before(origin)}

before(origin) := origins_of(resources.by_address[origin.binding]) if {
	origin.binding
} else := {origin}

# An id or a region as a finding may show it; what is sensitive in one binding is so in all.
shown(value) := "(sensitive value)" if {
	value in hidden
} else := value

hidden contains value if {
	some change in plan.changes
	change.type == plan.terraform.attachment
	some attribute in ["anycast_id", "bind_instance_region_id"]
	plan.sensitive(change, attribute)
	value := plan.planned(change, attribute)
}
