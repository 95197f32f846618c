# METADATA
# title: An Anycast EIP binds only to a CLB in a VPC
# description: >-
#   A CLB is in a VPC when it has a vSwitch. Without one it is in the classic network, where no Anycast EIP can reach it.
#   A vSwitch known only after apply is fine when the configuration takes it from a vSwitch of this plan; one that may turn
#   out null or empty is not, nor is one that the plan destroys.
# custom:
#   id: binding/vpc-only
#   level: deny
#   locked: true
#   fix: >-
#     Give the CLB the id of a vSwitch (vswitch_id = alicloud_vswitch.NAME.id), without a condition that may make it null.
#   source: >-
#     Anycast EIP quick start, step 2: the associated instance must be an internal-facing CLB instance in a VPC.
package anycast.rules.binding.vpc_only

import data.anycast.lib.bindings
import data.anycast.lib.findings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.violation(binding.address, "vswitch_id", {
		"expected": concat(" ", ["the vswitch_id of", bindings.meant(target), "to be the id of a vSwitch"]),
		"got": target.vswitch.value,
		"at": target.address,
	}),
	bindings.fix_of(target, meta.custom.fix),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.vswitch.state == "none"
}

results contains findings.fixed_by(
	findings.violation(binding.address, "vswitch_id", {
		"expected": concat(" ", ["the vSwitch of", bindings.meant(target), "to stay"]),
		"got": concat(" ", [target.vswitch.value, "which this plan destroys or replaces"]),
		"at": target.address,
	}),
	bindings.fix_of(target, "Keep the vSwitch, or give the CLB another one that this plan keeps or creates."),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.vswitch.state == "leaving"
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "vswitch_id", {
		"expected": concat(" ", ["the vswitch_id of", bindings.meant(target), "to come from a vSwitch"]),
		"got": unproven(target.vswitch.value),
		"at": target.address,
	}),
	bindings.fix_of(target, fix_of(target.vswitch.value)),
) if {
	some binding in bindings.all
	some target in binding.targets
	target.vswitch.state == "unknown"
}

# Where the source is at hand: which part of the expression is in doubt, and where it stands.
unproven(value) := "a value known only after apply that may be something else" if {
	is_hidden(value)
} else := value

fix_of(value) := "Take the id of a vSwitch of this plan and nothing else (vswitch_id = alicloud_vswitch.NAME.id), or check the saved plan file instead of its JSON." if {
	is_hidden(value)
} else := "Take the id of a vSwitch of this plan and nothing else (vswitch_id = alicloud_vswitch.NAME.id)."

is_hidden(value) if value in {"(known only after apply)", "(sensitive value)"}
