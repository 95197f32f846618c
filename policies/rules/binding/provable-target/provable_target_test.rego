package anycast.rules.binding.provable_target_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.provable_target

by(expression) := fixtures.with_part(fixtures.attachment({}, {}, {"bind_instance_id": expression}))

by_id(id) := fixtures.with_part(fixtures.attachment({"bind_instance_id": id}, {"bind_instance_id": false}, {}))

undetermined(plan) if {
	fixtures.outcomes(provable_target.results) == {"undetermined"} with input as plan
}

test_a_direct_reference_is_proven if {
	count(provable_target.results) == 0 with input as fixtures.good
}

test_what_is_no_id_of_a_load_balancer_is_undetermined if {
	every expression in [
		{"references": ["alicloud_slb_load_balancer.lb.address", "alicloud_slb_load_balancer.lb"]},
		{"references": ["alicloud_slb_load_balancer.lb"]},
		{"references": ["alicloud_vpc.v.id", "alicloud_vpc.v"]},
		{"references": ["alicloud_slb_load_balancer.gone.id", "alicloud_slb_load_balancer.gone"]},
		{"references": ["data.alicloud_slb_load_balancers.d.ids[0]", "data.alicloud_slb_load_balancers.d"]},
		{"references": ["local.lb"]},
		{"references": ["self.id", "self"]},
		{"references": ["???"]},
		{"references": []},
		{"references": [1]},
		{},
		null,
	] {
		undetermined(by(expression))
	}
}

test_every_source_of_a_condition_must_be_proven if {
	undetermined(by({"references": ["alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb", "alicloud_vpc.v.id", "alicloud_vpc.v"]}))
}

