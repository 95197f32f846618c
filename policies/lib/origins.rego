# METADATA
# title: Which Anycast EIP a binding is of, by references
package anycast.lib.origins

import data.anycast.lib.plan
import data.anycast.lib.resolve
import data.anycast.lib.resources

# Ids and addresses of the Anycast EIPs that a binding may be of; null for one that cannot be determined.
of(change) := {told(origin) | some origin in earlier(earlier(earlier(earlier(origins_of(change)))))}

told(origin) := origin if {
	is_string(origin)
} else := null

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
