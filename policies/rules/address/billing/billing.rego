# METADATA
# title: An Anycast EIP is billed in a way that exists
# description: >-
#   Anycast EIPs are pay-as-you-go and billed by data transfer. Other values pass the provider and are refused by the cloud,
#   and a change of either replaces the address, and with it the public IP address.
# custom:
#   id: address/billing
#   level: deny
#   fix: >-
#     Leave internet_charge_type and payment_type out, or set PayByTraffic and PayAsYouGo.
#   source: >-
#     Anycast EIP quick start, step 1: billing method, default pay-by-data-transfer.
package anycast.rules.address.billing

import data.anycast.lib.addresses
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(change.address, attribute, {
	"expected": concat(" ", [attribute, "to be", concat(" or ", allowed)]),
	"got": plan.shown(change, attribute),
	"at": change.address,
}) if {
	some attribute, allowed in values
	some change in addresses.all
	value := plan.planned(change, attribute)
	value != null
	not value in allowed
}

results contains findings.fixed_by(
	findings.undetermined(change.address, attribute, {
		"expected": concat(" ", [attribute, "to be", concat(" or ", allowed)]),
		"got": "a value known only after apply",
		"at": change.address,
	}),
	findings.known_when_planned(attribute),
) if {
	some attribute, allowed in values
	some change in addresses.all
	plan.unknown(change, attribute)
}

values := {
	"internet_charge_type": data.anycast.lib.facts.address.internet_charge_types,
	"payment_type": data.anycast.lib.facts.address.payment_types,
}
