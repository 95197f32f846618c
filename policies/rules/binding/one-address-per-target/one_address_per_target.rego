# METADATA
# title: A load balancer is bound once
# description: >-
#   A CLB or a network interface can be associated with one Anycast EIP, and once. The cloud refuses the second binding in
#   the middle of an apply. Where the expressions of two bindings may give the same instance, and the plan does not tell
#   which one they give, nothing is proven of either. A binding of another configuration counts, where the data source
#   alicloud_eipanycast_anycast_eip_addresses has read it while the plan was made.
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
import data.anycast.lib.instances

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
	not instances.exact(binding)
	member := min({member | some member in instances.possible(binding); contested[member]})
	sentence := concat("", [
		"An instance can be bound once, and ", contested[member], " may all bind ", member,
		" (at ", binding.address, ").",
	])
}

results contains findings.fixed_by(
	findings.finding(outcome(binding), binding.address, "bind_instance_id", {
		"expected": concat(" ", [addresses.shown(row.instance), "to be bound by no other binding"]),
		"got": concat(" ", ["one of", addresses.shown(row.anycast), "that is not in this plan's state"]),
		"at": row.by,
	}),
	"Remove that binding where it is managed, and plan again. Where it is the same binding, import it. Or bind another load balancer.",
) if {
	some binding in bindings.all
	row := binding.held.instance
}

outcome(binding) := "violation" if {
	instances.exact(binding)
} else := "undetermined"

by_instance := {instance: bound | some instance, bound in index}

index[instance] contains binding.address if {
	some binding in bindings.all
	instance := instances.exact(binding)
}

# What several bindings may bind, with the sentence's list of them, which is made once for all of them.
contested := {member: findings.several(bound) |
	some member, bound in member_index
	count(bound) > 1
}

member_index[member] contains binding.address if {
	some binding in bindings.all
	binding.visible
	some member in instances.possible(binding)
}
