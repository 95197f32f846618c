package anycast.lib.bindings_test

import data.anycast.lib.bindings
import data.anycast.lib.fixtures_test as fixtures
import data.anycast.lib.resolve_test as plans

# What a plan's only binding binds to, and why it may be something else.
targets(parts, settings) := {target | some binding in checked; some target in binding.targets} if {
	checked := bindings.all with input as fixtures.plan(parts) with data.anycast_settings as settings
}

problems(parts, settings) := {target.problem | some binding in checked; some target in binding.problems} if {
	checked := bindings.all with input as fixtures.plan(parts) with data.anycast_settings as settings
}

addresses(parts) := {target.address | some target in targets(parts, {})}

by_id(id) := fixtures.attachment({"bind_instance_id": id}, {"bind_instance_id": false}, {})

to(references) := fixtures.attachment({}, {}, {"bind_instance_id": {"references": references}})

lb := "alicloud_slb_load_balancer.lb"

live := {"live": {"load_balancers": [{
	"id": "lb-1",
	"address_type": "intranet",
	"vswitch_id": "vsw-1",
	"region": "ap-southeast-1",
	"seen_at": "noon",
}]}}

test_what_stands_at_the_address_of_a_load_balancer_and_is_none_is_no_target if {
	first := concat("", [lb, "[0]"])
	stranger := object.union(fixtures.internal_clb, {"change": {"type": "alicloud_vswitch", "address": first}})
	the_parts := [to([concat("", [first, ".id"]), first, lb]), stranger]
	targets(the_parts, {}) == set()
	problems(the_parts, {}) == {"refers to a load balancer that will not exist, or not in this plan"}
}

test_a_load_balancer_that_this_plan_destroys_is_no_target_whoever_saw_it if {
	gone := fixtures.resource(fixtures.clb_type, "lb", null, {}, {})
	leaving := object.union(gone, {"change": {"change": {"actions": ["delete"], "before": {"id": "lb-1"}}}})
	count(targets([by_id("lb-1")], live)) == 1
	targets([by_id("lb-1"), leaving], live) == set()
	problems([by_id("lb-1"), leaving], live) == {"is destroyed or replaced by this plan"}
	renewed := object.union(leaving, {"change": {"change": {"actions": ["delete", "create"], "after": {"address_type": "intranet"}, "after_unknown": {"id": true}}}})
	problems([by_id("lb-1"), renewed], live) == {"is destroyed or replaced by this plan"}
	problems([to([concat("", [lb, ".id"]), lb]), leaving], live) == {"refers to a load balancer that will not exist, or not in this plan"}
}

test_what_else_this_plan_makes_or_destroys_changes_nothing if {
	attached := fixtures.resource("alicloud_slb_attachment", "a", null, {}, {})
	leaving := object.union(attached, {"change": {"change": {"actions": ["delete"], "before": {"id": "lb-1"}}}})
	new := fixtures.resource(fixtures.clb_type, "new", {}, {"id": true}, {})
	count(targets([by_id("lb-1"), leaving, fixtures.internal_clb, new], live)) == 1
}

test_only_a_load_balancer_that_surely_has_the_id_is_a_target_by_it if {
	unproven := {"is a literal id that nothing in this plan proves"}
	problems([by_id("lb-1"), fixtures.resource("alicloud_vswitch", "s", {"id": "lb-1"}, {}, {})], {}) == unproven
	contradictory := fixtures.resource(fixtures.clb_type, "lb", {"id": "lb-1"}, {"id": true}, {})
	problems([by_id("lb-1"), contradictory], {}) == unproven
	addresses([by_id("lb-1"), fixtures.resource(fixtures.clb_type, "lb", {"id": "lb-1"}, {"id": false}, {})]) == {lb}
}

test_an_id_that_nothing_proves_is_called_so if {
	problems([by_id("lb-1")], {}) == {"is a literal id that nothing in this plan proves"}
	every id in ["eip-1", "", 1, null, ["lb-1"]] {
		problems([by_id(id)], {}) == {"is not an id"}
	}
}

test_every_reference_must_be_to_a_load_balancer_that_will_exist if {
	gone := problems([to(["alicloud_slb_load_balancer.lb.id", lb, "alicloud_slb_load_balancer.gone.id", "alicloud_slb_load_balancer.gone"]), fixtures.internal_clb], {})
	gone == {"refers to a load balancer that will not exist, or not in this plan"}
	other := problems([to(["alicloud_slb_load_balancer.gone.address", "alicloud_slb_load_balancer.gone"])], {})
	other == {"takes alicloud_slb_load_balancer.address, which is not the id of a load balancer"}
	whole := problems([to([lb]), fixtures.internal_clb], {})
	whole == {"takes alicloud_slb_load_balancer as a whole, which is not the id of a load balancer"}
}

