# METADATA
# title: An Anycast EIP's bandwidth is within range
# description: >-
#   The peak bandwidth in Mbit/s. Left out, the cloud chooses. anycast.yaml can narrow the range (`bandwidth: {min, max}`).
# custom:
#   id: address/bandwidth
#   level: deny
#   fix: >-
#     Choose a bandwidth within the range, or leave it out.
#   source: >-
#     Anycast EIP API, AllocateAnycastEipAddress: Bandwidth.
package anycast.rules.address.bandwidth

import data.anycast.lib.addresses
import data.anycast.lib.binding_facts
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.settings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(change.address, "bandwidth", {
	"expected": expectation,
	"got": plan.shown(change, "bandwidth"),
	"at": change.address,
}) if {
	some change in addresses.all
	bandwidth := plan.planned(change, "bandwidth")
	bandwidth != null
	not fits(bandwidth)
}

results contains findings.fixed_by(
	findings.undetermined(change.address, "bandwidth", {
		"expected": expectation,
		"got": "a value known only after apply",
		"at": change.address,
	}),
	findings.known_when_planned("bandwidth"),
) if {
	some change in addresses.all
	plan.unknown(change, "bandwidth")
	binding_facts.configured(change.address, "bandwidth")
}

expectation := concat("", ["bandwidth to be a whole number from ", json.marshal(lowest), " to ", json.marshal(highest), " Mbit/s"])

lowest := object.get(settings.bandwidth, "min", data.anycast.lib.facts.address.bandwidth_mbps.min)

highest := object.get(settings.bandwidth, "max", data.anycast.lib.facts.address.bandwidth_mbps.max)

fits(bandwidth) if {
	bandwidth == round(bandwidth)
	bandwidth >= lowest
	bandwidth <= highest
}
