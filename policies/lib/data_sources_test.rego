package anycast.lib.data_sources_test

import data.anycast.lib.bindings
import data.anycast.lib.data_sources
import data.anycast.lib.fixtures_test as fixtures

balancer := {"id": "lb-1", "address_type": "intranet", "vswitch_id": "vsw-1", "network_type": "vpc"}

source(values) := {
	"address": "data.alicloud_slb_load_balancers.d",
	"mode": "data",
	"type": "alicloud_slb_load_balancers",
	"name": "d",
	"provider_name": fixtures.provider,
	"values": values,
}

block := object.union(fixtures.block("alicloud_slb_load_balancers", "d", {}), {"mode": "data"})

bound := fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {})

with_state(state) := object.union(
	fixtures.replaced(fixtures.plan([bound]), "configuration", {"provider_config": fixtures.providers, "root_module": {"resources": [bound.block, block]}}),
	{"prior_state": {"values": {"root_module": state}}},
)

targets(plan) := [target | some binding in checked; some target in binding.targets] if {
	checked := bindings.all with input as plan
}

test_a_load_balancer_read_in_this_plan_is_a_proof if {
	every list in ["balancers", "slbs"] {
		some target in targets(with_state({"resources": [source({list: [balancer]})]}))
		target.via == "data"
		target.address_type.value == "intranet"
		target.vswitch == {"state": "given", "value": "vsw-1"}
		target.region.value == "ap-southeast-1"
	}
}

test_what_a_data_source_saw_is_judged if {
	some internet in targets(with_state({"resources": [source({"balancers": [object.union(balancer, {"address_type": "internet"})]})]}))
	internet.address_type.value == "internet"
	some classic in targets(with_state({"resources": [source({"balancers": [object.union(balancer, {"vswitch_id": "", "network_type": "classic"})]})]}))
	classic.vswitch.state == "none"
}

test_what_is_not_read_in_this_plan_is_no_proof if {
	count(targets(with_state({"resources": [object.union(source({"balancers": [balancer]}), {"provider_name": "registry.terraform.io/evil/alicloud"})]}))) == 0
	count(targets(with_state({"resources": [source({"balancers": [object.union(balancer, {"id": 1})]})]}))) == 0
	count(targets(with_state({"resources": []}))) == 0
	orphan := fixtures.replaced(with_state({"resources": [source({"balancers": [balancer]})]}), "configuration", {"provider_config": fixtures.providers, "root_module": {"resources": [bound.block]}})
	count(targets(orphan)) == 0
	again := object.union(with_state({"resources": [source({"balancers": [balancer]})]}), {"resource_changes": [
		bound.change,
		{"address": "data.alicloud_slb_load_balancers.d", "mode": "data", "type": "alicloud_slb_load_balancers", "name": "d", "change": {"actions": ["read"], "after": {}}},
	]})
	count(targets(again)) == 0
}

test_a_data_source_in_a_module_is_a_proof if {
	inner := object.union(source({"balancers": [balancer]}), {"address": "module.m.data.alicloud_slb_load_balancers.d"})
	state := {"child_modules": [{"address": "module.m", "resources": [inner]}]}
	configuration := {"provider_config": fixtures.providers, "root_module": {"resources": [bound.block], "module_calls": {"m": {"module": {"resources": [block]}}}}}
	count(targets(fixtures.replaced(with_state(state), "configuration", configuration))) == 1
}

older := {"id": "lb-1", "internet": false, "vswitch_id": "vsw-1", "network_type": "vpc"}

seen_as(values) := {target.address_type.value | some target in targets(with_state({"resources": [source(values)]}))}

test_the_older_list_of_the_same_load_balancers_has_no_address_type if {
	seen_as({"balancers": [balancer], "slbs": [older]}) == {"intranet"}
	seen_as({"balancers": [object.union(balancer, {"address_type": "internet"})], "slbs": [older]}) == {"internet"}
}

test_both_lists_must_say_the_same if {
	seen_as({"balancers": [balancer], "slbs": [object.union(older, {"internet": true})]}) == {"intranet", "internet"}
	seen_as({"balancers": [balancer], "slbs": [object.union(older, {"address_type": "internet"})]}) == {"intranet", "internet"}
	seen_as({"balancers": [balancer, object.union(balancer, {"address_type": "internet"})], "slbs": [older]}) == {"intranet", "internet", null}
}

test_the_older_list_alone_proves_no_address_type if {
	seen_as({"slbs": [older]}) == {null}
	seen_as({"balancers": [object.remove(balancer, ["address_type"])], "slbs": [older]}) == {null}
}

test_only_a_list_is_read if {
	count(targets(with_state({"resources": [source({"balancers": {"0": balancer}})]}))) == 0
	seen_as({"balancers": {"0": balancer}, "slbs": [older]}) == {null}
}

test_what_is_no_data_source_of_load_balancers_is_no_proof if {
	every other in [{"mode": "managed"}, {"type": "alicloud_slb_load_balancer"}, {"type": "alicloud_vswitches"}] {
		state := {"resources": [object.union(source({"balancers": [balancer]}), other)]}
		root := {"resources": [bound.block, object.union(block, other)]}
		configuration := {"provider_config": fixtures.providers, "root_module": root}
		count(targets(fixtures.replaced(with_state(state), "configuration", configuration))) == 0
	}
}

test_an_address_type_is_that_of_the_same_load_balancer if {
	other := object.union(balancer, {"id": "lb-2"})
	seen_as({"balancers": [other], "slbs": [older]}) == {null}
	seen_as({"balancers": [other, object.union(balancer, {"address_type": "internet"})], "slbs": [older]}) == {"internet"}
}

test_an_area_is_one_that_there_is if {
	type := "alicloud_eipanycast_anycast_eip_addresses"
	addresses := [{"id": "aeip-1", "service_location": "international"}, {"id": "aeip-1", "service_location": "mars"}, {"id": "aeip-2", "service_location": "mars"}]
	read := object.union(source({"addresses": addresses}), {"type": type})
	root := {"resources": [bound.block, object.union(block, {"type": type})]}
	configuration := {"provider_config": fixtures.providers, "root_module": root}
	plan := fixtures.replaced(with_state({"resources": [read]}), "configuration", configuration)
	data_sources.areas_by_id == {"aeip-1": {"international"}} with input as plan
}
