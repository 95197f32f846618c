package anycast.lib.outside_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.lib.outside
import data.anycast.rules.binding.one_region

# A provider configuration in Hong Kong next to the one in Singapore.
providers := object.union(fixtures.providers, {"alicloud.hk": {
	"name": "alicloud",
	"alias": "hk",
	"full_name": fixtures.provider,
	"expressions": {"region": {"constant_value": "cn-hongkong"}},
}})

by_hk(resource) := object.union(resource, {"block": {"provider_config_key": "alicloud.hk"}})

plan(resources) := fixtures.replaced(fixtures.plan(resources), "configuration", {
	"provider_config": providers,
	"root_module": {"resources": [resource.block | some resource in resources]},
})

singapore := {"value": "ap-southeast-1", "from": "provider alicloud"}

clb := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"vswitch_id": fixtures.references("alicloud_vswitch.s")})

known_clb := fixtures.clb({"address_type": "intranet", "vswitch_id": "vsw-1"}, {}, {})

known_vswitch := fixtures.resource("alicloud_vswitch", "s", {"id": "vsw-1"}, {}, {})

vpc := fixtures.resource("alicloud_vpc", "v", {}, {"id": true}, {})

in_vpc := fixtures.resource("alicloud_vswitch", "s", {}, {"id": true, "vpc_id": true}, {"vpc_id": fixtures.references("alicloud_vpc.v")})

found(part, others) := parts if {
	parts := outside.of(part.change, singapore) with input as plan(array.concat([part], others))
}

in_hk(address) := {"address": address, "attribute": "region", "value": "cn-hongkong", "from": "provider alicloud.hk"}

test_a_vswitch_of_the_same_region_is_inside if {
	found(clb, [fixtures.vswitch]) == []
	found(known_clb, [known_vswitch]) == []
	found(clb, [in_vpc, vpc]) == []
}

test_a_vswitch_of_another_region_is_outside if {
	found(clb, [by_hk(fixtures.vswitch)]) == [in_hk("alicloud_vswitch.s")]
	found(known_clb, [by_hk(known_vswitch)]) == [in_hk("alicloud_vswitch.s")]
}

test_a_vswitch_that_is_not_in_the_plan_is_left_to_the_cloud if {
	found(known_clb, []) == []
	found(known_clb, [by_hk(fixtures.vswitch)]) == []
	found(known_clb, [by_hk(fixtures.resource("alicloud_vpc", "v", {"id": "vsw-1"}, {}, {}))]) == []
	found(clb, []) == []
}

test_where_the_target_is_not_known_to_be_nothing_is_outside_of_it if {
	outside.of(clb.change, {"value": null, "from": "x"}) == [] with input as plan([clb, by_hk(fixtures.vswitch)])
}

test_the_vpc_of_a_vswitch_is_looked_at if {
	found(clb, [in_vpc, by_hk(vpc)]) == [in_hk("alicloud_vpc.v")]
	found(clb, [by_hk(in_vpc), by_hk(vpc)]) == [in_hk("alicloud_vswitch.s")]
	untold := object.union(vpc, {"block": {"provider_config_key": "alicloud.none"}})
	found(clb, [in_vpc, untold]) == []
}

untold := {
	"address": "alicloud_vswitch.s",
	"attribute": "region",
	"value": null,
	"from": "provider alicloud.none takes its region from the environment",
}

elsewhere := object.union(fixtures.vswitch, {"block": {"provider_config_key": "alicloud.none"}})

test_the_vswitch_of_a_new_load_balancer_must_be_told if {
	found(clb, [elsewhere]) == [untold]
	existing := object.union(clb, {"change": {"change": {"actions": ["update"]}}})
	found(existing, [elsewhere]) == []
	stray := object.union(fixtures.vswitch, {"block": {"name": "other"}})
	found(clb, [stray])[0].from == "no configuration block in the plan"
	odd := object.union(fixtures.vswitch, {"block": {"provider_config_key": 5}})
	found(clb, [odd])[0].from == "no configuration block in the plan"
}

interface := fixtures.resource("alicloud_ecs_network_interface", "e", {}, {"id": true, "vswitch_id": true}, {"vswitch_id": fixtures.references("alicloud_vswitch.s")})

test_the_vswitch_of_a_network_interface_is_looked_at if {
	found(interface, [fixtures.vswitch]) == []
	found(interface, [by_hk(fixtures.vswitch)]) == [in_hk("alicloud_vswitch.s")]
	found(interface, [elsewhere]) == []
}

