# METADATA
# title: An Anycast EIP binds only to an internal CLB
# description: >-
#   An Anycast EIP can be associated only with a CLB whose address type is `intranet`. A CLB whose address type is left out
#   may be created internet-facing, and so may one whose address type is known only after apply. An internet-facing CLB behind
#   an Anycast EIP would keep its own public entrance next to the accelerated one.
# custom:
#   id: binding/internal-only
#   level: deny
#   locked: true
#   fix: >-
#     Set address_type = "intranet" and a vswitch_id on the CLB, or bind to another CLB that has them (the InternalClb
#     construct cannot be declared without).
#   source: >-
#     Anycast EIP quick start, step 2: the associated instance must be an internal-facing CLB instance in a VPC.
package anycast.rules.binding.internal_only

import data.anycast.lib.bindings
import data.anycast.lib.findings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.violation(binding.address, "address_type", {
		"expected": concat(" ", ["the address_type of", bindings.meant(target), "to be `intranet`"]),
		"got": object.get(target, "shown_address_type", "another value"),
		"at": target.address,
	}),
	bindings.fix_of(target, meta.custom.fix),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.address_type.state == "known"
	target.address_type.value != "intranet"
}

results contains findings.fixed_by(
	findings.violation(binding.address, "address_type", {
		"expected": concat(" ", ["the address_type of", bindings.meant(target), "to be `intranet`"]),
		"got": "nothing, for which the cloud may choose internet",
		"at": target.address,
	}),
	bindings.fix_of(target, "Set address_type = \"intranet\" on the CLB. Left out, the cloud may create it internet-facing."),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.address_type.state == "left out"
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "address_type", {
		"expected": concat(" ", ["the address_type of", bindings.meant(target), "to be `intranet`"]),
		"got": unproven(target.address_type.value),
		"at": target.address,
	}),
	bindings.fix_of(target, "Write address_type = \"intranet\" itself, instead of a value that another resource has only after apply."),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.address_type.state == "unknown"
}

# Where the source is at hand: which part of the expression is in doubt, and where it stands.
unproven(value) := value if {
	is_string(value)
} else := "a value known only after apply"
