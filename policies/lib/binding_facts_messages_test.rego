package anycast.lib.binding_facts_messages_test

import data.anycast.lib.binding_facts_test as given

test_a_target_that_may_be_bound_is_told_with_what_leaves_it_open if {
	every values in [
		{"address_type": {"state": "known", "value": "internet"}, "shown_address_type": "internet"},
		{"address_type": {"state": "left out", "value": null}},
		{"address_type": {"state": "unknown", "value": null}},
		{"vswitch": {"state": "none", "value": "null"}},
		{"vswitch": {"state": "leaving", "value": "alicloud_vswitch.s"}},
		{"vswitch": {"state": "unknown", "value": "x, which may be null"}},
		{"region": {"value": "cn-hongkong", "from": "provider alicloud"}},
		{"status": "inactive"},
	] {
		[sure] := given.decided(given.with_target(values)).findings
		not contains(sure.message, "may be bound")
		[open] := given.decided(with_doubt(values, doubt)).findings
		open.rule == sure.rule
		contains(open.message, "alicloud_slb_load_balancer.lb, which may be bound since `local.key` calls file (main.tf:3), ")
		open.fix == concat(" ", ["Choose the load balancer by a variable, a local value or a key that the gate can evaluate. Or, for each that may be bound:", sure.fix])
	}
	given.decided(with_doubt({}, doubt)).evidence == given.decided(given.with_target({})).evidence
	given.refused(with_doubt({}, 1))
}

test_an_attribute_of_the_apply_is_told_by_its_expression if {
	every attribute in ["bind_instance_region_id", "bind_instance_type", "association_mode"] {
		open := with_unknown(attribute, {"later": {attribute: "local.x, which is known only after apply (main.tf:3)"}})
		every finding in messages(open, attribute) {
			contains(finding, "got `local.x, which is known only after apply (main.tf:3)` (at ")
		}
		untold := messages(with_unknown(attribute, {}), attribute)
		count(untold) > 0
		count(messages(open, attribute)) == count(untold)
		every finding in untold {
			contains(finding, "got `a value known only after apply` (at ")
		}
	}
	every later in [null, [], "x", {"bind_instance_type": 1}] {
		given.refused(given.with_binding({"later": later}))
	}
}

messages(input_plan, attribute) := [finding.message | some finding in given.decided(input_plan).findings; finding.attribute == attribute]

with_unknown(attribute, more) := object.union(
	given.with_facts(object.union(given.facts, {"bindings": [object.union(given.binding, more)], "configured": [{"address": given.binding.address, "attribute": attribute}]})),
	{"resource_changes": [
	object.union(change, {"change": {"after_unknown": {name: true | some name in [attribute]; change.address == given.binding.address}}}) |
		some change in given.plan.resource_changes
	]},
)

test_a_target_that_is_only_read_is_named_by_its_id_and_not_to_be_changed if {
	every via, name in {
		"data": "load balancer lb-1 of data.alicloud_slb_load_balancers.d",
		"live": "load balancer lb-1",
	} {
		read := {"via": via, "by": "lb-1", "address": "data.alicloud_slb_load_balancers.d"}
		every values in [
			{"address_type": {"state": "known", "value": "internet"}, "shown_address_type": "internet"},
			{"vswitch": {"state": "none", "value": "null"}},
		] {
			[finding] := [finding | some finding in given.decided(given.with_target(object.union(read, values))).findings; finding.level == "deny"]
			contains(finding.message, concat("", [" of ", name, " to be "]))
			finding.fix == "Bind a load balancer that is internal and has a vSwitch. This one is not managed by this configuration."
		}
	}
}

doubt := "`local.key` calls file (main.tf:3)"

with_doubt(values, why) := given.with_binding({"targets": [object.union(given.target, values)], "doubt": why})
