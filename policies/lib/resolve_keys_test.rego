package anycast.lib.resolve_keys_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.lib.resolve
import data.anycast.lib.resolve_test as plans

clb := fixtures.internal_clb

lb := "alicloud_slb_load_balancer.lb"

id := concat("", [lb, ".id"])

gone := {"refers to a load balancer that will not exist, or not in this plan"}

written := {"may be a value that is written down instead of a load balancer of this plan"}

test_a_literal_key_that_is_not_there_means_no_other if {
	plans.problems(plans.keyed_plan([""], {"references": [`alicloud_slb_load_balancer.lb["z"].id`, `alicloud_slb_load_balancer.lb["z"]`, lb]})) == gone
}

test_another_attribute_of_an_instance_is_no_id if {
	other := plans.keyed_plan([""], {"references": [`alicloud_slb_load_balancer.lb["x"].address`, `alicloud_slb_load_balancer.lb["x"]`, lb]})
	plans.problems(other) == {"takes alicloud_slb_load_balancer.address, which is not the id of a load balancer"}
}

taken_by(text) := plans.keyed_plan([`["x"]`], {"references": [lb, "each.key"], "constant_value": text})

test_a_text_shows_what_is_taken_of_an_instance if {
	every text in ["${alicloud_slb_load_balancer.lb[each.key].id}", "${ alicloud_slb_load_balancer.lb [each.key] [\"id\"] }"] {
		plans.found(taken_by(text)) == {concat("", [lb, `["x"]`])}
	}
	every taken, texts in {
		".address": ["${alicloud_slb_load_balancer.lb[each.key].address}", "${alicloud_slb_load_balancer.lb[each.key][\"address\"]}", "${one(alicloud_slb_load_balancer.lb[*].address)}", "${alicloud_slb_load_balancer.lb.*.address[0]}", "${alicloud_slb_load_balancer.lb[{\"x\" = [\"y\"]}[each.key][0]].address}"],
		".id or .status": ["${alicloud_slb_load_balancer.lb[each.key].status == each.key ? alicloud_slb_load_balancer.lb[each.key].id : each.key}"],
	} {
		every text in texts {
			plans.problems(taken_by(text)) == {concat("", ["takes alicloud_slb_load_balancer", taken, ", which is not the id of a load balancer"])}
		}
	}
}

test_of_several_attributes_the_one_that_is_taken_counts if {
	parts := {"references": [lb, "each.key"], "constant_value": "${[{ip = alicloud_slb_load_balancer.lb[*].address, id = alicloud_slb_load_balancer.lb[*].id}][0]}"}
	plans.found(plans.argument_plan(parts, plans.by_path(".id"))) == {lb}
}

test_a_text_shows_which_output_of_a_module_is_meant if {
	address := {"expression": {"references": [concat("", [lb, ".address"]), lb]}}
	name := {"expression": {"references": [concat("", [lb, ".load_balancer_name"]), lb]}}
	module := object.union(plans.output_module, {"outputs": {"address": address, "name": name}})
	no_id := {"takes alicloud_slb_load_balancer.address, which is not the id of a load balancer"}
	no_name := {"takes alicloud_slb_load_balancer.load_balancer_name, which is not the id of a load balancer"}
	every text, expected in {
		"${module.m[var.x].id}": set(),
		"${module.m[var.x].address}": no_id,
		"${module.m[var.x][\"name\"]}": no_name,
		"${coalesce(module.m[var.x].id, values(module.m)[0].name)}": no_name,
		"${one(values(module.m)).id}": no_name,
	} {
		plans.problems(plans.output_plan([`["a"]`], {"references": ["module.m"], "constant_value": text}, module)) == expected
	}
	none := {"references": ["module.m"], "constant_value": "${module.m[0].other}"}
	plans.problems(plans.output_plan([`["a"]`], none, module)) == {"is a module that the plan does not hold"}
}

test_two_load_balancers_are_no_keys_of_each_other if {
	second := fixtures.resource("alicloud_slb", "other", {}, {"id": true}, {})
	changes := array.concat(
		[plans.placed("", change, key) | some change in [clb.change, second.change]; some key in plans.keyed],
		[plans.placed("", plans.bound_change, "")],
	)
	root := {"resources": [plans.binding_block({"references": [lb, "alicloud_slb.other"]}), clb.block, second.block]}
	count(plans.found(plans.plan(changes, root))) == 4
}

