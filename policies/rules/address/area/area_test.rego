package anycast.rules.address.area_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.address.area

placed(value) := fixtures.with_part(fixtures.address({"service_location": value}, {}, {}))

test_the_two_areas_are_allowed if {
	every value in ["international", "ChineseMainland"] {
		count(area.results) == 0 with input as placed(value)
	}
}

test_other_areas_are_denied_and_so_is_one_left_out if {
	every value in ["International", "international ", "", null, 1] {
		fixtures.outcomes(area.results) == {"violation"} with input as placed(value)
	}
}

test_an_area_known_only_after_apply_is_undetermined if {
	plan := fixtures.with_part(fixtures.address({}, {"service_location": true}, {}))
	fixtures.outcomes(area.results) == {"undetermined"} with input as plan
}

test_an_address_that_is_removed_is_not_checked if {
	part := fixtures.address({}, {}, {})
	gone := {"change": fixtures.change(fixtures.address_type, "a", ["delete"], null, {}), "block": part.block}
	count(area.results) == 0 with input as fixtures.with_part(gone)
}
