# METADATA
# title: How rules say what they found
package anycast.lib.findings

violation(address, attribute, what) := finding("violation", address, attribute, what)

undetermined(address, attribute, what) := finding("undetermined", address, attribute, what)

finding(outcome, address, attribute, what) := {
	"outcome": outcome,
	"address": address,
	"attribute": attribute,
	"message": message(what),
}

# A finding whose cause has a fix of its own, instead of the rule's.
fixed_by(found, fix) := object.union(found, {"fix": fix})

# The fix where the plan does not know a value yet.
known_when_planned(attribute) := concat(" ", ["Set", attribute, "to a value that is known when the plan is made."])

# A plain sentence where nothing has a bad value.
message(what) := what.sentence

message(what) := concat("", ["Expected ", what.expected, ", got `", what.got, "` (at ", what.at, ")."])

# Addresses in a sentence: all of a few, else the first three and how many more there are.
several(addresses) := concat(", ", sort(addresses)) if {
	count(addresses) < 4
} else := concat("", [
	concat(", ", array.slice(sort(addresses), 0, 3)),
	" and ",
	json.marshal(count(addresses) - 3),
	" more",
])