# Bindings under a key that is an id: the key may be what is bound.
evil(expression) := plans.plan(
	[clb.change, plans.placed("", plans.bound_change, `["lb-evil"]`)],
	{"resources": [plans.binding_block(expression), clb.block]},
)

test_a_key_that_is_no_index_may_be_the_value if {
	plans.problems(evil({"references": [id, lb, "each.key"]})) == written
}

test_a_key_that_is_an_index_is_none_of_the_values if {
	key := `["lb-x"]`
	changes := [plans.placed(concat("", ["module.m", key]), clb.change, ""), plans.placed("", plans.bound_change, key)]
	root := {"resources": [plans.binding_block({"references": ["module.m", "each.key"]})], "module_calls": {"m": {"module": plans.output_module}}}
	plans.found(plans.plan(changes, root)) == {`module.m["lb-x"].alicloud_slb_load_balancer.lb`}
}

test_what_a_plan_does_not_hold_is_not_left_aside if {
	every name, why in {
		"var.missing": "is a variable whose value the plan does not hold",
		"local.x": "is a local value, which plan JSON does not hold",
		"data.alicloud_x.y.id": "is read by a data source during apply only",
		"???": "is not understood",
	} {
		plans.problems(plans.keyed_plan([""], {"references": [`alicloud_slb_load_balancer.lb["x"].id`, `alicloud_slb_load_balancer.lb["x"]`, lb, name]})) == {why}
	}
}

modules(module_keys, binding_key, references) := plans.plan(
	array.concat(
		[plans.placed(concat("", ["module.", key]), clb.change, "") | some key in module_keys],
		[plans.placed("", plans.bound_change, binding_key)],
	),
	{
		"resources": [plans.binding_block({"references": references})],
		"module_calls": {name: {"module": plans.output_module} | some name in ["m", "mm"]},
	},
)

in_modules(keys) := {concat("", ["module.", key, ".", lb]) | some key in keys}

two := [`m["x"]`, `m["y"]`]

test_a_modules_instance_is_taken_by_the_same_key_only_where_it_is_indexed_by_it if {
	plans.found(modules(two, `["x"]`, ["module.m", "each.key"])) == in_modules([`m["x"]`])
	plans.found(modules(two, `["x"]`, ["module.m"])) == in_modules(two)
	plans.found(modules(two, `["z"]`, ["module.m", "each.key"])) == in_modules(two)
	plans.found(modules([`m["x"]`, `mm["y"]`], `["z"]`, ["module.m", "each.key"])) == in_modules([`m["x"]`])
}

test_instances_of_a_module_are_those_of_the_same_parent if {
	inner := {"m": {"module": plans.output_module}}
	outer := {"resources": [plans.binding_block({"references": ["module.m", "each.key"]})], "module_calls": inner}
	changes := [
		plans.placed(`module.p["a"].module.m["k"]`, clb.change, ""),
		plans.placed(`module.p["b"].module.m["l"]`, clb.change, ""),
		plans.placed(`module.p["a"].module.m["k"].module.m["n"]`, clb.change, ""),
		plans.placed(`module.p["a"]`, plans.bound_change, `["z"]`),
	]
	the_plan := plans.plan(changes, {"resources": [], "module_calls": {"p": {"module": outer}}})
	plans.found(the_plan) == {`module.p["a"].module.m["k"].alicloud_slb_load_balancer.lb`}
}

# module.p makes nothing, it only passes on what it is given.
passing(references, binding_key) := plans.plan(
	array.concat([plans.placed("", clb.change, key) | some key in plans.keyed], [plans.placed("", plans.bound_change, binding_key)]),
	{
		"resources": [plans.binding_block({"references": references}), clb.block],
		"module_calls": {"p": {
			"expressions": {"lb": {"references": [lb, "each.key"]}},
			"module": {"outputs": {"id": {"expression": {"references": ["var.lb"]}}}, "variables": {"lb": {}}},
		}},
	},
)

test_a_module_without_resources_passes_a_key_on_only_where_it_is_indexed_by_it if {
	count(plans.found(passing(["module.p", "each.key"], `["x"]`))) == 1
	count(plans.found(passing(["module.p"], `["x"]`))) == 2
	count(plans.found(passing(["module.p"], ""))) == 2
}

