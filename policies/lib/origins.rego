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

# What anycast_id takes where none of its references can be the id of an Anycast EIP. A reference next to one that can be
# may be a condition or a key.
problems(change) := {problem |
	plan.unknown(change, "anycast_id")
	sources := resolve.sources(change, "anycast_id")
	every source in sources {
		is_something_else(source)
	}
	some source in sources
	problem := {
		"attribute": "anycast_id",
		"problem": concat("", ["takes ", resources.taken(source), ", which is not the id of an Anycast EIP"]),
		"by": source.by,
	}
}

# An attribute of a resource that is surely no id of an Anycast EIP. What terraform_data stores may be of any kind, and of
# a resource as a whole any attribute may be meant.
is_something_else(source) if {
	source.attribute == ".id"
	source.type != plan.terraform.address
}

is_something_else(source) if {
	not source.attribute in {"", "?", ".id"}
	source.type != "terraform_data"
	not of_attachment(source)
}

of_attachment(source) if {
	source.type == plan.terraform.attachment
	source.attribute == ".anycast_id"
}

earlier(origins) := {next | some origin in origins; some next in before(origin)}

before(origin) := origins_of(resources.by_address[origin.binding]) if {
	origin.binding
} else := {origin}
