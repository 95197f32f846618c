# METADATA
# title: What a binding may bind to, by references
# description: >-
#   The targets that the references of a binding's `bind_instance_id` may reach, and what could not be followed. A target
#   says what the plan proves of it: {"address", "via", "by", "type", "address_type", "vswitch", "region", "exists"}.
package anycast.lib.targets

import data.anycast.lib.data_sources
import data.anycast.lib.outside
import data.anycast.lib.plan
import data.anycast.lib.private_addresses
import data.anycast.lib.regions
import data.anycast.lib.resolve
import data.anycast.lib.resources
import data.anycast.lib.settings
import data.anycast.lib.vswitches

# {"targets", "problems"} of an attachment.
of(change) := {
	"targets": [target | some target in found; target.address],
	"problems": [target | some target in found; target.problem],
} if {
	found := {discreet(change, target) | some target in targets(change)}
}

targets(change) := {problem("is said to be known and not to be", "bind_instance_id")} if {
	plan.contradictory(change, "bind_instance_id")
} else := network_interfaces(change) if {
	change.change.after.bind_instance_type == "NetworkInterface"
} else := by_id(id) if {
	id := plan.planned(change, "bind_instance_id")
} else := by_reference(resolve.sources(change, "bind_instance_id"))

# A sensitive id is checked like any other and shown nowhere.
discreet(change, target) := object.union(target, {"by": plan.shown(change, "bind_instance_id")}) if {
	plan.planned(change, "bind_instance_id")
	plan.sensitive(change, "bind_instance_id")
} else := target

problem(why, by) := {"problem": why, "by": by}

# A known id: every load balancer of this plan with that id that survives it, and what data sources or the cloud said of it.
by_id(id) := {problem("is not an id", json.marshal(id))} if {
	not regex.match(`^lb-[a-zA-Z0-9-]+$`, id)
} else := {problem("is destroyed or replaced by this plan", leaving)} if {
	leaving := resources.leaving[id]
} else := found if {
	found := (planned_with_id(id) | seen_with_id(id)) | live_with_id(id)
	count(found) > 0
} else := {problem("is a literal id that nothing in this plan proves", id)}

planned_with_id(id) := {object.union(load_balancer(address, "id", id), {"exists": true}) | some address in object.get(resources.load_balancers_by_id, id, set())}

seen_with_id(id) := {object.union(inactive(object.get(entry.balancer, "status", null)), {
	"address": entry.source.address,
	"via": "data",
	"by": id,
	"type": entry.source.type,
	"address_type": {"state": "known", "value": entry.address_type},
	"shown_address_type": plan.text(entry.address_type),
	"vswitch": seen_vswitch(entry.balancer),
	"region": regions.of(entry.source),
	"outside": [],
	"exists": true,
}) |
	some entry in object.get(data_sources.by_id, id, set())
}

live_with_id(id) := {object.union(inactive(object.get(seen, "status", null)), {
	"address": "live",
	"via": "live",
	"by": concat(" ", [id, "seen", seen.seen_at]),
	"type": "live",
	"address_type": {"state": "known", "value": object.get(seen, "address_type", null)},
	"shown_address_type": plan.text(object.get(seen, "address_type", null)),
	"vswitch": seen_vswitch(seen),
	"region": {"value": seen.region, "from": "the cloud's answer"},
	"outside": [],
	"exists": true,
}) |
	some seen in object.get(settings.live, "load_balancers", [])
	seen.id == id
}

seen_vswitch(balancer) := {"state": "given", "value": id} if {
	id := balancer.vswitch_id
	vswitches.is_id(id)
	object.get(balancer, "network_type", "vpc") == "vpc"
} else := {"state": "none", "value": json.marshal(object.get(balancer, "vswitch_id", null))}

# An id known only after apply: everything it may come from must be a load balancer's id. Only a resource has a type and
# an attribute, only what is opaque says why, and only what is known has a value.
by_reference(sources) := {target | some source in sources; some target in from_source(source, sources)}

from_source(source, _) := {load_balancer(address, "reference", source.by) | some address in addresses} if {
	load_balancer_id(source)
	addresses := resources.meant(source)
	are_balancers(addresses)
}

from_source(source, _) := {problem("refers to a load balancer that will not exist, or not in this plan", source.by)} if {
	load_balancer_id(source)
	not are_balancers(resources.meant(source))
}

from_source(source, sources) := {problem(concat("", ["takes ", what, ", which is not the id of a load balancer"]), source.by)} if {
	what := resources.taken(source)
	not load_balancer_id(source)
	not adjacent(source, sources)
}

