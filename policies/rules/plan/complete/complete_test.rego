package anycast.rules.plan.complete_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.plan.complete

refused(plan) if {
	fixtures.outcomes(complete.results) == {"undetermined"} with input as plan
}

test_a_whole_plan_is_allowed if {
	count(complete.results) == 0 with input as fixtures.good
}

test_an_empty_plan_is_allowed if {
	count(complete.results) == 0 with input as object.remove(fixtures.plan([]), ["resource_changes"])
}

test_envelopes_that_are_not_sound_are_undetermined if {
	every key, values in {
		"format_version": ["2.0", "0.2", "1", "1.", "1.2.3", "1.x", "1.2 ", "11.2", 1, null],
		"errored": [true, null, "false"],
		"complete": [false, null, "true"],
		"deferred_changes": [[{}], {}, "x"],
		"resource_changes": [null, {}, "x"],
		"configuration": [null, {}, {"root_module": []}],
	} {
		every value in values {
			refused(fixtures.replaced(fixtures.good, key, value))
		}
	}
}

test_what_was_found_is_shown if {
	some odd in complete.results with input as fixtures.replaced(fixtures.good, "format_version", "2.0")
	contains(odd.message, `"2.0"`)
	some none in complete.results with input as object.remove(fixtures.good, ["format_version"])
	contains(none.message, "nothing")
}

test_attributes_left_out_are_undetermined if {
	every key in ["format_version", "errored", "complete", "resource_changes", "configuration"] {
		refused(object.remove(fixtures.good, [key]))
	}
}

test_changes_that_cannot_be_read_are_undetermined if {
	every change in [
		null,
		"x",
		object.remove(fixtures.bound.change, ["address"]),
		object.remove(fixtures.bound.change, ["type"]),
		object.remove(fixtures.bound.change, ["name"]),
		object.union(fixtures.bound.change, {"mode": "other"}),
		object.union(fixtures.bound.change, {"address": "elsewhere.t"}),
		object.remove(fixtures.bound.change, ["change"]),
		fixtures.change(fixtures.attachment_type, "t", [], {}, {}),
		fixtures.change(fixtures.attachment_type, "t", "create", {}, {}),
		fixtures.change(fixtures.attachment_type, "t", ["create"], [], {}),
	] {
		refused(fixtures.replaced(fixtures.good, "resource_changes", [change]))
	}
}

keyed(key) := fixtures.replaced(fixtures.good, "resource_changes", array.concat(
	fixtures.good.resource_changes,
	[{"address": concat("", ["alicloud_vpc.v", key]), "mode": "managed", "type": "alicloud_vpc", "name": "v", "change": {"actions": ["create"], "after": {}}}],
))

test_an_instance_key_is_a_number_or_a_text if {
	every key in ["", "[0]", "[12]", `["a"]`, `["a.b[0]"]`, `["a\"b"]`] {
		count(complete.results) == 0 with input as keyed(key)
	}
	every key in ["[]", "[x]", "[-1]", `["a]`, `["a"]["b"]`, "0", `["a"b"]`] {
		refused(keyed(key))
	}
}

test_a_data_source_to_be_read_is_fine if {
	read := {"address": "data.alicloud_zones.z", "mode": "data", "type": "alicloud_zones", "name": "z", "change": {"actions": ["read"], "after": {}}}
	count(complete.results) == 0 with input as fixtures.replaced(fixtures.good, "resource_changes", array.concat(fixtures.good.resource_changes, [read]))
}

with_ephemeral(part) := fixtures.replaced(fixtures.good, "resource_changes", array.concat(
	fixtures.good.resource_changes,
	[object.union({"address": "ephemeral.simple_resource.e", "mode": "ephemeral", "type": "simple_resource", "name": "e", "change": {"actions": ["open"], "before": null, "after": null}}, part)],
))

test_an_ephemeral_resource_is_fine if {
	count(complete.results) == 0 with input as with_ephemeral({})
}

test_what_only_pretends_to_be_ephemeral_is_undetermined if {
	every part in [
		{"type": fixtures.attachment_type},
		{"type": "alicloud_slb_load_balancer"},
		{"change": {"actions": ["create"]}},
		{"change": {"after": {}}},
		{"address": null},
		{"mode": "other"},
		{"mode": null},
	] {
		refused(with_ephemeral(part))
	}
}

opentofu(plan) := object.union(object.remove(plan, ["complete"]), {"configuration": {"provider_config": {"alicloud": {"full_name": "registry.opentofu.org/aliyun/alicloud"}}}})

test_opentofu_writes_no_complete if {
	count(complete.results) == 0 with input as opentofu(fixtures.good)
	mixed := object.union(opentofu(fixtures.good), {"configuration": {"provider_config": {"other": {"full_name": "registry.terraform.io/aliyun/alicloud"}}}})
	refused(mixed)
}

