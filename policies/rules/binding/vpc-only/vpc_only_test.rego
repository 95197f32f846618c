package anycast.rules.binding.vpc_only_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.vpc_only

unknown_vswitch(expression) := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"address_type": {"constant_value": "intranet"}, "vswitch_id": expression})

test_a_known_vswitch_is_allowed if {
	count(vpc_only.results) == 0 with input as fixtures.good
}

test_a_vswitch_of_this_plan_is_allowed if {
	clb := unknown_vswitch(fixtures.references("alicloud_vswitch.s"))
	count(vpc_only.results) == 0 with input as fixtures.plan([fixtures.bound, clb, fixtures.vswitch])
}

test_a_known_condition_has_chosen_the_vswitch if {
	clb := unknown_vswitch({"references": ["var.vpc", "alicloud_vswitch.s.id", "alicloud_vswitch.s"]})
	plan := object.union(fixtures.plan([fixtures.bound, clb, fixtures.vswitch]), {"variables": {"vpc": {"value": true}}})
	count(vpc_only.results) == 0 with input as plan
}

test_no_vswitch_is_the_classic_network if {
	some value in [null, "", "  ", 1, {}]
	clb := fixtures.clb({"address_type": "intranet", "vswitch_id": value}, {}, {"address_type": {"constant_value": "intranet"}})
	fixtures.outcomes(vpc_only.results) == {"violation"} with input as fixtures.with_part(clb)
}

test_an_attribute_left_out_is_the_classic_network if {
	clb := fixtures.clb({"address_type": "intranet"}, {}, {"address_type": {"constant_value": "intranet"}})
	fixtures.outcomes(vpc_only.results) == {"violation"} with input as fixtures.with_part(clb)
}

test_what_may_turn_out_null_is_undetermined if {
	some expression in [
		{"references": ["alicloud_vpc.v.status", "alicloud_vpc.v", "alicloud_vswitch.s.id", "alicloud_vswitch.s"]},
		{"references": ["local.vswitch"]},
		{"references": ["alicloud_vswitch.s.zone_id", "alicloud_vswitch.s"]},
		{"references": ["alicloud_vswitch.missing.id", "alicloud_vswitch.missing"]},
		{"references": ["alicloud_vpc.s.id", "alicloud_vpc.s"]},
		{},
		null,
	]
	clb := unknown_vswitch(expression)
	fixtures.outcomes(vpc_only.results) == {"undetermined"} with input as fixtures.plan([fixtures.bound, clb, fixtures.vswitch])
}

test_a_vswitch_of_another_provider_proves_nothing if {
	foreign := {"change": object.union(fixtures.vswitch.change, {"provider_name": "registry.terraform.io/evil/alicloud"}), "block": fixtures.vswitch.block}
	clb := unknown_vswitch(fixtures.references("alicloud_vswitch.s"))
	fixtures.outcomes(vpc_only.results) == {"undetermined"} with input as fixtures.plan([fixtures.bound, clb, foreign])
}

test_what_is_in_doubt_is_told_where_the_source_is_at_hand if {
	vpc_only.unproven("(known only after apply)") == "a value known only after apply that may be something else"
	vpc_only.unproven("local.vswitch, which may be null (main.tf:7)") == "local.vswitch, which may be null (main.tf:7)"
}

test_the_saved_plan_is_no_fix_where_it_is_what_was_checked if {
	contains(vpc_only.fix_of("(sensitive value)"), "or check the saved plan file instead of its JSON.")
	endswith(vpc_only.fix_of("local.vswitch, which may be null (main.tf:7)"), "(vswitch_id = alicloud_vswitch.NAME.id).")
}

test_a_vswitch_that_is_destroyed_is_a_violation if {
	old := object.union(fixtures.vswitch, {"change": {"change": {"actions": ["delete"], "before": {"id": "vsw-1"}, "after": null}}})
	results := vpc_only.results with input as fixtures.plan([fixtures.bound, fixtures.internal_clb, old])
	fixtures.outcomes(results) == {"violation"}
}
