package anycast.lib.regions_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.lib.regions
import data.anycast.lib.resolve

variables := {
	"one": {"value": "ap-southeast-1"},
	"none": {"value": null},
	"by_name": {"value": {"sg": "ap-southeast-1", "regions": ["cn-hongkong", "ap-southeast-1"]}},
	"cfg": {"value": {"region": "ap-southeast-1"}},
}

taken(expression) := found if {
	found := regions.value({"expressions": {"region": expression}}) with input as {"variables": variables}
}

test_a_part_of_a_variable_is_a_value if {
	every path in [".sg", `["sg"]`, ".regions[1]", `["regions"][1]`] {
		taken({"references": [concat("", ["var.by_name", path]), "var.by_name"]}) == "ap-southeast-1"
	}
}

test_a_part_that_a_variable_does_not_have_is_none if {
	every path in [".hk", ".regions[2]", ".regions[-1]", ".sg.x", ".regions.1", `["sg]`] {
		not taken({"references": [concat("", ["var.by_name", path]), "var.by_name"]})
	}
	not taken({"references": ["var.one.sg", "var.one"]})
}

# The object that the module is called with holds its own region, or the variable's: without a text nothing tells.
in_module(argument) := found if {
	provider := {"module_address": "module.m", "expressions": {"region": {"references": ["var.cfg.region", "var.cfg"]}}}
	call := {"expressions": {"cfg": argument}, "module": {"variables": {"cfg": {}}}}
	found := regions.value(provider) with input as {"variables": variables, "configuration": {"root_module": {"module_calls": {"m": call}}}}
}

test_what_a_call_writes_down_is_a_value if {
	in_module({"constant_value": {"region": "ap-southeast-1"}}) == "ap-southeast-1"
	in_module({"constant_value": {"region": "ap-southeast-1", "name": "${var.one}"}, "references": ["var.one"]}) == "ap-southeast-1"
	in_module({"constant_value": {"region": "${var.one}"}, "references": ["var.one"]}) == "ap-southeast-1"
	in_module({"constant_value": "${var.cfg}", "references": ["var.cfg"]}) == "ap-southeast-1"
}

test_what_a_call_does_not_show_is_none if {
	not in_module({"references": ["var.one"]})
	not in_module({"references": ["var.cfg"]})
	not in_module({"constant_value": {"region": "x-${var.one}"}, "references": ["var.one"]})
	not in_module({"constant_value": {"name": "ap-southeast-1"}})
}

test_a_region_that_is_null_is_left_to_the_environment if {
	taken({"references": ["var.none"]}) == null
	provider := {"expressions": {"region": {"references": ["var.none"]}}}
	regions.written("p", provider).value == "eu-central-1" with input as {"variables": {"none": {"value": null}}} with data.anycast_settings as {"region_from_env": "eu-central-1"}
	regions.written("p", provider) == {"value": null, "from": "provider p takes its region from the environment"} with input as {"variables": {"none": {"value": null}}}
	regions.written("p", provider) == {"value": null, "from": "the region of provider p is not a value the plan holds"} with input as {"variables": {}} with data.anycast_settings as {"region_from_env": "eu-central-1"}
}

test_a_region_behind_a_sensitive_variable_is_hidden if {
	root := {"variables": {"r": {"sensitive": true}}, "module_calls": {"m": {
		"expressions": {"r": {"constant_value": "eu-central-1"}},
		"module": {"variables": {"r": {"sensitive": true}, "d": {"sensitive": true, "default": "eu-central-1"}, "o": {"default": "eu-central-1"}}},
	}}}
	plan := {"variables": {"r": {"value": "eu-central-1"}}, "configuration": {"root_module": root}}
	every provider in [
		{"expressions": {"region": {"references": ["var.r"]}}},
		{"module_address": "module.m", "expressions": {"region": {"references": ["var.r"]}}},
		{"module_address": "module.m", "expressions": {"region": {"references": ["var.d"]}}},
	] {
		regions.written("p", provider) == {"value": "eu-central-1", "shown": "(sensitive value)", "from": "provider p"} with input as plan
	}
	open := {"module_address": "module.m", "expressions": {"region": {"references": ["var.o"]}}}
	regions.written("p", open) == {"value": "eu-central-1", "from": "provider p"} with input as plan
}

# The outputs of a module whose output's name is not listed: any of them may be the region.
of_outputs(outputs) := found if {
	call := {"module": {"outputs": {name: {"expression": expression} | some name, expression in outputs}}}
	provider := {"expressions": {"region": {"references": ["module.m"]}}}
	found := regions.value(provider) with input as {"configuration": {"root_module": {"module_calls": {"m": call}}}}
}

test_a_region_is_one_only_where_all_that_it_may_be_is_known_and_the_same if {
	written := {"constant_value": "ap-southeast-1"}
	of_outputs({"a": written}) == "ap-southeast-1"
	not of_outputs({"a": written, "b": {"references": ["local.x"]}})
	not of_outputs({"a": written, "b": {"references": ["alicloud_vpc.v.id", "alicloud_vpc.v"]}})
	count({1 | of_outputs({"a": written, "b": {"constant_value": "cn-hongkong"}})}) == 0
}

