package anycast.lib.resolve_test

import data.anycast.lib.bindings
import data.anycast.lib.expressions
import data.anycast.lib.fixtures_test as fixtures

# An instance in a module and under a key: its change, planned as an internal CLB or a binding.
placed(module, base_change, key) := object.union(object.union(base_change, {"address": concat("", [prefix, base_change.type, ".", base_change.name, key])}), extra) if {
	prefix := concat("", [text | some text in [module, "."]; module != ""])
	extra := {"module_address": module}
	module != ""
} else := object.union(base_change, {"address": concat("", [base_change.type, ".", base_change.name, key])})

plan(changes, root_module) := {
	"format_version": "1.2",
	"terraform_version": "1.11.4",
	"complete": true,
	"errored": false,
	"resource_changes": changes,
	"configuration": {"provider_config": fixtures.providers, "root_module": root_module},
}

binding_block(expression) := fixtures.block(fixtures.attachment_type, "t", {"bind_instance_id": expression})

found(the_plan) := {target.address | some binding in checked; some target in binding.targets} if {
	checked := bindings.all with input as the_plan
	every binding in checked {
		count(binding.problems) == 0
	}
}

problems(the_plan) := {target.problem | some binding in checked; some target in binding.problems} if {
	checked := bindings.all with input as the_plan
}

clb_change := fixtures.internal_clb.change

bound_change := fixtures.bound.change

keyed := ["[\"x\"]", "[\"y\"]"]

keyed_plan(keys, expression) := plan(
	array.concat(
		[placed("", clb_change, key) | some key in keyed],
		[placed("", bound_change, key) | some key in keys],
	),
	{"resources": [binding_block(expression), fixtures.internal_clb.block]},
)

test_a_literal_key_names_one_instance if {
	found(keyed_plan([""], {"references": [`alicloud_slb_load_balancer.lb["x"].id`, `alicloud_slb_load_balancer.lb["x"]`, "alicloud_slb_load_balancer.lb"]})) == {`alicloud_slb_load_balancer.lb["x"]`}
}

test_each_key_takes_the_same_key if {
	found(keyed_plan([`["x"]`], {"references": [`alicloud_slb_load_balancer.lb`, "each.key"]})) == {`alicloud_slb_load_balancer.lb["x"]`}
}

test_a_key_that_is_not_shared_may_be_any if {
	found(keyed_plan([`["z"]`], {"references": [`alicloud_slb_load_balancer.lb`, "each.key"]})) == {`alicloud_slb_load_balancer.lb["x"]`, `alicloud_slb_load_balancer.lb["y"]`}
}

test_a_splat_may_be_any if {
	found(keyed_plan([""], {"references": [`alicloud_slb_load_balancer.lb`]})) == {`alicloud_slb_load_balancer.lb["x"]`, `alicloud_slb_load_balancer.lb["y"]`}
}

test_a_text_tells_whether_the_key_is_the_same if {
	same := {"constant_value": "${alicloud_slb_load_balancer.lb[each.key].id}", "references": ["alicloud_slb_load_balancer.lb", "each.key"]}
	found(keyed_plan([`["x"]`], same)) == {`alicloud_slb_load_balancer.lb["x"]`}
	made := {"constant_value": "${alicloud_slb_load_balancer.lb[\"${each.key}\"].id}", "references": ["alicloud_slb_load_balancer.lb", "each.key"]}
	count(problems(keyed_plan([`["x"]`], made))) == 1
	other := {"constant_value": "${alicloud_slb_load_balancer.lb[lower(each.key)].id}", "references": ["alicloud_slb_load_balancer.lb", "each.key"]}
	count(problems(keyed_plan([`["x"]`], other))) == 1
	picked := {"constant_value": "${element(values(alicloud_slb_load_balancer.lb), 0).id}", "references": ["alicloud_slb_load_balancer.lb"]}
	count(found(keyed_plan([`["x"]`], picked))) == 2
}

test_count_index_takes_the_same_index if {
	changes := array.concat([placed("", clb_change, key) | some key in ["[0]", "[1]"]], [placed("", bound_change, "[1]")])
	root := {"resources": [binding_block({"references": ["alicloud_slb_load_balancer.lb", "count.index"]}), fixtures.internal_clb.block]}
	found(plan(changes, root)) == {"alicloud_slb_load_balancer.lb[1]"}
}

each_value_plan(for_each, expression) := plan(
	array.concat([placed("", clb_change, key) | some key in keyed], [placed("", bound_change, `["x"]`)]),
	{"resources": [object.union(binding_block(expression), {"for_each_expression": for_each}), fixtures.internal_clb.block]},
)