test_a_binding_configured_but_not_planned_is_undetermined_where_complete_is_not_written if {
	hidden := object.union(opentofu(fixtures.good), {"resource_changes": []})
	refused(hidden)
	refused(object.union(hidden, {"resource_changes": [fixtures.change(fixtures.clb_type, "lb", ["no-op"], {}, {})]}))
	counted := fixtures.replaced(hidden.configuration, "root_module", {"resources": [object.union(fixtures.bound.block, {"count_expression": {"references": ["var.n"]}})]})
	count(complete.results) == 0 with input as fixtures.replaced(hidden, "configuration", counted)
	keyed := fixtures.replaced(hidden.configuration, "root_module", {"resources": [object.union(fixtures.bound.block, {"for_each_expression": {"references": ["var.n"]}})]})
	count(complete.results) == 0 with input as fixtures.replaced(hidden, "configuration", keyed)
}

test_a_plan_that_changes_anything_plans_every_binding if {
	refused(fixtures.replaced(fixtures.good, "resource_changes", [fixtures.internal_clb.change]))
	refused(fixtures.replaced(fixtures.good, "resource_changes", [fixtures.change("alicloud_instance", "i", ["create"], {}, {})]))
	every change in [
		fixtures.change(fixtures.clb_type, "lb", ["no-op"], {}, {}),
		fixtures.change(fixtures.clb_type, "lb", ["delete"], null, {}),
		{"address": "data.alicloud_zones.z", "mode": "data", "type": "alicloud_zones", "name": "z", "change": {"actions": ["open"], "after": {}}},
	] {
		count(complete.results) == 0 with input as fixtures.replaced(fixtures.good, "resource_changes", [change])
	}
}

test_only_a_plan_that_opentofu_surely_made_goes_without_complete if {
	refused(object.union(opentofu(fixtures.good), {"complete": false}))
	elsewhere := {"configuration": {"provider_config": {"alicloud": {"full_name": "registry.example.com/aliyun/alicloud"}}}}
	refused(object.union(opentofu(fixtures.good), elsewhere))
}

test_a_list_that_is_there_must_be_readable_even_with_nothing_to_apply if {
	refused(object.union(fixtures.good, {"resource_changes": null, "applyable": false}))
}

test_a_data_source_is_named_like_everything_else if {
	read := {"address": "data.alicloud_zones.z", "mode": "data", "type": "alicloud_zones", "name": "z", "change": {"actions": ["read"], "after": {}}}
	every name in ["address", "type", "name"] {
		refused(fixtures.replaced(fixtures.good, "resource_changes", array.concat(fixtures.good.resource_changes, [fixtures.replaced(read, name, 1)])))
	}
}

in_module(call) := object.union(opentofu(fixtures.good), {"resource_changes": [], "configuration": {"root_module": {
	"resources": [],
	"module_calls": {"m": object.union({"module": {"resources": [fixtures.bound.block]}}, call)},
}}})

test_a_module_that_is_called_without_keys_plans_its_bindings if {
	refused(in_module({}))
	every keys in ["count_expression", "for_each_expression"] {
		count(complete.results) == 0 with input as in_module({keys: {"references": ["var.n"]}})
	}
}

test_a_removal_is_fine if {
	gone := fixtures.change(fixtures.attachment_type, "t", ["delete"], null, {})
	count(complete.results) == 0 with input as fixtures.replaced(fixtures.good, "resource_changes", [gone])
}

test_a_plan_with_nothing_to_apply_lists_nothing if {
	idle := object.union(object.remove(fixtures.good, ["resource_changes"]), {"applyable": false})
	count(complete.results) == 0 with input as idle
}

test_a_plan_that_lists_nothing_though_it_applies_something_is_undetermined if {
	every plan in [fixtures.replaced(fixtures.good, "resource_changes", []), object.remove(fixtures.good, ["resource_changes"])] {
		refused(plan)
		refused(object.union(plan, {"applyable": true}))
		count(complete.results) == 0 with input as object.union(plan, {"applyable": false})
	}
}

made(actions) := {"address": "alicloud_vpc.v", "mode": "managed", "type": "alicloud_vpc", "name": "v", "change": {"actions": actions, "after": {}}}

test_a_plan_that_makes_anything_shows_every_binding if {
	every actions in [["create"], ["update"], ["delete", "create"], ["unheard-of"]] {
		refused(fixtures.replaced(fixtures.good, "resource_changes", [made(actions)]))
	}
	every actions in [["delete"], ["forget"], ["no-op"], ["read"]] {
		count(complete.results) == 0 with input as fixtures.replaced(fixtures.good, "resource_changes", [made(actions)])
	}
}
