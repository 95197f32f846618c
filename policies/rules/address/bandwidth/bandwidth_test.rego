package anycast.rules.address.bandwidth_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.address.bandwidth

wide(value) := fixtures.with_part(fixtures.address({"bandwidth": value}, {}, {}))

test_a_bandwidth_in_range_is_allowed if {
	every value in [200, 500, 1000, null] {
		count(bandwidth.results) == 0 with input as wide(value)
	}
}

test_a_bandwidth_from_a_variable_is_known if {
	plan := fixtures.with_part(fixtures.address({"bandwidth": 200}, {}, {"bandwidth": {"references": ["var.bandwidth"]}}))
	count(bandwidth.results) == 0 with input as plan
}

test_an_attribute_left_out_is_allowed if {
	count(bandwidth.results) == 0 with input as fixtures.good
}

test_a_bandwidth_out_of_range_is_denied if {
	every value in [199, 1001, 200.5, -1, "200", true] {
		fixtures.outcomes(bandwidth.results) == {"violation"} with input as wide(value)
	}
}

test_the_settings_narrow_the_range if {
	settings := {"bandwidth": {"min": 300, "max": 400}}
	count(bandwidth.results) == 0 with input as wide(300) with data.anycast_settings as settings
	count(bandwidth.results) == 1 with input as wide(299) with data.anycast_settings as settings
	count(bandwidth.results) == 1 with input as wide(401) with data.anycast_settings as settings
}

test_a_bandwidth_known_only_after_apply_is_undetermined_when_it_is_configured if {
	plan := fixtures.with_part(fixtures.address({}, {"bandwidth": true}, {"bandwidth": {"references": ["terraform_data.x.output", "terraform_data.x"]}}))
	fixtures.outcomes(bandwidth.results) == {"undetermined"} with input as plan
}