test_each_value_is_the_element_of_for_each if {
	value := {"references": ["each.value.id", "each.value"]}
	found(each_value_plan({"references": ["alicloud_slb_load_balancer.lb"]}, value)) == {`alicloud_slb_load_balancer.lb["x"]`}
	composite := {"constant_value": {"x": "${alicloud_slb_load_balancer.lb}"}, "references": ["alicloud_slb_load_balancer.lb"]}
	count(found(each_value_plan(composite, value))) == 2
	listed := {"constant_value": ["${alicloud_slb_load_balancer.lb}"], "references": ["alicloud_slb_load_balancer.lb"]}
	count(found(each_value_plan(listed, value))) == 2
	count(problems(each_value_plan({"references": ["local.all"]}, value))) == 1
	count(problems(each_value_plan({"constant_value": {"x": "lb-1"}}, value))) == 1
}

test_each_value_without_for_each_is_not_understood if {
	root := {"resources": [binding_block({"references": ["each.value.id", "each.value"]}), fixtures.internal_clb.block]}
	problems(plan([clb_change, bound_change], root)) == {"is not understood"}
}

# module.m makes the CLB; the root binds its output.
output_module := {
	"outputs": {"id": {"expression": fixtures.references("alicloud_slb_load_balancer.lb")}},
	"resources": [fixtures.internal_clb.block],
}

output_plan(module_keys, expression, module) := plan(
	array.concat([placed(concat("", ["module.m", key]), clb_change, "") | some key in module_keys], [placed("", bound_change, "")]),
	{"resources": [binding_block(expression)], "module_calls": {"m": {"module": module}}},
)

test_an_output_is_followed_into_its_module if {
	found(output_plan([""], {"references": ["module.m.id", "module.m"]}, output_module)) == {"module.m.alicloud_slb_load_balancer.lb"}
	found(output_plan([`["a"]`, `["b"]`], {"references": [`module.m["b"].id`, `module.m["b"]`]}, output_module)) == {`module.m["b"].alicloud_slb_load_balancer.lb`}
}

test_an_output_that_is_not_there_is_undetermined if {
	problems(output_plan([""], {"references": ["module.m.other", "module.m"]}, output_module)) == {"is an output that the plan does not hold"}
	problems(output_plan([""], {"references": ["module.n", "module.n"]}, output_module)) == {"is a module that the plan does not hold"}
}

test_a_module_without_the_outputs_name_may_mean_any_output if {
	expression := {"references": ["module.m"]}
	count(found(output_plan([`["a"]`, `["b"]`], expression, output_module))) == 2
	with_address := object.union(output_module, {"outputs": {"address": {"expression": {"references": ["alicloud_slb_load_balancer.lb.address", "alicloud_slb_load_balancer.lb"]}}}})
	count(found(output_plan([`["a"]`], expression, with_address))) == 1
	with_vswitch := object.union(output_module, {"outputs": {"vswitch": {"expression": fixtures.references("alicloud_vswitch.s")}}})
	count(found(output_plan([`["a"]`], expression, with_vswitch))) == 1
	with_name := object.union(output_module, {"outputs": {"name": {"expression": {"references": ["alicloud_slb_load_balancer.lb.load_balancer_name", "alicloud_slb_load_balancer.lb"]}}}})
	count(problems(output_plan([`["a"]`], expression, with_name))) == 1
	only_address := object.union(object.remove(output_module, ["outputs"]), {"outputs": {"address": {"expression": {"references": ["alicloud_slb_load_balancer.lb.address", "alicloud_slb_load_balancer.lb"]}}}})
	count(problems(output_plan([`["a"]`], expression, only_address))) == 1
}

test_a_module_instance_is_taken_by_the_same_key if {
	changes := array.concat([placed(concat("", ["module.m", key]), clb_change, "") | some key in keyed], [placed("", bound_change, `["x"]`)])
	root := {"resources": [binding_block({"references": ["module.m", "each.key"]})], "module_calls": {"m": {"module": output_module}}}
	found(plan(changes, root)) == {`module.m["x"].alicloud_slb_load_balancer.lb`}
	by_value := {"resources": [object.union(binding_block({"references": ["each.value.id", "each.value"]}), {"for_each_expression": {"references": ["module.m"]}})], "module_calls": {"m": {"module": output_module}}}
	found(plan(changes, by_value)) == {`module.m["x"].alicloud_slb_load_balancer.lb`}
}

# module.b binds what the root passes in.
argument_plan(argument, expression) := plan(
	[clb_change, placed("module.b", bound_change, "")],
	{
		"resources": [fixtures.internal_clb.block],
		"module_calls": {"b": {
			"expressions": {"lb": argument},
			"module": {"resources": [binding_block(expression)], "variables": {"lb": {}, "none": {"default": "lb-default"}}},
		}},
	},
)

