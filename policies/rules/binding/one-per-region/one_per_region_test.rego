package anycast.rules.binding.one_per_region_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.one_per_region

binding(name, id, region) := fixtures.resource(
	fixtures.attachment_type, name,
	{"anycast_id": id, "bind_instance_region_id": region}, {}, {},
)

test_two_bindings_of_one_address_in_one_region_are_denied if {
	plan := fixtures.plan([binding("x", "aeip-1", "cn-hongkong"), binding("y", "aeip-1", "cn-hongkong")])
	{result.address | some result in one_per_region.results} == {concat(".", [fixtures.attachment_type, name]) | some name in ["x", "y"]} with input as plan
}

test_other_regions_and_other_addresses_are_allowed if {
	plan := fixtures.plan([binding("x", "aeip-1", "cn-hongkong"), binding("y", "aeip-1", "eu-central-1"), binding("z", "aeip-2", "cn-hongkong")])
	count(one_per_region.results) == 0 with input as plan
}

test_a_region_left_out_is_for_other_rules if {
	plan := fixtures.plan([binding("x", "aeip-1", null), binding("y", "aeip-1", null)])
	one_per_region.by_place == {} with input as plan
}

test_an_address_known_only_after_apply_that_cannot_be_followed_is_no_ground_for_a_refusal if {
	count(one_per_region.results) == 0 with input as fixtures.plan([unknown("x"), unknown("y")])
}

unknown(name) := fixtures.resource(
	fixtures.attachment_type, name,
	{"bind_instance_region_id": "cn-hongkong"}, {"anycast_id": true},
	{"anycast_id": {"references": ["local.a"]}},
)

test_of_many_bindings_a_finding_names_a_few if {
	names := ["a", "b", "c", "d", "e"]
	plan := fixtures.plan([binding(name, "aeip-1", "cn-hongkong") | some name in names])
	results := one_per_region.results with input as plan
	count(results) == 5
	first := [concat(".", [fixtures.attachment_type, name]) | some name in ["a", "b", "c"]]
	every result in results {
		contains(result.message, concat("", ["got `", concat(", ", first), " and 2 more` (at "]))
	}
}

existing(id) := fixtures.address({"id": id}, {"id": false}, {})

test_an_id_and_a_reference_to_the_address_that_has_it_are_one_address if {
	to_a := fixtures.references(concat(".", [fixtures.address_type, "a"]))
	by_reference := fixtures.resource(fixtures.attachment_type, "y", {"bind_instance_region_id": "cn-hongkong"}, {"anycast_id": true}, {"anycast_id": to_a})
	bindings := [binding("x", "aeip-1", "cn-hongkong"), by_reference]
	count(one_per_region.results) == 2 with input as fixtures.plan(array.concat(bindings, [existing("aeip-1")]))
	count(one_per_region.results) == 0 with input as fixtures.plan(array.concat(bindings, [existing("aeip-2")]))
}
