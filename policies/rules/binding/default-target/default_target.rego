# METADATA
# title: A new Anycast EIP has a default binding
# description: >-
#   The cloud makes the first binding of an address its default one, whatever association_mode it is given. Where all
#   bindings of a new address are `Normal`, the apply ends with a value that was not planned, and each later plan wants to
#   change it. An address that exists already counts as new where its status, or the data source that has read it, says
#   that nothing is bound to it; otherwise another configuration may hold its default binding. A mode that is known only
#   after apply may be either.
# custom:
#   id: binding/default-target
#   level: deny
#   fix: >-
#     Set association_mode = "Default" on one binding of the address, or leave it out.
#   source: >-
#     Anycast EIP user guide, manage endpoints: the first endpoint becomes the default endpoint.
package anycast.rules.binding.default_target

import data.anycast.lib.addresses
import data.anycast.lib.binding_facts
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(address, "association_mode", {
	"expected": concat(" ", ["one binding of", addresses.shown(name), "to have association_mode `Default`"]),
	"got": concat(" ", ["only Normal ones:", normal_ones]),
	"at": address,
}) if {
	some name in unbound
	normal := normal_by_anycast[name]
	not maybe_default[name]
	not maybe_default_of_any

	# Once for all of them, which may be many.
	normal_ones := findings.several(normal)
	some address in normal
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "association_mode", {
		"expected": "association_mode to be `Default` or `Normal`",
		"got": bindings.later(binding, "association_mode"),
		"at": binding.address,
	}),
	findings.known_when_planned("association_mode"),
) if {
	some binding in bindings.all
	plan.unknown(binding.change, "association_mode")
	binding_facts.configured(binding.address, "association_mode")
}

# Names of Anycast EIPs that nothing is bound to before this plan.
unbound contains addresses.name(anycast.address) if {
	some anycast in addresses.all
	is_unbound(anycast)
}

unbound contains addresses.of(binding) if {
	some binding in bindings.all
	is_string(binding.unbound)
}

is_unbound(anycast) if "create" in anycast.change.actions

is_unbound(anycast) if plan.planned(anycast, "status") == "Allocated"

normal_by_anycast := {anycast: found | some anycast, found in normal_index}

normal_index[anycast] contains binding.address if {
	some binding in bindings.all
	is_normal(binding)
	anycast := addresses.of(binding)
}

# Addresses that have, or may have, another binding than one that is Normal for sure.
maybe_default := {addresses.name(anycast) |
	some binding in bindings.all
	not surely_normal(binding)
	some anycast in binding.anycast
}

# Such a binding of an address that cannot be determined may be one of any address.
maybe_default_of_any if {
	some binding in bindings.all
	not surely_normal(binding)
	null in binding.anycast
}

# A binding that is there already shows that the address is bound, whatever an older state says of it.
surely_normal(binding) if {
	"create" in binding.change.change.actions
	is_normal(binding)
	addresses.of(binding)
}

is_normal(binding) if plan.planned(binding.change, "association_mode") == "Normal"
