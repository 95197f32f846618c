package anycast.rules.binding.internal_only_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.internal_only

test_an_internal_clb_is_allowed if {
	count(internal_only.results) == 0 with input as fixtures.good
}

test_an_internet_facing_clb_is_denied if {
	clb := fixtures.clb({"address_type": "internet", "vswitch_id": "vsw-1"}, {}, {"address_type": {"constant_value": "internet"}})
	some result in internal_only.results with input as fixtures.with_part(clb)
	result.outcome == "violation"
	contains(result.message, "got `internet`")
}

test_an_address_type_of_another_type_is_denied if {
	some value in [true, 1, ["intranet"], {"intranet": true}, "Intranet", "intranet ", ""]
	clb := fixtures.clb({"address_type": value, "vswitch_id": "vsw-1"}, {}, {"address_type": {"constant_value": value}})
	fixtures.outcomes(internal_only.results) == {"violation"} with input as fixtures.with_part(clb)
}

test_an_attribute_left_out_is_denied if {
	clb := fixtures.clb({"vswitch_id": "vsw-1"}, {"address_type": true}, {})
	fixtures.outcomes(internal_only.results) == {"violation"} with input as fixtures.with_part(clb)
}

test_a_null_that_is_configured_is_undetermined if {
	clb := fixtures.clb({"address_type": null, "vswitch_id": "vsw-1"}, {}, {"address_type": {"constant_value": null}})
	fixtures.outcomes(internal_only.results) == {"undetermined"} with input as fixtures.with_part(clb)
}

test_a_value_known_only_after_apply_is_undetermined if {
	clb := fixtures.clb({"vswitch_id": "vsw-1"}, {"address_type": true}, {"address_type": {"references": ["terraform_data.x.output", "terraform_data.x"]}})
	fixtures.outcomes(internal_only.results) == {"undetermined"} with input as fixtures.with_part(clb)
}

test_the_expression_is_quoted_where_the_source_is_at_hand if {
	internal_only.unproven("local.type, which may be \"internet\" (main.tf:7)") == "local.type, which may be \"internet\" (main.tf:7)"
	internal_only.unproven(null) == "a value known only after apply"
}
