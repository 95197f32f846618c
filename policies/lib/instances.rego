# METADATA
# title: Which instances bindings bind, by their names
package anycast.lib.instances

import data.anycast.lib.bindings
import data.anycast.lib.plan
import data.anycast.lib.resources

# The one instance that a binding binds for sure.
exact(binding) := resources.instance_name(id) if {
	id := plan.planned(binding.change, "bind_instance_id")
} else := resources.instance_name(binding.targets[0].address) if {
	count({target.address | some target in binding.targets}) == 1
	every target in binding.targets {
		target.via in {"reference", "id"}
		bindings.size(target) == 1
	}
	count(binding.problems) == 0
}

# The instances that a binding may bind.
possible(binding) := {instance} if {
	instance := exact(binding)
} else := {resources.instance_name(member) |
	some target in binding.targets
	target.via in {"reference", "id"}
	some member in object.get(target, "addresses", [target.address])
}
