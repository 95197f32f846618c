# METADATA
# title: What belongs to the target of a binding is in its region
# description: >-
#   A CLB or a network interface is created in a vSwitch, and that in a VPC, of the region of their provider
#   configurations; the zones that they name belong to a region, too. Where one of them is in another region, the cloud
#   refuses it in the middle of an apply, and the binding is not made.
# custom:
#   id: binding/one-region
#   level: deny
#   fix: >-
#     Create the vSwitch and its VPC with the provider configuration that creates the load balancer, and name zones of its
#     region.
#   source: >-
#     Classic Load Balancer API, CreateLoadBalancer: VSwitchId and MasterZoneId are those of the instance's region
#     (InvalidVSwitchId.NotFound, InvalidZoneId.NotFound).
package anycast.rules.binding.one_region

import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.regions

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.violation(binding.address, attribute(part), {
		"expected": concat("", [named(part), " to be ", what(part), " `", region(target), "`, the region of ", bindings.name(target), " (", target.region.from, ")"]),
		"got": got(part),
		"at": part.address,
	}),
	fix(part, target),
) if {
	some binding in bindings.all
	some target in binding.targets
	some part in target.outside
	is_string(part.value)
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "vswitch_id", {
		"expected": concat("", [part.address, " to be in `", region(target), "`, the region of ", bindings.name(target), " (", target.region.from, ")"]),
		"got": part.from,
		"at": part.address,
	}),
	regions.fix_of_unknown(part.from),
) if {
	some binding in bindings.all
	some target in binding.targets
	some part in target.outside
	part.value == null
}

region(target) := object.get(target.region, "shown", target.region.value)

is_zone(part) if part.attribute != "region"

attribute(part) := part.attribute if {
	is_zone(part)
} else := "vswitch_id"

named(part) := concat(" of ", [part.attribute, part.address]) if {
	is_zone(part)
} else := part.address

what(part) := "a zone of" if {
	is_zone(part)
} else := "in"

got(part) := part.value if {
	is_zone(part)
} else := concat("", [part.value, " (", part.from, ")"])

fix(part, target) := concat("", [
	"Set ", part.attribute, " of ", part.address, " to a zone of ", region(target),
	", or give it a provider configuration of the region that the zone is in.",
]) if {
	is_zone(part)
} else := concat("", [
	"Give ", part.address, " the provider configuration of ", target.address,
	", or give ", target.address, " a vSwitch of ", region(target), ".",
])
