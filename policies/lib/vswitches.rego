# METADATA
# title: Whether a load balancer gets a vSwitch
package anycast.lib.vswitches

import data.anycast.lib.plan
import data.anycast.lib.resolve
import data.anycast.lib.resources

# {"state": "given" | "none" | "unknown" | "leaving", "value": what shows it}
of(change) := {"state": "leaving", "value": leaving} if {
	leaving := resources.leaving_vswitches[plan.planned(change, "vswitch_id")]
} else := {"state": "given", "value": plan.shown(change, "vswitch_id")} if {
	id := plan.planned(change, "vswitch_id")
	is_id(id)
} else := {"state": "none", "value": plan.shown(change, "vswitch_id")} if {
	not plan.unknown(change, "vswitch_id")
} else := {"state": "given", "value": named(addresses)} if {
	not plan.contradictory(change, "vswitch_id")
	sources := resolve.sources(change, "vswitch_id")
	every source in sources {
		fitting(source)
	}
	addresses := {address | some source in sources; some address in found(source)}
	count(addresses) > 0
} else := {"state": "unknown", "value": plan.shown(change, "vswitch_id")}

# The addresses in one text, which stays short however many they are: of many instances of one block, in whatever modules,
# the first stands for all, and of many blocks only the first are named.
named(addresses) := concat(", ", sort(addresses)) if {
	count(addresses) <= 10
} else := concat("", [concat(", ", array.slice(entries, 0, 10)), more(count(entries) - 10)]) if {
	block := {address: [change.type, change.name] | some address in addresses; change := resources.by_address[address]}
	entries := sort([any_of(sort(instances)) |
		some one in {one | some one in block}
		instances := {address | some address, its in block; its == one}
	])
}

any_of(instances) := instances[0] if count(instances) == 1

any_of(instances) := concat("", [instances[0], " (any of ", json.marshal(count(instances)), ")"]) if count(instances) > 1

more(others) := "" if others <= 0

more(others) := concat(" ", [" and", json.marshal(others), "more"]) if others > 0

# What trims to nothing on one machine and not on another (zero-width spaces, say) is no id either.
is_id(id) if regex.match(`^vsw-[A-Za-z0-9-]+$`, id)

# What cannot make the value null or empty: a vSwitch's id, or a value that is known already (the whole is unknown, so
# a known condition has chosen what is not).
fitting(source) if count(found(source)) > 0

fitting(source) if source.what == "known"

found(source) := addresses if {
	source.type in plan.terraform.vswitches
	resources.takes(source, "id")
	addresses := resources.meant(source)
	every address in addresses {
		plan.trusted(resources.by_address[address])
	}
}
