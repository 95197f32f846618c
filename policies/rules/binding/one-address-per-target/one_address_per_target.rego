# METADATA
# title: A load balancer is bound once
# description: >-
#   A CLB or a network interface can be associated with one Anycast EIP, and once. The cloud refuses the second binding in
#   the middle of an apply. Where the expressions of two bindings may give the same instance, and the plan does not tell
#   which one they give, nothing is proven of either.
# custom:
#   id: binding/one-address-per-target
#   level: deny
#   fix: >-
#     Bind another load balancer, or remove one of the bindings.
#   source: >-
#     Anycast EIP API, AssociateAnycastEipAddress: an instance that is associated already is refused.
package anycast.rules.binding.one_address_per_target

import data.anycast.lib.addresses
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.resources

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(address, "bind_instance_id", {
	"expected": concat(" ", [addresses.shown(instance), "to be bound by one binding"]),
	"got": got,
	"at": address,
}) if {
	some instance, bound in by_instance
	count(bound) > 1

	# Once for all of them, which may be many.
	got := findings.several(bound)
	some address in bound
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "bind_instance_id", {"sentence": sentence}),
	"Choose each load balancer by a key or position that is known when the plan is made, so that no two bindings may bind one.",
) if {
	some binding in bindings.all
	binding.visible
	not exact(binding)
	member := min({member | some member in members(binding); contested[member]})
	sentence := concat("", [
		"An instance can be bound once, and ", contested[member], " may all bind ", member,
		" (at ", binding.address, ").",
	])
}

by_instance := {instance: bound | some instance, bound in index}

index[instance] contains binding.address if {
	some binding in bindings.all
	instance := exact(binding)
}

# The one instance that a binding binds for sure, by its name.
exact(binding) := resources.instance_name(id) if {
	id := plan.planned(binding.change, "bind_instance_id")
	is_string(id)
} else := resources.instance_name(binding.targets[0].address) if {
	count({target.address | some target in binding.targets}) == 1
	every target in binding.targets {
		bindings.size(target) == 1
	}
	count(binding.problems) == 0
}

# The instances that a binding may bind, by their names.
members(binding) := {instance} if {
	instance := exact(binding)
} else := {resources.instance_name(member) |
	some target in binding.targets
	target.via in {"reference", "id"}
	some member in object.get(target, "addresses", [target.address])
}

# What several bindings may bind, with the sentence's list of them, which is made once for all of them.
contested := {member: findings.several(bound) |
	some member, bound in member_index
	count(bound) > 1
}

member_index[member] contains binding.address if {
	some binding in bindings.all
	binding.visible
	some member in members(binding)
}
