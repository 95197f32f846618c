# METADATA
# title: Whether a load balancer gets a vSwitch
package anycast.lib.vswitches

import data.anycast.lib.plan
import data.anycast.lib.resolve
import data.anycast.lib.resources

# {"state": "given" | "none" | "unknown", "value": what shows it}
of(change) := {"state": "given", "value": plan.shown(change, "vswitch_id")} if {
	id := plan.planned(change, "vswitch_id")
	is_id(id)
} else := {"state": "none", "value": plan.shown(change, "vswitch_id")} if {
	not plan.unknown(change, "vswitch_id")
} else := {"state": "given", "value": concat(", ", sort(addresses))} if {
	not plan.contradictory(change, "vswitch_id")
	sources := resolve.sources(change, "vswitch_id")
	every source in sources {
		fitting(source)
	}
	addresses := {address | some source in sources; some address in found(source)}
	count(addresses) > 0
} else := {"state": "unknown", "value": plan.shown(change, "vswitch_id")}

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