test_a_block_without_keys_has_no_key_of_its_own if {
	resolve.own({}, "") == resolve.none
	resolve.own({}, "[0]").by == "count.index"
	resolve.own({}, `["x"]`).by == "each.key"
}

cursor(rest) := {"exact": true, "loose": false, "rest": rest}

expression(parts) := object.union({"heads": [lb], "texts": [], "composite": false}, parts)

shown := expression({"texts": ["${alicloud_slb_load_balancer.lb}"]})

adjacent := expression({"heads": [lb, "var.x"]})

test_what_is_taken_from_what_shows_no_text_may_stand_beside_it if {
	resolve.moved(cursor(""), expression({}), lb) == cursor("")
	resolve.moved(cursor(".id"), expression({}), lb) == object.union(cursor(".id"), {"exact": false})
	resolve.moved(cursor(`["x"]`), expression({}), lb) == object.union(cursor(`["x"]`), {"exact": false, "loose": true})
	resolve.moved(cursor(`["x"]`), shown, lb) == cursor(`["x"]`)
	resolve.moved(cursor(`["x"]`), adjacent, lb) == object.union(cursor(`["x"]`), {"exact": false})
	again := object.union(cursor(".id"), {"loose": true})
	resolve.moved(again, expression({}), lb) == object.union(again, {"exact": false})
}

test_of_what_surrounds_a_reference_only_the_last_name_is_kept if {
	resolve.rest(cursor("[0].id"), expression({}), lb) == ".id"
	resolve.rest(cursor("[0].id"), shown, lb) == "[0].id"
	resolve.rest(cursor("[0].id"), expression({"heads": ["var.x"]}), "var.x") == "[0].id"
	resolve.rest(cursor(`["x"].id`), expression({}), lb) == `["x"].id`
	resolve.rest(cursor(`["x"].id`), adjacent, lb) == ".id"
	resolve.rest(cursor(`["x"]`), adjacent, lb) == ""
	resolve.rest(cursor(".id"), expression({"heads": ["module.m", lb]}), "module.m") == ""
	resolve.rest(cursor(".id"), expression({"heads": ["module.m.o", lb]}), "module.m.o") == ".id"
	resolve.rest(cursor(".id"), expression({"heads": ["each.key", lb]}), "each.key") == ""
	resolve.rest(cursor(".id"), expression({"heads": ["path.module", lb]}), "path.module") == ""
}

test_a_part_that_is_written_out_is_all_that_is_meant if {
	second := fixtures.resource(fixtures.clb_type, "other", {}, {"id": true}, {})
	parts := {"constant_value": {"a": "${alicloud_slb_load_balancer.lb.id}", "b": "${alicloud_slb_load_balancer.other.id}"}, "references": [id, lb, "alicloud_slb_load_balancer.other.id", "alicloud_slb_load_balancer.other"]}
	the_plan := plans.argument_plan(parts, {"references": ["var.lb.a", "var.lb"]})
	plans.found(object.union(the_plan, {"resource_changes": array.concat(the_plan.resource_changes, [second.change])})) == {lb}
}

# A binding of any output of module.m, one of which is written down.
chosen(outputs) := plans.plan(
	[plans.placed("module.m", clb.change, ""), plans.placed("module.m", keyed_second, `["lb-evil"]`), plans.placed("", plans.bound_change, "")],
	{
		"resources": [plans.binding_block({"references": ["module.m"]})],
		"module_calls": {"m": {"module": object.union(plans.output_module, {"outputs": {name: {"expression": expression} | some name, expression in outputs}})}},
	},
)

keyed_second := object.union(clb.change, {"name": "second"})

test_only_a_key_of_a_load_balancer_that_is_bound_is_no_id if {
	second := `alicloud_slb_load_balancer.second["lb-evil"]`
	key := {"constant_value": "lb-evil"}
	address := {"references": [concat("", [second, ".address"]), second, "alicloud_slb_load_balancer.second"]}
	plans.problems(chosen({"second": address})) == set()
	plans.problems(chosen({"second": address, "key": key})) == written
	bound := {"references": [concat("", [second, ".id"]), second, "alicloud_slb_load_balancer.second"]}
	plans.problems(chosen({"second": bound, "key": key})) == set()
}