sourced(_, _) := {{"what": "resource", "value": "ap-southeast-1", "exact": true, "hidden": false}}

test_only_what_is_known_is_a_region if {
	not regions.value({"expressions": {"region": {}}}) with resolve.provider_sources as sourced
}

test_a_region_that_the_plan_does_not_tell_is_not_left_to_the_environment if {
	every reference in ["terraform.workspace", "path.module"] {
		provider := {"expressions": {"region": {"references": [reference]}}}
		regions.written("p", provider) == {"value": null, "from": "the region of provider p is not a value the plan holds"} with input as {} with data.anycast_settings as {"region_from_env": "eu-central-1"}
	}
}

test_a_region_from_the_environment_is_a_text if {
	every odd in [null, 1, ["eu-central-1"], {}] {
		regions.written("p", {}) == {"value": null, "from": "provider p takes its region from the environment"} with data.anycast_settings as {"region_from_env": odd}
	}
}

# A claim about the environment, and what the plan shows of the provider that it is about.
claim(resources, state) := found.value if {
	plan := object.union(fixtures.plan(resources), {"prior_state": {"values": {"root_module": {"resources": state}}}})
	found := regions.claimed("alicloud", "cn-hangzhou") with input as plan
}

denied_by(resources, state) := against if {
	plan := object.union(fixtures.plan(resources), {"prior_state": {"values": {"root_module": {"resources": state}}}})
	found := regions.claimed("alicloud", "cn-hangzhou") with input as plan
	found.value == null
	against := replace(found.from, "provider alicloud takes its region from the environment: said to be cn-hangzhou, but ", "")
}

in_zone(zone) := fixtures.resource("alicloud_vswitch", "s", {"zone_id": zone}, {"id": true}, {})

read(type, values) := {
	"address": concat("", ["data.", type, ".d"]),
	"mode": "data",
	"type": type,
	"name": "d",
	"provider_name": fixtures.provider,
	"values": values,
}

block(type) := {"change": {}, "block": {"mode": "data", "type": type, "name": "d", "provider_config_key": "alicloud", "expressions": {}}}

test_a_claim_that_nothing_contradicts_counts if {
	claim([], []) == "cn-hangzhou"
	claim([in_zone("cn-hangzhou-b")], []) == "cn-hangzhou"
	claim([in_zone("")], []) == "cn-hangzhou"
	claim([object.union(in_zone("cn-hongkong-b"), {"block": {"provider_config_key": "alicloud.hk"}})], []) == "cn-hangzhou"
}

test_a_zone_of_the_provider_contradicts_a_claim if {
	denied_by([in_zone("cn-hongkong-b")], []) == "zone_id of alicloud_vswitch.s is cn-hongkong-b"
	denied_by([in_zone("cn-hongkong-b"), fixtures.clb({"master_zone_id": "cn-hongkong-c"}, {}, {})], []) == "master_zone_id of alicloud_slb_load_balancer.lb is cn-hongkong-c"
}

test_what_data_sources_have_read_contradicts_a_claim if {
	every one in [
		["alicloud_zones", {"zones": [{"id": "cn-hongkong-b"}]}, "zones[].id"],
		["alicloud_vswitches", {"vswitches": [{"id": "vsw-1", "zone_id": "cn-hongkong-b"}]}, "vswitches[].zone_id"],
		["alicloud_slb_load_balancers", {"balancers": [{"id": "lb-1", "master_zone_id": "cn-hongkong-b"}]}, "balancers[].master_zone_id"],
		["alicloud_regions", {"current": true, "regions": [{"id": "cn-hongkong-b"}]}, "regions[].id"],
	] {
		[type, values, attribute] := one
		denied_by([block(type)], [read(type, values)]) == concat("", [attribute, " of data.", type, ".d is cn-hongkong-b"])
		claim([], [read(type, values)]) == "cn-hangzhou"
	}
	claim([block("alicloud_regions")], [read("alicloud_regions", {"current": false, "regions": [{"id": "cn-hongkong"}]})]) == "cn-hangzhou"
}

test_each_reason_has_its_fix if {
	startswith(regions.fix_of_unknown("provider p takes its region from the environment"), "Write the region into the provider configuration")
	startswith(regions.fix_of_unknown("provider p takes its region from the environment: said to be cn-hangzhou, but x"), "Name the region that the environment of the apply sets")
	startswith(regions.fix_of_unknown("the region of provider p is not a value the plan holds"), "Write the provider's region as a text or a variable, or check the saved plan file")
	startswith(regions.fix_of_unknown("no configuration block in the plan"), "Give the check the whole plan")
	startswith(regions.fix_of_unknown("the region of provider p is var.r, which is the ephemeral variable r (main.tf:7)"), "Take the provider's region from a variable that is not ephemeral")
	startswith(regions.fix_of_unknown("the region of provider p is local.r, which may be null (main.tf:7)"), "Write the provider's region as a text, or take it from variables and locals")
}
