package anycast.rules.binding.region_matches_target_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.region_matches_target

with_region(expressions) := fixtures.replaced(fixtures.good, "configuration", fixtures.replaced(
	fixtures.good.configuration, "provider_config",
	{"alicloud": {"name": "alicloud", "full_name": fixtures.provider, "expressions": expressions}},
))

test_the_region_of_the_provider_is_allowed if {
	count(region_matches_target.results) == 0 with input as fixtures.good
}

test_another_region_is_denied if {
	plan := fixtures.with_part(fixtures.attachment({"bind_instance_region_id": "cn-hongkong"}, {}, {}))
	some result in region_matches_target.results with input as plan
	result.outcome == "violation"
	contains(result.message, "`ap-southeast-1`")
}

test_a_region_known_only_after_apply_is_undetermined if {
	plan := fixtures.with_part(fixtures.attachment({}, {"bind_instance_region_id": true}, {}))
	fixtures.outcomes(region_matches_target.results) == {"undetermined"} with input as plan
}

test_two_regions_that_are_not_known_are_told_once if {
	plan := object.union(with_region({}), {"resource_changes": [fixtures.attachment({}, {"bind_instance_region_id": true}, {}).change, fixtures.internal_clb.change]})
	count(region_matches_target.results) == 1 with input as plan
}

test_a_region_by_variable_is_followed if {
	plan := object.union(with_region({"region": {"references": ["var.region"]}}), {"variables": {"region": {"value": "ap-southeast-1"}}})
	count(region_matches_target.results) == 0 with input as plan
	fixtures.outcomes(region_matches_target.results) == {"violation"} with input as object.union(plan, {"variables": {"region": {"value": "cn-hongkong"}}})
}

test_an_attribute_left_out_is_undetermined_unless_the_environment_is_told if {
	fixtures.outcomes(region_matches_target.results) == {"undetermined"} with input as with_region({})
	count(region_matches_target.results) == 0 with input as with_region({}) with data.anycast_settings as {"region_from_env": "ap-southeast-1"}
	fixtures.outcomes(region_matches_target.results) == {"violation"} with input as with_region({}) with data.anycast_settings as {"region_from_env": "cn-hongkong"}
}

test_a_claim_about_the_environment_that_the_plan_contradicts_is_undetermined if {
	zoned := fixtures.clb({"address_type": "intranet", "vswitch_id": "vsw-1", "master_zone_id": "ap-southeast-1a"}, {}, {})
	plan := object.union(with_region({}), {"resource_changes": [fixtures.bound.change, zoned.change]})
	count(region_matches_target.results) == 0 with input as plan with data.anycast_settings as {"region_from_env": "ap-southeast-1"}
	results := region_matches_target.results with input as plan with data.anycast_settings as {"region_from_env": "cn-hongkong"}
	{[result.outcome, result.message] | some result in results} == {["undetermined", "Expected the region of alicloud_slb_load_balancer.lb to be the one that the environment is said to set, got `provider alicloud takes its region from the environment: said to be cn-hongkong, but master_zone_id of alicloud_slb_load_balancer.lb is ap-southeast-1a` (at alicloud_slb_load_balancer.lb)."]}
}

test_what_the_plan_does_not_hold_is_undetermined if {
	every expression in [
		{"references": ["local.region"]},
		{"references": ["each.key"]},
		{"references": ["each.value"]},
		{"references": ["each.value.region", "each.value"]},
		{"constant_value": ""},
		{"references": ["var.missing"]},
		{"references": ["data.alicloud_regions.r.regions[0].id", "data.alicloud_regions.r"]},
		{"references": ["var.a", "var.b"]},
		{"constant_value": 1},
		{"constant_value": "${var.region}-1"},
	] {
		plan := object.union(with_region({"region": expression}), {"variables": {"a": {"value": "ap-southeast-1"}, "b": {"value": "cn-hongkong"}}})
		fixtures.outcomes(region_matches_target.results) == {"undetermined"} with input as plan
	}
}

test_a_target_without_a_block_is_undetermined if {
	configuration := fixtures.replaced(fixtures.good.configuration, "root_module", {"resources": [fixtures.bound.block]})
	plan := fixtures.replaced(fixtures.good, "configuration", configuration)
	fixtures.outcomes(region_matches_target.results) == {"undetermined"} with input as plan
}
