package anycast.rules.binding.one_default_per_address_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.one_default_per_address

binding(name, after, unknown, expression) := fixtures.resource(
	fixtures.attachment_type, name,
	object.union({"association_mode": "Default"}, after), unknown, {"anycast_id": expression},
)

test_two_defaults_of_one_id_are_denied if {
	plan := fixtures.plan([binding("x", {"anycast_id": "aeip-1"}, {}, {}), binding("y", {"anycast_id": "aeip-1"}, {}, {})])
	count(one_default_per_address.results) == 2 with input as plan
}

test_two_defaults_of_one_new_address_are_denied if {
	to_a := fixtures.references(concat(".", [fixtures.address_type, "a"]))
	plan := fixtures.plan([binding("x", {}, {"anycast_id": true}, to_a), binding("y", {}, {"anycast_id": true}, to_a), fixtures.address({}, {}, {})])
	count(one_default_per_address.results) == 2 with input as plan
}

test_one_default_is_allowed if {
	every other in [{"anycast_id": "aeip-2"}, {"anycast_id": "aeip-1", "association_mode": "Normal"}, {"anycast_id": "aeip-1", "association_mode": null}] {
		plan := fixtures.plan([binding("x", {"anycast_id": "aeip-1"}, {}, {}), binding("y", other, {}, {})])
		count(one_default_per_address.results) == 0 with input as plan
	}
}

test_an_attribute_left_out_or_known_only_after_apply_is_the_clouds_choice if {
	plan := fixtures.plan([binding("x", {"anycast_id": "aeip-1"}, {}, {}), binding("y", {"anycast_id": "aeip-1"}, {"association_mode": true}, {})])
	count(one_default_per_address.results) == 0 with input as plan
}

existing(id) := fixtures.address({"id": id}, {"id": false}, {})

test_an_id_and_a_reference_to_the_address_that_has_it_are_one_address if {
	to_a := fixtures.references(concat(".", [fixtures.address_type, "a"]))
	bindings := [binding("x", {"anycast_id": "aeip-1"}, {}, {}), binding("y", {}, {"anycast_id": true}, to_a)]
	count(one_default_per_address.results) == 2 with input as fixtures.plan(array.concat(bindings, [existing("aeip-1")]))
	count(one_default_per_address.results) == 0 with input as fixtures.plan(array.concat(bindings, [existing("aeip-2")]))
}
