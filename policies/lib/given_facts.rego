# METADATA
# title: The facts that the caller gives
# description: >-
#   Facts count only as a whole: where anything of the document is not as it should be, none of it is used, and
#   plan/complete says what is wrong with it.
package anycast.lib.given_facts

import data.anycast.lib.plan

document := input.anycast_facts if {
	count(problems) == 0
} else := {"version": 1, "bindings": [], "unplanned": [], "configured": []}

problems contains "no document of version 1" if not input.anycast_facts.version == 1

problems contains "no list of bindings" if not is_array(part("bindings"))

problems contains "no list of the addresses that are not planned" if not texts(part("unplanned"))

problems contains "something else than a list of configured attributes" if {
	configured := input.anycast_facts.configured
	not is_array(configured)
}

problems contains named("incomplete facts of", incomplete) if count(incomplete) > 0

problems contains named("facts that do not fit the type of", unfitting) if count(unfitting) > 0

problems contains named("no facts of", planned - told) if count(planned - told) > 0

problems contains named("facts of a binding that is not planned:", told - planned) if count(told - planned) > 0

problems contains "facts of one binding twice" if count(input.anycast_facts.bindings) != count(told)

# Null for what is not there: an argument that is undefined would make a negated condition undefined, too.
part(name) := value if {
	value := input.anycast_facts[name]
} else := null

planned := {change.address | some change in plan.attachments}

told := {object.get(facts, "address", null) | some facts in input.anycast_facts.bindings}

# The first of them, and how many more there are.
named(what, addresses) := concat(" ", [what, plan.text(sort(addresses)[0]), "and", json.marshal(count(addresses) - 1), "more"]) if {
	count(addresses) > 1
} else := concat(" ", [what, plan.text(sort(addresses)[0])])

incomplete contains object.get(facts, "address", null) if {
	some facts in input.anycast_facts.bindings
	not complete(facts)
}

complete(facts) if {
	is_string(facts.address)
	is_array(facts.anycast)
	every origin in facts.anycast {
		text_or_null(origin)
	}
	is_string(object.get(facts, "area", ""))
	is_string(object.get(facts, "doubt", ""))
	is_object(object.get(facts, "later", {}))
	every text in object.get(facts, "later", {}) {
		is_string(text)
	}
	is_string(object.get(facts, "unbound", ""))
	every _, row in object.get(facts, "held", {}) {
		texts([row.anycast, row.instance, row.region, row.by])
	}
	is_array(facts.targets)
	every target in facts.targets {
		complete_target(target)
	}
	is_array(facts.problems)
	every problem in facts.problems {
		complete_problem(problem)
	}
	is_boolean(facts.visible)
}

complete_target(target) if {
	is_string(target.address)
	target.via in {"reference", "id", "data", "live"}
	is_string(target.by)
	is_string(target.type)
	is_string(target.region.from)
	text_or_null(target.region.value)
	is_string(object.get(target.region, "shown", ""))
	is_boolean(target.exists)
	is_boolean(object.get(target, "trusted", true))
	is_string(object.get(target, "shown_address_type", ""))
	is_string(object.get(target, "status", ""))
	complete_private_address(object.get(target, "private_address", {"value": "", "problem": "taken", "by": ""}))
	is_array(target.outside)
	every part in target.outside {
		complete_part(part)
	}
	complete_group(target)
	told_or_not_applicable(target)
}

complete_private_address(found) if {
	texts([found.value, found.by])
	found.problem in {"outside", "taken"}
}

# One, or a group of several of which the plan says the same: all of them, or where they are many how many they are.
complete_group(target) if {
	not "addresses" in object.keys(target)
	size := object.get(target, "size", 1)
	is_number(size)
	size >= 1
}

complete_group(target) if {
	not "size" in object.keys(target)
	target.addresses[0] == target.address
	texts(target.addresses)
}

told_or_not_applicable(target) if {
	target.address_type.state in {"known", "left out", "unknown"}
	text_or_null(target.address_type.value)
	target.vswitch.state in {"given", "none", "unknown", "leaving"}
	is_string(target.vswitch.value)
}

told_or_not_applicable(target) if network_interface(target)

network_interface(target) if {
	not "address_type" in object.keys(target)
	not "vswitch" in object.keys(target)
	some kind in plan.terraform.network_interfaces
	target.type == kind.type
}

# A network interface has neither address type nor vSwitch, so nothing would be said of it where a CLB is bound.
unfitting contains facts.address if {
	some facts in input.anycast_facts.bindings
	not interface_bindings[facts.address]
	some target in facts.targets
	network_interface(target)
}

unfitting contains facts.address if {
	some facts in input.anycast_facts.bindings
	interface_bindings[facts.address]
	some target in facts.targets
	not network_interface(target)
}

interface_bindings := {change.address |
	some change in plan.attachments
	change.change.after.bind_instance_type == "NetworkInterface"
}

complete_part(part) if {
	is_string(part.address)
	is_string(part.attribute)
	is_string(part.from)
	text_or_null(part.value)
}

complete_problem(problem) if {
	is_string(problem.problem)
	is_string(problem.by)
	is_string(object.get(problem, "at", ""))
	is_string(object.get(problem, "fix", ""))
	object.get(problem, "attribute", "anycast_id") == "anycast_id"
}

text_or_null(value) if is_string(value)

text_or_null(null)

texts(list) if {
	is_array(list)
	every item in list {
		is_string(item)
	}
}