from_source(source, _) := {problem(why, source.by)} if {
	why := source.why
}

from_source(source, sources) := {problem("may be a value that is written down instead of a load balancer of this plan", source.by)} if {
	some text in texts(source.value)
	contains(text, "lb-")
	not is_key(text, sources)
}

texts(value) := [text | walk(value, [path, leaf]); some text in array.concat([leaf], path); is_string(text)]

# The key of a load balancer that is a target already: it chooses among instances, and is no id.
is_key(text, sources) if {
	some source in sources
	load_balancer_id(source)
	some key in [text, concat("", ["[\"", text, "\"]"])]
	concat("", [source.base, key]) in resources.meant(source)
}

load_balancer_id(source) if {
	source.type in plan.terraform.load_balancers
	resources.takes(source, "id")
}

# Of a module reached without the output's name, outputs that are surely no load balancer's id may be left aside, as
# long as another one is.
adjacent(source, sources) if {
	source.maybe
	harmless_output(source)
	some other in sources
	load_balancer_id(other)
}

harmless_output(source) if {
	source.type in plan.terraform.load_balancers
	source.attribute in {".address", ".load_balancer_spec", ".master_zone_id", ".slave_zone_id", ".status", ".vswitch_id"}
}

harmless_output(source) if {
	source.attribute == ".id"
	source.type in {"alicloud_vpc", "alicloud_vswitch", "alicloud_security_group", "alicloud_instance", "alicloud_eip_address"}
}

load_balancer(address, via, by) := object.union(described[address], {"via": via, "by": by})

# Nothing that is called by a load balancer's address and is none may go out of sight.
are_balancers(addresses) if {
	count(addresses) > 0
	every address in addresses {
		described[address]
	}
}

# What the plan says of its load balancers, worked out once, however many bindings may reach each of them.
described := {change.address: object.union(object.union(planned_status(change), private_addresses.of(change)), {
	"address": change.address,
	"type": change.type,
	"address_type": address_type(change),
	"vswitch": vswitches.of(change),
	"region": region,
	"outside": outside.of(change, region),
	"trusted": plan.trusted(change),
	"shown_address_type": plan.shown(change, "address_type"),
	"exists": exists(change),
}) |
	some change in resources.load_balancers
	region := regions.of(change)
}

# A status that is not `active`; what is known only after apply, and what is left out, is for the cloud to choose.
inactive(status) := {"status": status} if {
	is_string(status)
	not status in {"", "active"}
} else := {}

planned_status(change) := {"status": plan.shown(change, "status")} if {
	inactive(plan.planned(change, "status")) != {}
} else := {}

# Before this plan is applied: what is only created by it cannot serve yet.
default exists(_) := false

exists(change) if not "create" in change.change.actions

# Left out, the cloud makes it `internet`; the plan then shows it as unknown.
address_type(change) := {"state": "known", "value": value} if {
	value := plan.planned(change, "address_type")
	value != null
} else := {"state": "left out", "value": null} if {
	left_out(change)
} else := {"state": "unknown", "value": null}

left_out(change) if not data.anycast.lib.modules.block(change).expressions.address_type

# A network interface is inside a VPC by nature; it has no address type and no vSwitch of its own to check.
network_interfaces(change) := known_interfaces(id) if {
	id := plan.planned(change, "bind_instance_id")
} else := {target | some source in resolve.sources(change, "bind_instance_id"); some target in interface_source(source)}

known_interfaces(id) := found if {
	found := {interface(change, "id", id) |
		some change in resources.lasting
		some kind in plan.terraform.network_interfaces
		change.type == kind.type
		plan.planned(change, kind.attribute) == id
		is_string(id)
	}
	count(found) > 0
} else := {problem("is a literal id that nothing in this plan proves", json.marshal(id))}

interface_source(source) := {interface(resources.by_address[address], "reference", source.by) | some address in addresses} if {
	some kind in plan.terraform.network_interfaces
	source.type == kind.type
	resources.takes(source, kind.attribute)
	addresses := resources.meant(source)
	count(addresses) > 0
} else := set() if {
	not contains(json.marshal(source.value), "eni-")
} else := {problem("does not come from a network interface of this plan", object.get(source, "by", ""))}

interface(change, via, by) := {
	"address": change.address,
	"via": via,
	"by": by,
	"type": change.type,
	"region": region,
	"outside": outside.of(change, region),
	"trusted": plan.trusted(change),
	"exists": interface_exists(change, via),
} if {
	region := regions.of(change)
}

interface_exists(_, "id") := true

interface_exists(change, "reference") := exists(change)
