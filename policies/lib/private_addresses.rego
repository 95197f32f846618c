# METADATA
# title: Whether a load balancer asks for a private address that its vSwitch has to give
package anycast.lib.private_addresses

import data.anycast.lib.outside
import data.anycast.lib.plan
import data.anycast.lib.resources

# {"private_address": {"value", "problem", "by"}} of a new load balancer whose address is outside of its vSwitch, or that of
# another load balancer of the plan; empty where nothing is wrong, or where it cannot be determined.
of(change) := {"private_address": {
	"value": plan.shown(change, "address"),
	"problem": "outside",
	"by": concat("", [vswitch.address, " (", plan.shown(vswitch, "cidr_block"), ")"]),
}} if {
	asks(change)
	vswitch := vswitch_of(change)
	is_outside(plan.planned(change, "address"), plan.planned(vswitch, "cidr_block"))
} else := {"private_address": {
	"value": plan.shown(change, "address"),
	"problem": "taken",
	"by": min(others),
}} if {
	asks(change)
	others := taken[[vswitch_of(change).address, plan.planned(change, "address")]] - {change.address}
	count(others) > 0
} else := {}

asks(change) if {
	"create" in change.change.actions
	plan.planned(change, "address_type") == "intranet"
	is_text(plan.planned(change, "address"))
}

# The one vSwitch of this plan that it is in.
vswitch_of(change) := resources.by_address[min(found)] if {
	networks := outside.networks(change, "vswitch_id", plan.terraform.vswitches)
	every network in networks {
		network.made
	}
	found := {network.address | some network in networks}
	count(found) == 1
}

taken[[vswitch_of(change).address, address]] contains change.address if {
	some change in resources.load_balancers
	address := plan.planned(change, "address")
	is_text(address)
}

is_text(value) if {
	is_string(value)
	value != ""
}

# The cloud keeps the first and the last three addresses of a vSwitch for itself.
is_outside(address, cidr) if number_of(address) <= number_of(split(cidr, "/")[0])

is_outside(address, cidr) if {
	[first, length] := split(cidr, "/")
	size := product([2 | some _ in numbers.range(1, 32 - to_number(length))])
	number_of(address) >= (number_of(first) + size) - 3
}

# Undefined for what is no address.
number_of(address) := (((parts[0] * 16777216) + (parts[1] * 65536)) + (parts[2] * 256)) + parts[3] if {
	parts := [to_number(part) | some part in split(address, ".")]
	count(parts) == 4
}
