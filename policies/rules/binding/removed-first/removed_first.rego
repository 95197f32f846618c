# METADATA
# title: An old binding is gone before a new one takes its place
# description: >-
#   The cloud refuses a binding in a region of an Anycast EIP, or of an instance, that another binding still holds. Where
#   one is destroyed and the other created under another address, Terraform does both at the same time: the apply stops
#   half-way, or ends with a state that names a binding which the cloud has removed. A binding that is only forgotten stays,
#   and the cloud destroys neither its load balancer nor its Anycast EIP.
# custom:
#   id: binding/removed-first
#   level: deny
#   fix: >-
#     Add a moved block where it is the same binding under another address. Otherwise destroy the old binding in an apply of
#     its own first.
#   source: >-
#     Anycast EIP API, AssociateAnycastEipAddress: a region or an instance that is associated already is refused.
package anycast.rules.binding.removed_first

import data.anycast.lib.addresses
import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.instances
import data.anycast.lib.leaving_bindings
import data.anycast.lib.plan
import data.anycast.lib.resources

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.violation(binding.address, "anycast_id", {"sentence": concat("", [
		binding.address, " takes the place of ", findings.several(stay),
		", which this plan forgets and does not destroy (at ", binding.address, ").",
	])}),
	"Import the binding that is there under the new address, or destroy it in an apply of its own first.",
) if {
	some binding in taking
	stay := {held.address | some held in binding.holders; held.goes == "forgotten"}
	count(stay) > 0
}

results contains findings.fixed_by(
	findings.violation(binding.address, "anycast_id", {"sentence": concat("", [
		binding.address, " is created before the binding that it replaces is destroyed, and takes the same place (at ",
		binding.address, ").",
	])}),
	"Remove create_before_destroy from the binding, and from everything that depends on it.",
) if {
	some binding in taking
	some held in binding.holders
	held.address == binding.address
	held.goes == "destroyed after it is made again"
}

results contains findings.undetermined(binding.address, "anycast_id", {"sentence": concat("", [
	binding.address, " takes the place of ", findings.several(others),
	", and nothing makes Terraform destroy that first (at ", binding.address, ").",
])}) if {
	some binding in taking
	others := {held.address | some held in binding.holders; is_unordered(held, binding)}
	count(others) > 0
}

results contains findings.fixed_by(
	findings.violation(gone, "id", {"sentence": concat("", [
		held.address, " still binds ", gone, ", which this plan destroys, while it only forgets the binding (at ", gone, ").",
	])}),
	"Destroy the binding with it: take the binding out of the configuration without a removed block that keeps it. Or keep what it binds.",
) if {
	some held in leaving_bindings.all
	held.goes == "forgotten"
	some gone in bound_and_destroyed(held)
}

bound_and_destroyed(held) := {address |
	some leaving in [resources.leaving, resources.leaving_addresses]
	some id in [held.instance, held.anycast]
	address := leaving[id]
}

# Bindings that take a place, with what holds it. What exists already, or is only changed, has its place.
taking := [{"address": binding.address, "holders": holders(binding)} |
	some binding in bindings.all
	"create" in binding.change.change.actions
]

# Leaving bindings that hold, or may hold, what a binding takes.
holders(binding) := (at_its_place(binding) | in_its_region(binding)) | of_its_instance(binding)

at_its_place(binding) := {held |
	some origin in binding.anycast
	some held in object.get(leaving_bindings.by_place, [[addresses.name(origin), region_of(binding)]], set())
}

# An Anycast EIP that cannot be determined may be any.
in_its_region(binding) := object.get(leaving_bindings.by_region, region_of(binding), set()) if {
	null in binding.anycast
} else := set()

of_its_instance(binding) := {held |
	some instance in instances.possible(binding)
	some held in object.get(leaving_bindings.by_instance, instance, set())
}

region_of(binding) := plan.planned(binding.change, "bind_instance_region_id")

is_unordered(held, binding) if {
	held.goes != "forgotten"
	held.address != binding.address
}

# An object that an earlier apply has left behind is destroyed at any time.
is_unordered(held, _) if held.goes == "destroyed"
