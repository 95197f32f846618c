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

message(what) := concat("", ["Expected ", what.expected, ", got `", what.got, "` (at ", what.at, ")."])
