package anycast.rules.binding.supported_region_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.supported_region

test_a_region_of_the_quick_start_is_allowed if {
	every region in ["cn-hongkong", "ap-southeast-1", "eu-central-1"] {
		count(supported_region.results) == 0 with input as fixtures.with_part(fixtures.attachment({"bind_instance_region_id": region}, {}, {}))
	}
}

test_another_region_is_denied if {
	every region in ["cn-shanghai", "ap-southeast-1 ", "AP-SOUTHEAST-1", "", null, 1] {
		fixtures.outcomes(supported_region.results) == {"violation"} with input as fixtures.with_part(fixtures.attachment({"bind_instance_region_id": region}, {}, {}))
	}
}

test_a_region_known_only_after_apply_is_undetermined if {
	plan := fixtures.with_part(fixtures.attachment({}, {"bind_instance_region_id": true}, {}))
	fixtures.outcomes(supported_region.results) == {"undetermined"} with input as plan
}

test_the_settings_choose_the_list if {
	tokyo := fixtures.with_part(fixtures.attachment({"bind_instance_region_id": "ap-northeast-1"}, {}, {}))
	count(supported_region.results) == 0 with input as tokyo with data.anycast_settings as {"regions": "current"}
	count(supported_region.results) == 0 with input as tokyo with data.anycast_settings as {"regions": ["ap-northeast-1"]}
	count(supported_region.results) == 1 with input as tokyo with data.anycast_settings as {"regions": ["cn-hongkong"]}
}

test_a_region_the_cloud_no_longer_names_is_denied if {
	count(supported_region.results) == 1 with input as fixtures.good with data.anycast_settings as {"live": {"regions": ["cn-hongkong"]}}
	count(supported_region.results) == 0 with input as fixtures.good with data.anycast_settings as {"live": {"regions": ["ap-southeast-1"]}}
	count(supported_region.results) == 0 with input as fixtures.good with data.anycast_settings as {"live": {"regions": null}}
}
