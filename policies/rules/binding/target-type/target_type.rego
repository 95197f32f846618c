# METADATA
# title: A binding binds to a CLB
# description: >-
#   `bind_instance_type` is `SlbInstance` for a CLB. `NetworkInterface` is another way into a VPC, past the load balancer; it
#   is allowed only where anycast.yaml says so.
# custom:
#   id: binding/target-type
#   level: deny
#   locked: true
#   fix: >-
#     Set bind_instance_type = "SlbInstance", or allow network interfaces in anycast.yaml (network_interfaces: true).
#   source: >-
#     Anycast EIP quick start, step 2: instance type, default SLB instance.
package anycast.rules.binding.target_type

import data.anycast.lib.bindings
import data.anycast.lib.findings
import data.anycast.lib.plan
import data.anycast.lib.settings

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(binding.address, "bind_instance_type", {
	"expected": concat("", ["bind_instance_type to be ", concat(" or ", sort(allowed))]),
	"got": plan.shown(binding.change, "bind_instance_type"),
	"at": binding.address,
}) if {
	some binding in bindings.all
	not plan.unknown(binding.change, "bind_instance_type")
	not fits(binding)
}

results contains findings.fixed_by(
	findings.undetermined(binding.address, "bind_instance_type", {
		"expected": concat("", ["bind_instance_type to be ", concat(" or ", sort(allowed))]),
		"got": bindings.later(binding, "bind_instance_type"),
		"at": binding.address,
	}),
	findings.known_when_planned("bind_instance_type"),
) if {
	some binding in bindings.all
	plan.unknown(binding.change, "bind_instance_type")
}

fits(binding) if plan.planned(binding.change, "bind_instance_type") in allowed

allowed := {"SlbInstance", "NetworkInterface"} if {
	settings.network_interfaces == true
} else := {"SlbInstance"}
