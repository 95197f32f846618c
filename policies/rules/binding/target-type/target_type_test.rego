package anycast.rules.binding.target_type_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.target_type

typed(value) := fixtures.with_part(fixtures.attachment({"bind_instance_type": value}, {}, {}))

test_a_clb_is_allowed if {
	count(target_type.results) == 0 with input as fixtures.good
}

test_a_network_interface_is_allowed_only_where_the_settings_say_so if {
	fixtures.outcomes(target_type.results) == {"violation"} with input as typed("NetworkInterface")
	count(target_type.results) == 0 with input as typed("NetworkInterface") with data.anycast_settings as {"network_interfaces": true}
}

test_another_type_is_denied if {
	every value in ["SLBInstance", "slbinstance", "", null, 1] {
		fixtures.outcomes(target_type.results) == {"violation"} with input as typed(value)
	}
}

test_a_type_known_only_after_apply_is_undetermined if {
	plan := fixtures.with_part(fixtures.attachment({}, {"bind_instance_type": true}, {}))
	fixtures.outcomes(target_type.results) == {"undetermined"} with input as plan
}
