# METADATA
# title: Bindings and what they bind to
# description: >-
#   Every attachment of the plan that will exist, with its facts: the targets it may reach and what could not be followed.
#   An attachment without facts has no target, so nothing proves it.
package anycast.lib.bindings

import data.anycast.lib.binding_facts
import data.anycast.lib.plan

all := [{
	"change": change,
	"address": change.address,
	"anycast": facts.anycast,
	"area": object.get(facts, "area", null),
	"later": object.get(facts, "later", {}),
	"held": object.get(facts, "held", {}),
	"unbound": object.get(facts, "unbound", null),
	"visible": facts.visible,
	"targets": [doubted(discreet(change, target), facts) | some target in facts.targets],
	"problems": [discreet(change, problem) | some problem in facts.problems],
} |
	some change in plan.attachments
	facts := object.get(binding_facts.by_address, change.address, none)
]

none := {"anycast": [null], "visible": true, "targets": [], "problems": []}

# A sensitive id is checked like any other and shown nowhere.
discreet(change, target) := object.union(target, {"by": plan.shown(change, "bind_instance_id")}) if {
	plan.planned(change, "bind_instance_id")
	plan.sensitive(change, "bind_instance_id")
} else := target

# An attribute that is known only after apply: by its expression, where the source is at hand.
later(binding, attribute) := object.get(binding.later, attribute, "a value known only after apply")

# A target that may be bound carries the reason why another one may be.
doubted(target, facts) := object.union(target, {"doubt": facts.doubt}) if {
	facts.doubt
} else := target

# A target as the sentence names it that says what is wrong with it.
meant(target) := concat("", [name(target), ", which may be bound since ", target.doubt, ","]) if {
	target.doubt
} else := name(target)

# The fix of what a load balancer is: one that is only read cannot be changed in this configuration.
fix_of(target, _) := if_bound(target, "Bind a load balancer that is internal and has a vSwitch. This one is not managed by this configuration.") if {
	is_read(target)
}

fix_of(target, fix) := if_bound(target, fix) if {
	not is_read(target)
}

# The fix of a target, and the one for what leaves open whether it is bound.
if_bound(target, fix) := concat(" ", ["Choose the load balancer by a variable, a local value or a key that the gate can evaluate. Or, for each that may be bound:", fix]) if {
	target.doubt
} else := fix

is_read(target) if target.via in {"data", "live"}

# A target as a sentence names it: what is read by its id, a group by its first member and how many more there are.
name(target) := concat(" ", ["load balancer", target.by, "of", target.address]) if {
	target.via == "data"
} else := concat(" ", ["load balancer", target.by]) if {
	target.via == "live"
} else := concat(" ", [target.address, "and", json.marshal(size(target) - 1), "more"]) if {
	size(target) > 1
} else := target.address

size(target) := object.get(target, "size", count(object.get(target, "addresses", [target.address])))
