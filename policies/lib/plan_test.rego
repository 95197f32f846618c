package anycast.lib.plan_test

import data.anycast.lib.plan

marked(marker) := {"change": {"after": {"a": 1}, "after_unknown": marker}}

test_unknown_markers_at_every_level if {
	every marker in [{"a": true}, {"a": [true]}, {"a": {"b": true}}, {"a": "odd"}, "odd", true, [], null] {
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
}

test_a_value_that_is_planned_and_called_unknown_is_a_contradiction if {
	plan.contradictory(marked({"a": true}), "a")
	not plan.contradictory(marked({}), "a")
	not plan.contradictory(marked({"b": true}), "b")
	not plan.contradictory({"change": {"after": {"a": null}, "after_unknown": {"a": true}}}, "a")
}
