# METADATA
# title: The private address of a new load balancer is free
# description: >-
#   A CLB may ask for a private address of its vSwitch. The cloud refuses one that the vSwitch does not have, or keeps for
#   itself (the first and the last three), or has given to another load balancer, and then the binding is not made. What is
#   not in the plan is left to the cloud.
# custom:
#   id: binding/target-address
#   level: deny
#   fix: >-
#     Give the load balancer another address of its vSwitch, or leave address out.
#   source: >-
#     Classic Load Balancer API, CreateLoadBalancer: Address is one of the vSwitch that is not in use.
package anycast.rules.binding.target_address

import data.anycast.lib.bindings
import data.anycast.lib.findings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(binding.address, "bind_instance_id", {
	"expected": expected(target),
	"got": target.private_address.value,
	"at": target.address,
}) if {
	some binding in bindings.all
	some target in binding.targets
}

expected(target) := concat(" ", ["the address of", bindings.name(target), "to be one that", target.private_address.by, "can give"]) if {
	target.private_address.problem == "outside"
}

expected(target) := concat(" ", ["the address of", bindings.name(target), "to be another one than that of", target.private_address.by]) if {
	target.private_address.problem == "taken"
}
