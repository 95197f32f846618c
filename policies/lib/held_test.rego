package anycast.lib.held_test

import data.anycast.lib.bindings
import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.default_target
import data.anycast.rules.binding.one_address_per_target
import data.anycast.rules.binding.one_default_per_address
import data.anycast.rules.binding.one_per_region

type := "alicloud_eipanycast_anycast_eip_addresses"

row(instance, region) := {
	"bind_instance_id": instance,
	"bind_instance_region_id": region,
	"bind_instance_type": "SlbInstance",
	"bind_time": "2026-01-01T00:00:00Z",
}

source(name, id, rows) := {
	"address": concat(".", ["data", type, name]), "mode": "data", "type": type, "name": name,
	"provider_name": fixtures.provider,
	"values": {"addresses": [{"id": id, "anycast_eip_bind_info_list": rows}]},
}

plan(parts, sources) := object.union(fixtures.plan(parts), {
	"configuration": {"provider_config": fixtures.providers, "root_module": {"resources": array.concat(
		[part.block | some part in parts],
		[object.union(fixtures.block(type, one.name, {}), {"mode": "data"}) | some one in sources],
	)}},
	"prior_state": {"values": {"root_module": {"resources": sources}}},
})

binding(after) := fixtures.attachment(
	object.union({"anycast_id": "aeip-1", "bind_instance_id": "lb-1"}, after),
	{"bind_instance_id": false}, {},
)

held(parts, sources) := object.union(binding.held, {"unbound": binding.unbound}) if {
	all := bindings.all with input as plan(parts, sources)
	some binding in all
	binding.address == concat(".", [fixtures.attachment_type, "t"])
}

there := source("d", "aeip-1", [row("lb-2", "ap-southeast-1")])

by := concat(".", ["data", type, "d"])

fact(instance, region) := {"anycast": "aeip-1", "instance": instance, "region": region, "by": by}

test_a_binding_of_another_configuration_holds_its_place if {
	held([binding({})], [there]) == {"place": fact("lb-2", "ap-southeast-1"), "default": fact("lb-2", "ap-southeast-1"), "unbound": null}
	elsewhere := source("d", "aeip-1", [row("lb-2", "cn-hongkong")])
	held([binding({})], [elsewhere]) == {"default": fact("lb-2", "cn-hongkong"), "unbound": null}
	held([binding({})], [source("d", "aeip-2", [row("lb-2", "ap-southeast-1")])]) == {"unbound": null}
}

test_a_binding_of_another_configuration_holds_its_instance if {
	other := source("d", "aeip-2", [row("lb-1", "ap-southeast-1")])
	held([binding({})], [other]) == {"instance": object.union(fact("lb-1", "ap-southeast-1"), {"anycast": "aeip-2"}), "unbound": null}
}

of_state(id, actions) := object.union(
	fixtures.resource(fixtures.attachment_type, "u", null, {}, {}),
	{"change": {"change": {"actions": actions, "before": {"id": id}}}},
)

test_a_binding_of_this_state_is_for_other_rules if {
	every actions in [["no-op"], ["delete"], ["forget"]] {
		own := of_state("aeip-1:lb-2:ap-southeast-1:SlbInstance", actions)
		held([binding({}), own], [there]) == {"unbound": null}
	}
	other := of_state("aeip-1:lb-2:cn-hongkong:SlbInstance", ["no-op"])
	held([binding({}), other], [there]) == {"place": fact("lb-2", "ap-southeast-1"), "unbound": null}
	stranger := of_state("aeip-2:lb-2:ap-southeast-1:SlbInstance", ["no-op"])
	held([binding({}), stranger], [there]) == {"place": fact("lb-2", "ap-southeast-1"), "default": fact("lb-2", "ap-southeast-1"), "unbound": null}
	type := object.union(own_of("alicloud_vpc"), {"change": {"change": {"before": {"id": "aeip-1:lb-2:ap-southeast-1:SlbInstance"}}}})
	held([binding({}), type], [there]).place
}

own_of(type) := fixtures.resource(type, "v", {}, {}, {})

test_a_binding_that_is_there_holds_its_own_place if {
	every actions in [["no-op"], ["update"]] {
		kept := object.union(binding({}), {"change": {"change": {"actions": actions}}})
		held([kept], [there]) == {"unbound": null}
	}
}

test_of_several_the_first_is_named if {
	two := source("d", "aeip-1", [row("lb-3", "ap-southeast-1"), row("lb-2", "ap-southeast-1")])
	held([binding({})], [two]).place == fact("lb-2", "ap-southeast-1")
	twice := [source("d", "aeip-1", [row("lb-2", "ap-southeast-1")]), source("a", "aeip-1", [row("lb-2", "ap-southeast-1")])]
	held([binding({})], twice).place.by == concat(".", ["data", type, "a"])
}

test_what_is_no_text_holds_nothing if {
	held([binding({})], [source("d", "aeip-1", [row(1, "ap-southeast-1"), row("lb-2", null), "x"])]) == {"unbound": null}
	held([binding({})], [source("d", 1, [row("lb-2", "ap-southeast-1")])]) == {"unbound": null}
}