test_a_load_balancer_of_another_provider_stays_in_sight if {
	foreign := object.union(fixtures.resource(fixtures.clb_type, "foreign", {}, {"id": true}, {}), {"change": {"provider_name": "registry.terraform.io/evil/alicloud"}})
	either := to(["alicloud_slb_load_balancer.lb.id", lb, "alicloud_slb_load_balancer.foreign.id", "alicloud_slb_load_balancer.foreign"])
	addresses([either, fixtures.internal_clb, foreign]) == {lb, "alicloud_slb_load_balancer.foreign"}
}

# module.m, whose output's name is not listed, next to the id with one more output.
adjacent(expression) := plans.problems(plans.output_plan([`["a"]`], {"references": ["module.m"]}, object.union(
	plans.output_module,
	{"outputs": {"other": {"expression": expression}}},
)))

test_other_outputs_of_a_module_are_left_aside_only_where_they_cannot_be_the_id if {
	every references in [
		["alicloud_slb_load_balancer.lb.address", lb],
		["alicloud_vpc.v.id", "alicloud_vpc.v"],
		["alicloud_eip_address.e.id", "alicloud_eip_address.e"],
	] {
		adjacent({"references": references}) == set()
	}
	every references in [
		["alicloud_other.o.address", "alicloud_other.o"],
		["alicloud_eip_address.e.instance_id", "alicloud_eip_address.e"],
		["alicloud_slb_attachment.a.id", "alicloud_slb_attachment.a"],
		["local.id"],
	] {
		count(adjacent({"references": references})) == 1
	}
	count(adjacent({})) == 1
}

hidden(part) := object.union(part, {"change": {"change": {"after_sensitive": {"bind_instance_id": true}}}})

test_only_a_sensitive_id_is_hidden if {
	{target.by | some target in targets([by_id("lb-1")], live)} == {"lb-1 seen noon"}
	{target.by | some target in targets([hidden(by_id("lb-1"))], live)} == {"(sensitive value)"}
	{target.by | some target in targets([hidden(fixtures.bound), fixtures.internal_clb], {})} == {"alicloud_slb_load_balancer.lb.id"}
}

to_interface(after, unknown, expression) := fixtures.attachment(
	object.union({"bind_instance_type": "NetworkInterface"}, after),
	unknown, {"bind_instance_id": expression},
)

interface(type, name, after, unknown) := fixtures.resource(type, name, after, unknown, {})

eni := "alicloud_ecs_network_interface"

test_a_network_interfaces_id_that_nothing_proves_is_called_so if {
	bound := to_interface({"bind_instance_id": "eni-1"}, {"bind_instance_id": false}, {})
	unproven := {"is a literal id that nothing in this plan proves"}
	problems([bound], {}) == unproven
	problems([bound, interface(eni, "e", {"id": "eni-2"}, {})], {}) == unproven
	problems([bound, interface("alicloud_instance", "i", {"id": "eni-1"}, {})], {}) == unproven
	addresses([bound, interface(eni, "e", {"id": "eni-1"}, {})]) == {"alicloud_ecs_network_interface.e"}
}

test_no_id_is_not_that_of_an_interface_without_one if {
	bound := to_interface({"bind_instance_id": null}, {"bind_instance_id": false}, {})
	problems([bound, interface(eni, "e", {}, {})], {}) == {"is a literal id that nothing in this plan proves"}
}

test_every_reference_must_be_to_a_network_interface_that_will_exist if {
	made := [interface(eni, name, {}, {"id": true}) | some name in ["e", "f"]]
	direct := to_interface({}, {}, fixtures.references("alicloud_ecs_network_interface.e"))
	addresses(array.concat([direct], made)) == {"alicloud_ecs_network_interface.e"}
	either := {"references": ["alicloud_ecs_network_interface.e.id", "alicloud_ecs_network_interface.e", "alicloud_ecs_network_interface.gone.id", "alicloud_ecs_network_interface.gone"]}
	problems(array.concat([to_interface({}, {}, either)], made), {}) == {"does not come from a network interface of this plan"}
}

test_a_known_condition_is_no_network_interface if {
	flagged := {"references": ["path.module", "alicloud_ecs_network_interface.e.id", "alicloud_ecs_network_interface.e"]}
	parts := [to_interface({}, {}, flagged), interface(eni, "e", {}, {"id": true})]
	problems(parts, {}) == set()
	addresses(parts) == {"alicloud_ecs_network_interface.e"}
}