test_an_argument_is_followed_to_the_caller if {
	found(argument_plan(fixtures.references("alicloud_slb_load_balancer.lb"), {"references": ["var.lb"]})) == {"alicloud_slb_load_balancer.lb"}
}

test_an_object_that_is_passed_keeps_its_names if {
	by_name := {"references": ["var.lb.id", "var.lb"]}
	found(argument_plan({"references": ["alicloud_slb_load_balancer.lb"]}, by_name)) == {"alicloud_slb_load_balancer.lb"}
	found(argument_plan(fixtures.references("alicloud_slb_load_balancer.lb"), by_name)) == {"alicloud_slb_load_balancer.lb"}
	count(problems(argument_plan({"references": ["alicloud_slb_load_balancer.lb"]}, {"references": ["var.lb.address", "var.lb"]}))) == 1
	made := {"constant_value": {"id": "${alicloud_slb_load_balancer.lb.id}"}, "references": ["alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]}
	found(argument_plan(made, by_name)) == {"alicloud_slb_load_balancer.lb"}
	nameless := {"constant_value": {"lb": "${alicloud_slb_load_balancer.lb}"}, "references": ["alicloud_slb_load_balancer.lb"]}
	count(problems(argument_plan(nameless, {"references": ["var.lb"]}))) == 1
}

test_a_default_is_a_value_and_no_source if {
	problems(argument_plan({}, {"references": ["var.none"]})) == {"may be a value that is written down instead of a load balancer of this plan"}
	problems(argument_plan({}, {"references": ["var.missing"]})) == {"is a variable that the module call does not set"}
}

test_a_chain_too_deep_to_follow_is_undetermined if {
	circle := {"outputs": {"id": {"expression": {"references": ["var.lb"]}}}, "variables": {"lb": {}}}
	root := {
		"resources": [binding_block({"references": ["module.m.id", "module.m"]})],
		"module_calls": {"m": {"expressions": {"lb": {"references": ["module.m.id", "module.m"]}}, "module": circle}},
	}
	problems(plan([clb_change, bound_change], root)) == {"takes more than 64 steps to follow"}
}

test_a_module_address_that_cannot_be_read_is_undetermined if {
	odd := object.union(bound_change, {"module_address": "module.", "address": "module..alicloud_eipanycast_anycast_eip_address_attachment.t"})
	count(found(plan([odd, clb_change], {"resources": [fixtures.internal_clb.block]}))) == 0
}

test_hcp_terraform_wraps_the_plan if {
	found({"run": {}, "plan": fixtures.good}) == {"alicloud_slb_load_balancer.lb"}
	count(found({"plan": fixtures.good})) == 0
}

test_a_key_alone_is_no_source if {
	count(found(keyed_plan([`["x"]`], {"references": ["each.key"]}))) == 0
	count(problems(keyed_plan([`["x"]`], {"references": ["each.key"]}))) == 0
}

test_each_value_of_a_for_each_without_references_is_a_value if {
	root := {"resources": [binding_block({"references": ["each.value"]}), fixtures.internal_clb.block]}
	the_plan := plan([placed("", clb_change, ""), placed("", bound_change, `["lb-1"]`)], root)
	problems(the_plan) == {"may be a value that is written down instead of a load balancer of this plan"}
}

test_a_text_without_references_is_a_value_and_no_source if {
	every text in ["${coalesce(\"x\", \"y\")}", "%{ if true }x%{ endif }"] {
		the_plan := argument_plan({"constant_value": text}, {"references": ["var.lb"]})
		count(found_or_none(the_plan)) == 0
	}
}

found_or_none(the_plan) := found(the_plan) if {
	count(problems(the_plan)) == 0
} else := set()

test_escapes_and_renamed_names_are_not_read if {
	escaped := {"constant_value": `${true ? "\u006cb-evil" : alicloud_slb_load_balancer.lb.id}`, "references": ["alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]}
	count(problems(keyed_plan([`["x"]`], escaped))) > 0
	renamed := {"constant_value": "${[for each in alicloud_slb_load_balancer.lb : alicloud_slb_load_balancer.lb[each.key].id][0]}", "references": ["alicloud_slb_load_balancer.lb", "each.key"]}
	found_or_none(keyed_plan([`["x"]`], renamed)) != {`alicloud_slb_load_balancer.lb["x"]`}
}

test_a_position_in_a_list_that_is_written_out_is_followed if {
	listed := {"constant_value": ["${alicloud_slb_load_balancer.lb.id}"], "references": ["alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]}
	found(argument_plan(listed, {"references": ["var.lb[0]", "var.lb"]})) == {"alicloud_slb_load_balancer.lb"}
}

test_a_position_in_a_list_without_text_may_be_any if {
	changes := array.concat([placed("", clb_change, key) | some key in ["[0]", "[1]"]], [placed("module.b", bound_change, "")])
	root := {
		"resources": [fixtures.internal_clb.block],
		"module_calls": {"b": {"expressions": {"lb": {"references": ["alicloud_slb_load_balancer.lb"]}}, "module": {"resources": [binding_block({"references": ["var.lb[0].id", "var.lb[0]", "var.lb"]})], "variables": {"lb": {}}}}},
	}
	count(found(plan(changes, root))) == 2
}

test_a_whole_instance_is_taken_as_it_is_named if {
	whole := keyed_plan([""], {"references": [`alicloud_slb_load_balancer.lb["x"]`, "alicloud_slb_load_balancer.lb"]})
	count(found(whole) | problems(whole)) > 0
	changes := array.concat([placed(concat("", ["module.m", key]), clb_change, "") | some key in keyed], [placed("", bound_change, "")])
	named := {"resources": [binding_block({"references": [`module.m["x"]`]})], "module_calls": {"m": {"module": output_module}}}
	found(plan(changes, named)) == {`module.m["x"].alicloud_slb_load_balancer.lb`}
}

test_a_sensitive_id_is_shown_nowhere if {
	part := fixtures.attachment({"bind_instance_id": "lb-secret"}, {"bind_instance_id": false}, {})
	hidden := object.union(part.change, {"change": {"after_sensitive": {"bind_instance_id": true}}})
	checked := bindings.all with input as fixtures.plan([{"change": hidden, "block": part.block}])
	not contains(json.marshal([binding.problems | some binding in checked]), "lb-secret")
}

test_a_module_without_resources_passes_the_key_on if {
	pass := {"expressions": {"lb": {"references": ["alicloud_slb_load_balancer.lb", "each.key"]}}, "module": {"outputs": {"id": {"expression": {"references": ["var.lb"]}}}, "variables": {"lb": {}}}}
	root := {
		"resources": [binding_block({"references": ["module.p", "each.key"]}), fixtures.internal_clb.block],
		"module_calls": {"p": pass},
	}
	changes := array.concat([placed("", clb_change, key) | some key in keyed], [placed("", bound_change, `["x"]`)])
	found(plan(changes, root)) == {`alicloud_slb_load_balancer.lb["x"]`}
}

test_names_and_positions_inside_what_is_written_out_are_followed if {
	expressions.steps(`["x"].lb[0]`) == ["x", "lb", 0]
}

test_a_part_that_is_indexed_by_the_key_stays_so if {
	text := "${alicloud_slb_load_balancer.lb[each.key].id}"
	whole := {"constant_value": {"id": text}, "references": ["alicloud_slb_load_balancer.lb", "each.key"]}
	expressions.part(whole, ".id") == {"constant_value": text, "references": ["alicloud_slb_load_balancer.lb", "each.key"]}
	direct := {"constant_value": {"id": "${alicloud_slb_load_balancer.lb.id}"}, "references": ["alicloud_slb_load_balancer.lb.id"]}
	expressions.part(direct, ".id") == {"constant_value": "${alicloud_slb_load_balancer.lb.id}", "references": ["alicloud_slb_load_balancer.lb.id"]}
}

test_a_position_among_module_instances_without_text_may_be_any if {
	outer := {"outputs": {"all": {"expression": {"references": ["module.m"]}}}, "module_calls": {"m": {"module": output_module}}}
	changes := array.concat([placed(concat("", ["module.o.module.m", key]), clb_change, "") | some key in keyed], [placed("", bound_change, "")])
	every references in [["module.o.all[1]", "module.o.all", "module.o"], ["module.o.all[1].id", "module.o.all[1]", "module.o.all", "module.o"]] {
		root := {"resources": [binding_block({"references": references})], "module_calls": {"o": {"module": outer}}}
		count(found(plan(changes, root))) == 2
	}
}

by_path(path) := {"references": [concat("", ["var.lb", path]), "var.lb"]}

test_a_whole_load_balancer_inside_an_object_has_its_id if {
	whole := {"references": ["alicloud_slb_load_balancer.lb"]}
	every path in [".lb.id", `["main"].id`, `.all["a b"].lb.id`] {
		found(argument_plan(whole, by_path(path))) == {"alicloud_slb_load_balancer.lb"}
	}
	every path in [".lb.address", ".lb.id.x.address", ".lb[id].id"] {
		count(problems(argument_plan(whole, by_path(path)))) == 1
	}
	address := {"references": ["alicloud_slb_load_balancer.lb.address", "alicloud_slb_load_balancer.lb"]}
	count(problems(argument_plan(address, by_path(".lb.id")))) == 1
}
