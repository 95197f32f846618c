package anycast.rules.binding.one_address_per_target_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.one_address_per_target

binding(name, after, unknown, expression) := fixtures.resource(
	fixtures.attachment_type, name,
	object.union({"bind_instance_region_id": "ap-southeast-1", "bind_instance_type": "SlbInstance"}, after),
	unknown, {"bind_instance_id": expression},
)

lb := "alicloud_slb_load_balancer.lb"

to_lb(name) := binding(name, {"anycast_id": name}, {"bind_instance_id": true}, fixtures.shown(lb))

by_id(name, id) := binding(name, {"anycast_id": name, "bind_instance_id": id}, {}, {})

address(name) := concat(".", [fixtures.attachment_type, name])

found(parts) := {[result.address, result.outcome] | some result in results} if {
	results := one_address_per_target.results with input as fixtures.plan(parts)
}

test_one_load_balancer_on_two_addresses_is_denied if {
	found([to_lb("x"), to_lb("y"), fixtures.internal_clb]) == {[address("x"), "violation"], [address("y"), "violation"]}
	found([by_id("x", "lb-1"), by_id("y", "lb-1")]) == {[address("x"), "violation"], [address("y"), "violation"]}
}

test_two_load_balancers_are_allowed if {
	found([by_id("x", "lb-1"), by_id("y", "lb-2")]) == set()
	found([to_lb("x"), by_id("y", "lb-2"), fixtures.internal_clb]) == set()
}

test_a_sensitive_id_is_shown_nowhere if {
	secret := object.union(by_id("x", "lb-1"), {"change": {"change": {"after_sensitive": {"bind_instance_id": true}}}})
	results := one_address_per_target.results with input as fixtures.plan([secret, by_id("y", "lb-1")])
	count(results) == 2
	every result in results {
		startswith(result.message, "Expected (sensitive value) to be bound by one binding, got `")
	}
}

other := object.union(fixtures.internal_clb, {"change": {"address": "alicloud_slb_load_balancer.other", "name": "other"}, "block": {"name": "other"}})

either(text) := object.union(text, {"references": [
	"alicloud_slb_load_balancer.lb.id", lb,
	"alicloud_slb_load_balancer.other.id", "alicloud_slb_load_balancer.other",
]})

test_what_may_be_one_load_balancer_is_undetermined_where_it_can_be_seen if {
	choosing := either({"constant_value": "${coalesce(alicloud_slb_load_balancer.lb.id, alicloud_slb_load_balancer.other.id)}"})
	one := binding("x", {}, {"bind_instance_id": true}, choosing)
	found([one, to_lb("y"), fixtures.internal_clb, other]) == {[address("x"), "undetermined"]}
	found([one, by_id("y", "lb-2"), fixtures.internal_clb, other]) == set()
	listed := binding("x", {}, {"bind_instance_id": true}, either({}))
	found([listed, to_lb("y"), fixtures.internal_clb, other]) == set()
	both := [one, object.union(one, {"change": {"address": address("z"), "name": "z"}, "block": {"name": "z"}}), fixtures.internal_clb, other]
	found(both) == {[address("x"), "undetermined"], [address("z"), "undetermined"]}
}

test_what_could_not_be_followed_is_no_load_balancer_for_sure if {
	unfollowed := binding("x", {}, {"bind_instance_id": true}, {"references": array.concat(fixtures.references(lb).references, ["local.x"])})
	found([unfollowed, to_lb("y"), fixtures.internal_clb]) == set()
}

group(name, addresses) := {
	"address": address(name), "anycast": [name], "problems": [], "visible": true,
	"targets": [{
		"address": addresses[0], "addresses": addresses, "via": "reference", "by": "element(lb[*].id, n)",
		"type": fixtures.clb_type, "trusted": true, "exists": false,
		"address_type": {"state": "known", "value": "intranet"}, "vswitch": {"state": "given", "value": "vsw-1"},
		"region": {"value": "ap-southeast-1", "from": "provider alicloud"}, "outside": [],
	}],
}

test_members_of_a_group_may_be_the_one_that_another_binding_binds if {
	facts := {"version": 1, "unplanned": [], "configured": [], "bindings": [group("x", ["a", "b"]), group("y", ["b"])]}
	plan := object.union(fixtures.plan([to_lb("x"), to_lb("y")]), {"anycast_facts": facts})
	results := one_address_per_target.results with input as plan with data.anycast_settings as {"facts": true}
	{result.message | some result in results} == {concat("", ["An instance can be bound once, and ", address("x"), ", ", address("y"), " may all bind b (at ", address("x"), ")."])}
}

hidden(binding) := object.union(binding, {"visible": false})