test_a_source_that_lists_nothing_says_that_nothing_is_bound if {
	held([binding({})], [source("d", "aeip-1", [])]) == {"unbound": by}
	held([binding({})], [source("d", "aeip-1", null)]) == {"unbound": null}
	held([binding({})], [source("d", "aeip-1", []), source("e", "aeip-1", [row("lb-2", "cn-hongkong")])]).unbound == null
}

lb := "alicloud_slb_load_balancer.lb"

test_an_address_and_a_load_balancer_by_reference_are_meant if {
	known := object.union(fixtures.internal_clb, {"change": {"change": {"after": {"id": "lb-1"}, "after_unknown": {"id": false}}}})
	address := fixtures.address({"id": "aeip-1"}, {"id": false}, {})
	open := fixtures.attachment({}, {"anycast_id": true}, {"anycast_id": fixtures.shown(concat(".", [fixtures.address_type, "a"]))})
	found := held([open, known, address], [source("d", "aeip-1", [row("lb-1", "ap-southeast-1")])])
	object.keys(found) == {"place", "instance", "default", "unbound"}
	held([open, fixtures.internal_clb, address], [source("d", "aeip-2", [row("lb-1", "ap-southeast-1")])]) == {"unbound": null}
}

test_an_address_that_may_be_one_of_two_may_be_held if {
	either := fixtures.attachment({}, {"anycast_id": true}, {"anycast_id": {"references": [
		"alicloud_eipanycast_anycast_eip_address.a.id", "alicloud_eipanycast_anycast_eip_address.a",
		"alicloud_eipanycast_anycast_eip_address.b.id", "alicloud_eipanycast_anycast_eip_address.b",
	]}})
	b := object.union(fixtures.address({"id": "aeip-2"}, {"id": false}, {}), {"change": {"address": "alicloud_eipanycast_anycast_eip_address.b", "name": "b"}, "block": {"name": "b"}})
	a := fixtures.address({"id": "aeip-1"}, {"id": false}, {})
	parts := [either, fixtures.internal_clb, a, b]
	object.keys(held(parts, [there])) == {"place", "unbound"}
	results := one_per_region.results with input as plan(parts, [there])
	{result.outcome | some result in results} == {"undetermined"}
}

messages(results) := {result.message | some result in results}

test_a_region_that_is_taken_elsewhere_is_denied if {
	results := one_per_region.results with input as plan([binding({})], [there])
	messages(results) == {"Expected aeip-1 to bind nothing in ap-southeast-1 yet, got `lb-2 of a binding that is not in this plan's state` (at data.alicloud_eipanycast_anycast_eip_addresses.d)."}
	{result.outcome | some result in results} == {"violation"}
}

test_an_instance_that_is_bound_elsewhere_is_denied if {
	other := source("d", "aeip-2", [row("lb-1", "cn-hongkong")])
	results := one_address_per_target.results with input as plan([binding({})], [other])
	messages(results) == {"Expected lb-1 to be bound by no other binding, got `one of aeip-2 that is not in this plan's state` (at data.alicloud_eipanycast_anycast_eip_addresses.d)."}
	{result.outcome | some result in results} == {"violation"}
}

test_an_instance_that_may_be_bound_elsewhere_is_undetermined if {
	one := object.union(fixtures.internal_clb, {"change": {"change": {"after": {"id": "lb-1"}, "after_unknown": {"id": false}}}})
	other := object.union(fixtures.internal_clb, {"change": {"address": "alicloud_slb_load_balancer.other", "name": "other"}, "block": {"name": "other"}})
	either := fixtures.attachment({"anycast_id": "aeip-1"}, {}, {"bind_instance_id": {"references": [
		"alicloud_slb_load_balancer.lb.id", lb,
		"alicloud_slb_load_balancer.other.id", "alicloud_slb_load_balancer.other",
	]}})
	results := one_address_per_target.results with input as plan([either, one, other], [source("d", "aeip-2", [row("lb-1", "cn-hongkong")])])
	{result.outcome | some result in results} == {"undetermined"}
}

test_a_second_default_is_denied if {
	elsewhere := source("d", "aeip-1", [row("lb-2", "cn-hongkong")])
	results := one_default_per_address.results with input as plan([binding({"association_mode": "Default"})], [elsewhere])
	messages(results) == {"Expected aeip-1 to keep the `Default` binding that it has, got `another one, while the binding of lb-2 is not in this plan's state` (at data.alicloud_eipanycast_anycast_eip_addresses.d)."}
	every mode in ["Normal", null] {
		allowed := one_default_per_address.results with input as plan([binding({"association_mode": mode})], [elsewhere])
		allowed == set()
	}
}

test_only_normal_bindings_of_an_address_that_has_none_are_denied if {
	normal := binding({"association_mode": "Normal"})
	results := default_target.results with input as plan([normal], [source("d", "aeip-1", [])])
	messages(results) == {"Expected one binding of aeip-1 to have association_mode `Default`, got `only Normal ones: alicloud_eipanycast_anycast_eip_address_attachment.t` (at alicloud_eipanycast_anycast_eip_address_attachment.t)."}
	allowed := default_target.results with input as plan([normal], [source("d", "aeip-1", [row("lb-2", "cn-hongkong")])])
	allowed == set()
}
