# METADATA
# title: An Anycast EIP names an area that exists
# description: >-
#   `service_location` chooses between areas outside mainland China (`international`) and mainland China
#   (`ChineseMainland`). The provider passes any text on; the cloud refuses the wrong ones in the middle of an apply.
# custom:
#   id: address/area
#   level: deny
#   fix: >-
#     Set service_location = "international" or "ChineseMainland".
#   source: >-
#     Anycast EIP quick start, step 1: area, default outside mainland China.
package anycast.rules.address.area

import data.anycast.lib.addresses
import data.anycast.lib.areas
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(change.address, "service_location", {
	"expected": concat(" ", ["service_location to be one of", concat(", ", sort(areas.all))]),
	"got": plan.shown(change, "service_location"),
	"at": change.address,
}) if {
	some change in addresses.all
	not plan.unknown(change, "service_location")
	not fits(change)
}

results contains findings.fixed_by(
	findings.undetermined(change.address, "service_location", {
		"expected": concat(" ", ["service_location to be one of", concat(", ", sort(areas.all))]),
		"got": "a value known only after apply",
		"at": change.address,
	}),
	findings.known_when_planned("service_location"),
) if {
	some change in addresses.all
	plan.unknown(change, "service_location")
}

fits(change) if plan.planned(change, "service_location") in areas.all
