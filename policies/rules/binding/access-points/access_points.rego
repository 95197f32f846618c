# METADATA
# title: Access points exist, and each leads to one target
# description: >-
#   `pop_locations` lists the access points whose traffic goes to a binding of mode `Normal`. The cloud refuses one that
#   another binding of the address has already, and one that the area of the Anycast EIP does not have. So an access point of
#   the other area is refused, and what is no name of one. Which access points an area has is not publicly documented, so
#   any other name that is not on the list of this rule is a warning only. So is a list for a binding of mode `Default`, where
#   it has no effect: that binding gets what no other one takes.
# custom:
#   id: binding/access-points
#   level: deny
#   fix: >-
#     Name access points that the area has; DescribeAnycastPopLocations lists them.
#   source: >-
#     Anycast EIP API, UpdateAnycastEipAddressAssociations: PopLocations. The list of access points is not from public
#     documentation: those of mainland China are in the acceptance tests of the Terraform provider, those outside of it are
#     assumed, as ids of regions with -pop.
package anycast.rules.binding.access_points

import data.anycast.lib.addresses
import data.anycast.lib.areas
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains object.union(
	findings.violation(binding.address, "pop_locations", {
		"expected": concat(" ", ["pop_locations to be among", concat(", ", sort(existing(binding)))]),
		"got": plan.text(point),
		"at": binding.address,
	}),
	{"level": "warn"},
) if {
	some binding in bindings.all
	not secret[binding.address]
	some point in (points(binding) - existing(binding))
	not misplaced(binding, point)
	is_name(point)
}

results contains findings.fixed_by(
	findings.violation(binding.address, "pop_locations", {
		"expected": concat(" ", ["pop_locations to be access points", areas.where[addresses.area(binding)]]),
		"got": shown({binding.address}, point),
		"at": binding.address,
	}),
	"Name access points of the area of the Anycast EIP.",
) if {
	some binding in bindings.all
	some point in points(binding)
	misplaced(binding, point)
}

results contains findings.fixed_by(
	findings.violation(binding.address, "pop_locations", {
		"expected": "pop_locations to be names of access points, such as us-west-1-pop",
		"got": shown({binding.address}, point),
		"at": binding.address,
	}),
	"Name each access point as DescribeAnycastPopLocations does: REGION-pop.",
) if {
	some binding in bindings.all
	some point in points(binding)
	not is_name(point)
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "pop_locations", {
		"expected": "pop_locations to be access points that no other binding of the Anycast EIP has",
		"got": "a value known only after apply",
		"at": binding.address,
	}),
	findings.known_when_planned("pop_locations"),
) if {
	some binding in bindings.all
	unknown(object.get(binding.change.change, ["after_unknown", "pop_locations"], false))
}

results contains findings.fixed_by(
	findings.violation(address, "pop_locations", {
		"expected": concat(" ", ["one binding of", addresses.shown(anycast), "to have the access point", shown(claiming, point)]),
		"got": got,
		"at": address,
	}),
	"Name each access point in one binding of the Anycast EIP.",
) if {
	some [anycast, point], claiming in by_point
	count(claiming) > 1

	# Once for all of them, which may be many.
	got := findings.several(claiming)
	some address in claiming
}

results contains object.union(findings.violation(binding.address, "pop_locations", {"sentence": sentence}), {
	"level": "warn",
	"fix": "Leave pop_locations out of the binding with association_mode = \"Default\".",
}) if {
	some binding in bindings.all
	plan.planned(binding.change, "association_mode") == "Default"
	count(points(binding)) > 0
	sentence := concat("", [
		"The access points in pop_locations have no effect where association_mode is `Default` (at ",
		binding.address, ").",
	])
}

# An access point of these bindings, as a finding may show it.
shown(named_by, point) := plan.text(point) if {
	count(named_by & secret) == 0
} else := "(sensitive value)"

# Addresses of bindings with access points that are sensitive as a whole or one by one.
secret contains binding.address if {
	some binding in bindings.all
	plan.sensitive(binding.change, "pop_locations")
}

secret contains binding.address if {
	some binding in bindings.all
	binding.change.change.after_sensitive.pop_locations[_].pop_location == true
}

# Access points that the plan names for a binding.
points(binding) := {point |
	some entry in binding.change.change.after.pop_locations
	point := entry.pop_location
}

is_name(point) if endswith(point, "-pop")

# One that is in the other area than the Anycast EIP.
misplaced(binding, point) if {
	is_name(point)
	areas.of_region(substring(point, 0, count(point) - count("-pop"))) != addresses.area(binding)
}

unknown(true)

unknown(marks) if marks[_].pop_location == true

existing(binding) := of_area[area] if {
	area := addresses.area(binding)
} else := union({points | some points in of_area})

of_area := {area: {point | some point in facts[area]} | some area in areas.all}

by_point := {place: claiming | some place, claiming in index}

index[[anycast, point]] contains binding.address if {
	some binding in bindings.all
	plan.planned(binding.change, "association_mode") == "Normal"
	anycast := addresses.of(binding)
	some point in points(binding)
	is_name(point)
}

facts := data.anycast.lib.facts.access_points