zoned(parts) := fixtures.clb(object.union({"address_type": "intranet", "vswitch_id": "vsw-1"}, parts), {}, {})

test_zones_of_another_region_are_outside if {
	found(zoned({"master_zone_id": "ap-southeast-1a", "slave_zone_id": ""}), []) == []
	found(zoned({"master_zone_id": "cn-hongkong-b", "slave_zone_id": "ap-southeast-10a"}), []) == [
		{"address": "alicloud_slb_load_balancer.lb", "attribute": "master_zone_id", "value": "cn-hongkong-b", "from": ""},
		{"address": "alicloud_slb_load_balancer.lb", "attribute": "slave_zone_id", "value": "ap-southeast-10a", "from": ""},
	]
	in_zone := fixtures.resource("alicloud_vswitch", "s", {"zone_id": "cn-hongkong-b"}, {"id": true}, {})
	found(clb, [in_zone]) == [{"address": "alicloud_vswitch.s", "attribute": "zone_id", "value": "cn-hongkong-b", "from": ""}]
	instance := fixtures.resource("alicloud_instance", "i", {"availability_zone": "cn-hongkong-b"}, {"network_interface_id": true}, {})
	[part.attribute | some part in found(instance, [])] == ["availability_zone"]
}

test_a_sensitive_zone_is_shown_nowhere if {
	secret := object.union(zoned({"master_zone_id": "cn-hongkong-b"}), {"change": {"change": {"after_sensitive": {"master_zone_id": true}}}})
	[part.value | some part in found(secret, [])] == ["(sensitive value)"]
}

# A data source that has listed the vSwitch.
source := {
	"address": "data.alicloud_vswitches.d",
	"mode": "data",
	"type": "alicloud_vswitches",
	"name": "d",
	"provider_name": fixtures.provider,
	"values": {"vswitches": [{"id": "vsw-1", "zone_id": "cn-hongkong-b"}]},
}

read_by(key) := object.union(plan([known_clb, {"change": {}, "block": block}]), {"prior_state": {"values": {"root_module": {"resources": [source]}}}}) if {
	block := {"mode": "data", "type": "alicloud_vswitches", "name": "d", "provider_config_key": key, "expressions": {}}
}

test_a_vswitch_that_a_data_source_has_read_is_in_the_region_of_its_provider if {
	outside.of(known_clb.change, singapore) == [] with input as read_by("alicloud")
	outside.of(known_clb.change, singapore) == [in_hk("data.alicloud_vswitches.d")] with input as read_by("alicloud.hk")
}

test_of_several_that_differ_in_their_address_only_the_first_is_told if {
	keyed := [resource |
		some key in ["b", "a"]
		address := concat("", ["alicloud_vswitch.s[\"", key, "\"]"])
		resource := object.union(by_hk(fixtures.vswitch), {"change": {"address": address}})
	]
	any_vswitch := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"vswitch_id": {"references": ["alicloud_vswitch.s", "var.key"]}})
	parts := outside.of(any_vswitch.change, singapore) with input as object.union(plan(array.concat([any_vswitch], keyed)), {"variables": {"key": {"value": "a"}}})
	parts == [in_hk(`alicloud_vswitch.s["a"]`)]
}

messages(resources) := {[result.outcome, result.attribute, result.message] |
	some result in one_region.results with input as plan(array.concat([fixtures.bound], resources))
}

test_the_rule_says_what_is_where if {
	messages([clb, fixtures.vswitch]) == set()
	messages([clb, by_hk(fixtures.vswitch)]) == {["violation", "vswitch_id", "Expected alicloud_vswitch.s to be in `ap-southeast-1`, the region of alicloud_slb_load_balancer.lb (provider alicloud), got `cn-hongkong (provider alicloud.hk)` (at alicloud_vswitch.s)."]}
	messages([zoned({"master_zone_id": "cn-hongkong-b"})]) == {["violation", "master_zone_id", "Expected master_zone_id of alicloud_slb_load_balancer.lb to be a zone of `ap-southeast-1`, the region of alicloud_slb_load_balancer.lb (provider alicloud), got `cn-hongkong-b` (at alicloud_slb_load_balancer.lb)."]}
	messages([clb, elsewhere]) == {["undetermined", "vswitch_id", "Expected alicloud_vswitch.s to be in `ap-southeast-1`, the region of alicloud_slb_load_balancer.lb (provider alicloud), got `provider alicloud.none takes its region from the environment` (at alicloud_vswitch.s)."]}
}
