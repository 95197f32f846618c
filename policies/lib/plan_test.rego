package anycast.lib.plan_test

import data.anycast.lib.plan

marked(marker) := {"change": {"after": {"a": 1}, "after_unknown": marker}}

test_unknown_markers_at_every_level if {
	every marker in [{"a": true}, {"a": [true]}, {"a": {"b": true}}, {"a": "odd"}, {"a": ""}, "odd", true, [], null] {
		plan.unknown(marked(marker), "a")
		not plan.planned(marked(marker), "a")
	}
	every marker in [{}, {"a": false}, {"a": []}, {"a": {}}, {"b": true}] {
		not plan.unknown(marked(marker), "a")
		plan.planned(marked(marker), "a") == 1
	}
}

test_what_is_left_out_reads_as_null if {
	plan.planned(marked({}), "b") == null
	plan.shown(marked({}), "b") == "null"
	plan.shown({"change": {"after": 1, "after_unknown": {}}}, "b") == "nothing"
	plan.shown(marked({"b": true}), "b") == "(known only after apply)"
}

test_a_value_that_is_planned_and_called_unknown_is_a_contradiction if {
	plan.contradictory(marked({"a": true}), "a")
	not plan.contradictory(marked({}), "a")
	not plan.contradictory(marked({"b": true}), "b")
	not plan.contradictory({"change": {"after": {"a": null}, "after_unknown": {"a": true}}}, "a")
}

test_only_hcp_terraforms_wrapping_is_unwrapped if {
	inner := {"format_version": "1.2"}
	plan.doc == inner with input as {"run": {}, "plan": inner}
	every outer in [
		{"format_version": "1.2", "run": {}, "plan": inner},
		{"run": "x", "plan": inner},
		{"plan": inner},
		{"run": {}, "plan": "x"},
		{"run": {}},
	] {
		plan.doc == outer with input as outer
	}
}

test_only_what_surely_will_not_exist_is_removed if {
	every actions in [["delete"], ["forget"], ["delete", "forget"]] {
		plan.removed({"change": {"actions": actions, "after": null}})
		not plan.removed({"change": {"actions": actions, "after": {}}})
		not plan.removed({"change": {"actions": actions}})
	}
	every actions in [[], ["delete", "create"], ["no-op"], ["bury"], "delete"] {
		not plan.removed({"change": {"actions": actions, "after": null}})
	}
}

test_a_stranger_is_not_trusted_but_not_unheard_of if {
	plan.trusted({"provider_name": "registry.terraform.io/aliyun/alicloud"}) == true
	plan.trusted({"provider_name": "registry.terraform.io/evil/alicloud"}) == false
	plan.trusted({}) == false
}
