# METADATA
# title: An Anycast EIP has one default binding
# description: >-
#   The first binding of an address is its default origin; asking for a second default demotes the first, which moves
#   traffic that nobody meant to move. Where the data source alicloud_eipanycast_anycast_eip_addresses lists bindings of an
#   address of which this plan's state has none, the default one is among them.
# custom:
#   id: binding/one-default-per-address
#   level: deny
#   fix: >-
#     Set association_mode = "Default" on one binding of the address and "Normal" on the others.
#   source: >-
#     Anycast EIP API, AssociateAnycastEipAddress: AssociationMode.
package anycast.rules.binding.one_default_per_address

import data.anycast.lib.addresses
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(address, "association_mode", {
	"expected": concat(" ", ["one binding of", addresses.shown(anycast), "to have association_mode `Default`"]),
	"got": got,
	"at": address,
}) if {
	some anycast, defaults in by_anycast
	count(defaults) > 1

	# Once for all of them, which may be many.
	got := findings.several(defaults)
	some address in defaults
}

results contains findings.fixed_by(
	findings.violation(binding.address, "association_mode", {
		"expected": concat(" ", [addresses.shown(row.anycast), "to keep the `Default` binding that it has"]),
		"got": concat(" ", ["another one, while the binding of", addresses.shown(row.instance), "is not in this plan's state"]),
		"at": row.by,
	}),
	"Set association_mode = \"Normal\" on the binding.",
) if {
	some binding in bindings.all
	plan.planned(binding.change, "association_mode") == "Default"
	row := binding.held["default"]
}

by_anycast := {anycast: defaults | some anycast, defaults in index}

index[anycast] contains binding.address if {
	some binding in bindings.all
	plan.planned(binding.change, "association_mode") == "Default"
	anycast := addresses.of(binding)
}
