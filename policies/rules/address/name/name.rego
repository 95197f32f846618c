# METADATA
# title: An Anycast EIP has a name the console accepts
# description: >-
#   The provider passes any name on; the cloud refuses the wrong ones in the middle of an apply. A name is 2 to 128
#   characters: letters, digits, `_` and `-`, starting with a letter. No name at all is fine.
# custom:
#   id: address/name
#   level: deny
#   fix: >-
#     Choose a name of 2 to 128 letters, digits, `_` and `-` that starts with a letter.
#   source: >-
#     Anycast EIP quick start, step 1: Name.
package anycast.rules.address.name

import data.anycast.lib.addresses
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(change.address, attribute, {
	"expected": concat(" ", [attribute, "to be", facts.rule]),
	"got": plan.shown(change, attribute),
	"at": change.address,
}) if {
	some change in addresses.all
	name := plan.planned(change, attribute)
	not name in {null, ""}
	not fits(name)
}

results contains findings.fixed_by(
	findings.undetermined(change.address, attribute, {
		"expected": concat(" ", [attribute, "to be", facts.rule]),
		"got": "a value known only after apply",
		"at": change.address,
	}),
	findings.known_when_planned(attribute),
) if {
	some change in addresses.all
	plan.unknown(change, attribute)
}

attribute := "anycast_eip_address_name"

facts := data.anycast.lib.facts.address.name

# What the pattern of the facts says, without it: its counted repetition takes longer to compile than the rest of a check.
fits(name) if {
	count(name) >= facts.min_length
	count(name) <= facts.max_length
	trim(substring(name, 0, 1), letters) == ""
	trim(name, concat("", [letters, "0123456789_-"])) == ""
}

letters := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
