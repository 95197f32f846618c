package anycast.rules.binding.access_points_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.access_points

binding(name, mode, points) := fixtures.resource(
	fixtures.attachment_type, name,
	{"anycast_id": "aeip-1", "association_mode": mode, "pop_locations": [{"pop_location": point} | some point in points]}, {}, {},
)

address(name) := concat(".", [fixtures.attachment_type, name])

found(parts) := {[result.address, result.message] | some result in results} if {
	results := access_points.results with input as fixtures.plan(parts)
}

in_area(area) := fixtures.address({"id": "aeip-1", "service_location": area}, {"id": false}, {})

test_access_points_of_the_area_are_allowed if {
	found([binding("x", "Normal", ["us-west-1-pop", "cn-hongkong-pop"]), in_area("international")]) == set()
	found([binding("x", "Normal", ["cn-beijing-pop"]), in_area("ChineseMainland")]) == set()
	found([binding("x", "Normal", ["cn-beijing-pop", "us-west-1-pop"])]) == set()
	found([binding("x", null, [])]) == set()
	found([fixtures.bound]) == set()
}

test_other_access_points_of_the_area_are_a_warning if {
	mainland := found([binding("x", "Normal", ["cn-mars-pop"]), in_area("ChineseMainland")])
	mainland == {[address("x"), "Expected pop_locations to be among cn-beijing-pop, cn-chengdu-pop, cn-guangzhou-pop, cn-shanghai-pop, got `cn-mars-pop` (at alicloud_eipanycast_anycast_eip_address_attachment.x)."]}
	every point in ["mars-1-pop", "cn-mars-pop"] {
		levels([binding("x", "Normal", [point])]) == {"warn"}
	}
	every area in ["international", "mars"] {
		levels([binding("x", "Normal", ["mars-1-pop"]), in_area(area)]) == {"warn"}
	}
}

test_access_points_of_the_other_area_are_denied if {
	every area, points in {"ChineseMainland": ["cn-hongkong-pop", "us-west-1-pop", "mars-1-pop"], "international": ["cn-beijing-pop", "cn-mars-pop"]} {
		every point in points {
			levels([binding("x", "Normal", [point]), in_area(area)]) == {"deny"}
		}
	}
	found([binding("x", "Normal", ["us-west-1-pop"]), in_area("ChineseMainland")]) == {[address("x"), "Expected pop_locations to be access points in mainland China, the area of the Anycast EIP, got `us-west-1-pop` (at alicloud_eipanycast_anycast_eip_address_attachment.x)."]}
	found([binding("x", "Normal", ["cn-beijing-pop"]), in_area("international")]) == {[address("x"), "Expected pop_locations to be access points outside mainland China, the area of the Anycast EIP, got `cn-beijing-pop` (at alicloud_eipanycast_anycast_eip_address_attachment.x)."]}
}

test_what_is_no_name_of_an_access_point_is_denied if {
	every point in ["us-west-1", "us-west-1-POP", "", null, 1, true, ["us-west-1-pop"]] {
		levels([binding("x", "Normal", [point])]) == {"deny"}
	}
	found([binding("x", "Normal", ["us-west-1"])]) == {[address("x"), "Expected pop_locations to be names of access points, such as us-west-1-pop, got `us-west-1` (at alicloud_eipanycast_anycast_eip_address_attachment.x)."]}
}

test_what_is_no_name_is_told_once_for_each_binding if {
	count(found([binding("x", "Normal", ["us-west-1"]), binding("y", "Normal", ["us-west-1"])])) == 2
}

test_what_is_no_name_is_in_no_area if {
	every area in ["international", "ChineseMainland"] {
		every point in ["us-west-1", "cn-beijing"] {
			count(found([binding("x", "Normal", [point]), in_area(area)])) == 1
		}
	}
}

secret(part, marks) := object.union(part, {"change": {"change": {"after_sensitive": {"pop_locations": marks}}}})

test_what_is_sensitive_is_not_shown if {
	every marks in [true, [{"pop_location": true}], [{}, {"pop_location": true}]] {
		found([secret(binding("x", "Normal", ["mars-1-pop"]), marks)]) == set()
		every point in ["us-west-1", "cn-beijing-pop"] {
			hidden := found([secret(binding("x", "Normal", [point]), marks), in_area("international")])
			count(hidden) == 1
			every claim in hidden {
				contains(claim[1], "got `(sensitive value)` (at ")
			}
		}
		twice := found([secret(binding("x", "Normal", ["us-west-1-pop"]), marks), binding("y", "Normal", ["us-west-1-pop"])])
		count(twice) == 2
		every claim in twice {
			contains(claim[1], "to have the access point (sensitive value), got `")
		}
	}
}

test_what_is_known_only_after_apply_is_undetermined if {
	every marks in [true, [{"pop_location": true}], [{}, {"pop_location": true}]] {
		unknown := object.union(fixtures.bound, {"change": {"change": {"after_unknown": {"pop_locations": marks}}}})
		{result.outcome | some result in results_of(unknown)} == {"undetermined"}
	}
	every marks in [false, [], [{}], [{"pop_location": false}]] {
		known := object.union(fixtures.bound, {"change": {"change": {"after_unknown": {"pop_locations": marks}}}})
		results_of(known) == set()
	}
}

results_of(part) := results if {
	results := access_points.results with input as fixtures.plan([part])
}

test_an_access_point_leads_to_one_binding_of_an_address if {
	twice := found([binding("x", "Normal", ["us-west-1-pop"]), binding("y", "Normal", ["us-west-1-pop", "eu-west-1-pop"])])
	{claim[0] | some claim in twice} == {address("x"), address("y")}
	other := object.union(binding("y", "Normal", ["us-west-1-pop"]), {"change": {"change": {"after": {"anycast_id": "aeip-2"}}}})
	found([binding("x", "Normal", ["us-west-1-pop"]), other]) == set()
	found([binding("x", "Normal", ["us-west-1-pop"]), binding("y", "Normal", ["eu-west-1-pop"])]) == set()
}

test_for_a_default_binding_they_have_no_effect if {
	results := access_points.results with input as fixtures.plan([binding("x", "Default", ["us-west-1-pop"]), binding("y", "Normal", ["us-west-1-pop"])])
	{[result.address, object.get(result, "level", "deny"), object.get(result, "fix", "")] | some result in results} == {[address("x"), "warn", "Leave pop_locations out of the binding with association_mode = \"Default\"."]}
	found([binding("x", "Default", [])]) == set()
}

levels(parts) := {object.get(result, "level", "deny") | some result in results} if {
	results := access_points.results with input as fixtures.plan(parts)
}

test_what_two_bindings_claim_is_denied_and_a_name_off_the_list_is_not if {
	levels([binding("x", "Normal", ["mars-1-pop"])]) == {"warn"}
	levels([binding("x", "Normal", ["us-west-1-pop"]), binding("y", "Normal", ["us-west-1-pop"])]) == {"deny"}
}

test_an_id_and_a_reference_to_the_address_that_has_it_are_one_address if {
	by_reference := fixtures.resource(
		fixtures.attachment_type, "y", {"association_mode": "Normal", "pop_locations": [{"pop_location": "us-west-1-pop"}]},
		{"anycast_id": true}, {"anycast_id": fixtures.references(concat(".", [fixtures.address_type, "a"]))},
	)
	count(found([binding("x", "Normal", ["us-west-1-pop"]), by_reference, in_area("international")])) == 2
}