test_a_known_condition_is_no_source if {
	plan := by({"references": ["var.flag", "path.module", "alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]})
	count(provable_target.results) == 0 with input as object.union(plan, {"variables": {"flag": {"value": true}}})
}

test_a_known_value_that_may_be_another_load_balancer_is_undetermined if {
	plan := by({"references": ["var.other", "alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]})
	undetermined(object.union(plan, {"variables": {"other": {"value": "lb-other"}}}))
}

test_text_shows_what_references_cannot if {
	every text in [
		"${replace(alicloud_slb_load_balancer.lb.id, \"a\", \"b\")}",
		"x-${alicloud_slb_load_balancer.lb.id}",
		"${alicloud_slb_load_balancer.lb.id}%{if true}x%{endif}",
		"${true ? \"lb-evil\" : alicloud_slb_load_balancer.lb.id}",
	] {
		undetermined(by({"constant_value": text, "references": ["alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]}))
	}
	count(provable_target.results) == 0 with input as by({"constant_value": "${alicloud_slb_load_balancer.lb.id}", "references": ["alicloud_slb_load_balancer.lb.id", "alicloud_slb_load_balancer.lb"]})
}

test_a_literal_id_that_nothing_proves_is_undetermined if {
	every id in ["lb-elsewhere", "eip-1", "", " lb-1", null, 1, ["lb-1"]] {
		undetermined(by_id(id))
	}
}

existing(id, actions, after) := {"change": object.union(fixtures.change(fixtures.clb_type, "lb", actions, after, {}), {"change": {"before": {"id": id}}}), "block": fixtures.internal_clb.block}

test_a_literal_id_of_a_surviving_load_balancer_is_proven if {
	clb := existing("lb-1", ["no-op"], {"id": "lb-1", "address_type": "intranet", "vswitch_id": "vsw-1"})
	bound := fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {})
	count(provable_target.results) == 0 with input as fixtures.plan([bound, clb])
}

test_a_load_balancer_that_leaves_proves_nothing if {
	bound := fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {})
	every actions in [["delete"], ["forget"]] {
		undetermined(fixtures.plan([bound, existing("lb-1", actions, null)]))
	}
	undetermined(fixtures.plan([bound, existing("lb-1", ["delete", "create"], {"address_type": "intranet", "vswitch_id": "vsw-1"})]))
}

test_a_load_balancer_of_another_provider_proves_nothing if {
	foreign := {"change": object.union(fixtures.internal_clb.change, {"provider_name": "registry.terraform.io/evil/alicloud"}), "block": fixtures.internal_clb.block}
	undetermined(fixtures.plan([fixtures.bound, foreign]))
}

test_a_deposed_load_balancer_answers_to_no_reference if {
	deposed := {"change": object.union(fixtures.internal_clb.change, {"deposed": "abcd1234"}), "block": fixtures.internal_clb.block}
	undetermined(fixtures.plan([fixtures.bound, deposed]))
}

test_a_binding_without_its_block_is_undetermined if {
	plan := fixtures.replaced(fixtures.good, "configuration", {"provider_config": fixtures.providers, "root_module": {"resources": []}})
	some result in provable_target.results with input as plan
	contains(result.message, "left out")
}

live(seen) := {"live": {"load_balancers": [object.union({"id": "lb-far", "address_type": "intranet", "vswitch_id": "vsw-1", "region": "ap-southeast-1", "seen_at": "now"}, seen)]}}

test_the_clouds_answer_proves_a_literal_id if {
	count(provable_target.results) == 0 with input as by_id("lb-far") with data.anycast_settings as live({})
	count(provable_target.results) == 1 with input as by_id("lb-near") with data.anycast_settings as live({})
}

interface(name, type, after, unknown) := fixtures.resource(type, name, after, unknown, {})

to_interface(after, unknown, expression) := fixtures.attachment(object.union({"bind_instance_type": "NetworkInterface"}, after), unknown, {"bind_instance_id": expression})

test_a_network_interface_of_this_plan_is_proven if {
	eni := interface("e", "alicloud_ecs_network_interface", {}, {"id": true})
	count(provable_target.results) == 0 with input as fixtures.plan([to_interface({}, {}, fixtures.references("alicloud_ecs_network_interface.e")), eni])
	ecs := interface("i", "alicloud_instance", {}, {"id": true, "network_interface_id": true})
	primary := {"references": ["alicloud_instance.i.network_interface_id", "alicloud_instance.i"]}
	count(provable_target.results) == 0 with input as fixtures.plan([to_interface({}, {}, primary), ecs])
	known := to_interface({"bind_instance_id": "eni-1"}, {"bind_instance_id": false}, {})
	count(provable_target.results) == 0 with input as fixtures.plan([known, interface("e", "alicloud_network_interface", {"id": "eni-1"}, {})])
}

test_another_network_interface_is_undetermined if {
	undetermined(fixtures.plan([to_interface({"bind_instance_id": "eni-1"}, {"bind_instance_id": false}, {})]))
	undetermined(fixtures.plan([to_interface({}, {}, fixtures.references("alicloud_instance.i")), interface("i", "alicloud_instance", {}, {"id": true})]))
	plan := fixtures.plan([to_interface({}, {}, {"references": ["var.v"]})])
	undetermined(object.union(plan, {"variables": {"v": {"value": true}}}))
	undetermined(object.union(plan, {"variables": {"v": {"value": "eni-1"}}}))
}

main := {"change": object.union(fixtures.internal_clb.change, {"address": `alicloud_slb_load_balancer.lb["lb-main"]`}), "block": fixtures.internal_clb.block}

test_a_known_key_is_no_id_of_its_own if {
	bound := fixtures.attachment({}, {}, {"bind_instance_id": {"references": ["alicloud_slb_load_balancer.lb", "var.key"]}})
	keyed := fixtures.plan([bound, main])
	every value in ["lb-main", ["lb-main"], {"lb-main": 1}] {
		count(provable_target.results) == 0 with input as object.union(keyed, {"variables": {"key": {"value": value}}})
	}
	every value in ["lb-other", ["lb-main", "lb-other"], {"lb-other": 1}] {
		undetermined(object.union(keyed, {"variables": {"key": {"value": value}}}))
	}
}

test_a_contradiction_is_undetermined if {
	undetermined(fixtures.with_part(fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": true}, {})))
}

test_a_known_anycast_id_must_look_like_one if {
	every id, expected in {"aeip-1": set(), "lb-1": {"violation"}, "vpc-1": {"violation"}, "": {"violation"}} {
		bound := fixtures.attachment({"anycast_id": id}, {"anycast_id": false}, {})
		fixtures.outcomes(provable_target.results) == expected with input as fixtures.plan([bound, fixtures.internal_clb])
	}
}

test_an_anycast_eip_that_is_destroyed_is_a_violation if {
	bound := fixtures.attachment({"anycast_id": "aeip-1"}, {"anycast_id": false}, {})
	old := fixtures.address({"id": "aeip-1"}, {"id": false}, {})
	every actions, expected in {["delete"]: {"violation"}, ["forget"]: set()} {
		gone := {"change": object.union(old.change, {"change": {"actions": actions, "before": {"id": "aeip-1"}, "after": null}}), "block": old.block}
		fixtures.outcomes(provable_target.results) == expected with input as fixtures.plan([bound, fixtures.internal_clb, gone])
	}
}

anycast(references) := fixtures.plan([fixtures.attachment({}, {"anycast_id": true}, {"anycast_id": {"references": references}}), fixtures.internal_clb, fixtures.address({}, {}, {})])

messages(plan) := {result.message | some result in found} if {
	found := provable_target.results with input as plan
}

test_references_of_which_none_is_an_address_are_undetermined if {
	every reference, taken in {
		"alicloud_vpc.v.id": "alicloud_vpc.id",
		"alicloud_slb_load_balancer.lb.id": "alicloud_slb_load_balancer.id",
		"alicloud_eipanycast_anycast_eip_address.a.status": "alicloud_eipanycast_anycast_eip_address.status",
		"alicloud_eipanycast_anycast_eip_address_attachment.t.bind_instance_id": "alicloud_eipanycast_anycast_eip_address_attachment.bind_instance_id",
		"alicloud_vpc.v.anycast_id": "alicloud_vpc.anycast_id",
		"terraform_data.t.id": "terraform_data.id",
	} {
		some message in messages(anycast([reference]))
		contains(message, concat("", ["anycast_id to come from an Anycast EIP, got `", reference, " takes ", taken, ", which is not the id of an Anycast EIP`"]))
	}
	count(messages(anycast(["alicloud_vpc.v.id", "alicloud_vpc.v", "alicloud_vswitch.s.id", "alicloud_vswitch.s"]))) == 2
}

test_references_of_which_one_may_be_an_address_are_not if {
	every references in [
		["alicloud_eipanycast_anycast_eip_address.a.id"],
		["alicloud_eipanycast_anycast_eip_address.a"],
		["alicloud_eipanycast_anycast_eip_address_attachment.t.anycast_id"],
		["terraform_data.t.output"],
		["local.address"],
		["alicloud_vpc.v"],
		["alicloud_vpc.v.id", "alicloud_eipanycast_anycast_eip_address.a.id"],
		["alicloud_vpc.v.id", "local.address"],
	] {
		every message in messages(anycast(references)) {
			not contains(message, "anycast_id")
		}
	}
	known := fixtures.attachment({"anycast_id": "aeip-1"}, {"anycast_id": false}, {"anycast_id": {"references": ["alicloud_vpc.v.id"]}})
	every message in messages(fixtures.plan([known])) {
		not contains(message, "anycast_id")
	}
}

test_a_problem_without_an_expression_names_the_attribute if {
	some message in messages(by({"references": [1]}))
	contains(message, "got `bind_instance_id is not readable from the plan`")
}