messages(bindings) := {result.message | some result in results} if {
	facts := {"version": 1, "unplanned": [], "configured": [], "bindings": bindings}
	plan := object.union(fixtures.plan([to_lb("x"), to_lb("y"), to_lb("z")]), {"anycast_facts": facts})
	results := one_address_per_target.results with input as plan with data.anycast_settings as {"facts": true}
}

test_references_alone_do_not_show_what_several_may_bind if {
	every bindings in [
		[hidden(group("x", ["a", "b"])), group("y", ["b"])],
		[group("x", ["a", "b"]), hidden(group("y", ["b"]))],
	] {
		messages(bindings) == set()
	}
	both := {concat("", ["An instance can be bound once, and ", address("x"), ", ", address("y"), " may all bind b (at ", address("x"), ")."])}
	messages([group("x", ["a", "b"]), group("y", ["b"]), hidden(group("z", ["a", "b"]))]) == both
}

read(name, ids) := object.union(group(name, ["data.alicloud_slb_load_balancers.d"]), {"targets": [target |
	some id in ids
	target := object.union(
		object.remove(group(name, ["data.alicloud_slb_load_balancers.d"]).targets[0], ["addresses"]),
		{"via": "data", "by": id},
	)
]})

test_one_data_source_reads_many_load_balancers if {
	every pair in [[["lb-1", "lb-2"], ["lb-3", "lb-4"]], [["lb-1"], ["lb-3"]]] {
		facts := {"version": 1, "unplanned": [], "configured": [], "bindings": [read("x", pair[0]), read("y", pair[1])]}
		plan := object.union(fixtures.plan([to_lb("x"), to_lb("y")]), {"anycast_facts": facts})
		results := one_address_per_target.results with input as plan with data.anycast_settings as {"facts": true}
		results == set()
	}
}

test_what_is_no_id_is_no_load_balancer if {
	found([by_id("x", 1), by_id("y", 1)]) == set()
}

test_targets_of_one_address_are_one_load_balancer if {
	of := group("y", ["b"])
	twice := object.union(of, {"targets": array.concat(of.targets, [object.union(of.targets[0], {"by": "local.b"})])})
	more := object.union(of, {"targets": array.concat(of.targets, group("y", ["b", "c"]).targets)})
	found_with := {outcomes |
		some bound in [twice, more]
		facts := {"version": 1, "unplanned": [], "configured": [], "bindings": [group("x", ["b"]), bound]}
		plan := object.union(fixtures.plan([to_lb("x"), to_lb("y")]), {"anycast_facts": facts})
		results := one_address_per_target.results with input as plan with data.anycast_settings as {"facts": true}
		outcomes := {[result.address, result.outcome] | some result in results}
	}
	found_with == {
		{[address("x"), "violation"], [address("y"), "violation"]},
		{[address("y"), "undetermined"]},
	}
}

with_id(part, attribute, id) := object.union(part, {"change": {"change": {"after": {attribute: id}, "after_unknown": {attribute: false}}}})

test_an_id_and_a_reference_to_the_load_balancer_that_has_it_are_one_target if {
	existing := with_id(fixtures.internal_clb, "id", "lb-1")
	found([by_id("x", "lb-1"), to_lb("y"), existing]) == {[address("x"), "violation"], [address("y"), "violation"]}
	found([by_id("x", "lb-2"), to_lb("y"), existing]) == set()
	found([by_id("x", "lb-1"), to_lb("y"), with_id(fixtures.internal_clb, "id", null)]) == set()
	found([by_id("x", "lb-1"), by_id("y", "lb-1"), existing]) == {[address("x"), "violation"], [address("y"), "violation"]}
}

test_an_id_that_another_binding_may_bind_is_contested if {
	choosing := either({"constant_value": "${coalesce(alicloud_slb_load_balancer.lb.id, alicloud_slb_load_balancer.other.id)}"})
	one := binding("x", {}, {"bind_instance_id": true}, choosing)
	found([one, by_id("y", "lb-1"), with_id(fixtures.internal_clb, "id", "lb-1"), other]) == {[address("x"), "undetermined"]}
}

test_a_network_interface_is_one_target_by_its_own_id if {
	interface := with_id(fixtures.resource("alicloud_instance", "i", {}, {}, {}), "network_interface_id", "eni-1")
	reference := {"references": ["alicloud_instance.i.network_interface_id", "alicloud_instance.i"]}
	kind := {"bind_instance_type": "NetworkInterface"}
	by_reference := binding("y", kind, {"bind_instance_id": true}, reference)
	known := binding("x", object.union(kind, {"bind_instance_id": "eni-1"}), {}, {})
	found([known, by_reference, interface]) == {[address("x"), "violation"], [address("y"), "violation"]}
	found([known, by_reference, with_id(interface, "network_interface_id", "eni-2")]) == set()
	found([known, by_reference, with_id(with_id(interface, "network_interface_id", "eni-2"), "id", "eni-1")]) == set()
}
