package anycast.rules.binding.default_target_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.default_target

to(expression, name, mode) := fixtures.resource(
	fixtures.attachment_type, name,
	{"association_mode": mode}, {"anycast_id": true}, {"anycast_id": expression},
)

binding(name, mode) := to(fixtures.references(concat(".", [fixtures.address_type, "a"])), name, mode)

address(name) := concat(".", [fixtures.attachment_type, name])

new := fixtures.address({}, {}, {})

found(parts) := {result.address | some result in results} if {
	results := default_target.results with input as fixtures.plan(parts)
}

test_a_new_address_with_normal_bindings_only_is_denied if {
	found([binding("x", "Normal"), new]) == {address("x")}
	found([binding("x", "Normal"), binding("y", "Normal"), new]) == {address("x"), address("y")}
	results := default_target.results with input as fixtures.plan([binding("x", "Normal"), new])
	{result.message | some result in results} == {"Expected one binding of alicloud_eipanycast_anycast_eip_address.a to have association_mode `Default`, got `only Normal ones: alicloud_eipanycast_anycast_eip_address_attachment.x` (at alicloud_eipanycast_anycast_eip_address_attachment.x)."}
}

test_one_that_is_or_may_be_the_default_is_enough if {
	every mode in ["Default", null] {
		found([binding("x", "Normal"), binding("y", mode), new]) == set()
	}
	unknown := object.union(binding("y", null), {"change": {"change": {"after_unknown": {"association_mode": true}}}})
	found([binding("x", "Normal"), unknown, new]) == set()
	found([binding("x", "Normal"), to({"references": ["local.x"]}, "y", "Default"), new]) == set()
	found([new]) == set()
}

test_an_address_that_exists_may_have_its_default_elsewhere if {
	every actions in [["no-op"], ["update"]] {
		existing := object.union(new, {"change": {"change": {"actions": actions}}})
		found([binding("x", "Normal"), existing]) == set()
	}
}

test_a_default_binding_by_id_counts_for_the_address_that_has_it if {
	by_id := fixtures.resource(fixtures.attachment_type, "y", {"association_mode": "Default", "anycast_id": "aeip-1"}, {}, {})
	found([binding("x", "Normal"), by_id, known("aeip-1")]) == set()
	found([binding("x", "Normal"), by_id, known("aeip-2")]) == {address("x")}
}

known(id) := object.union(new, {"change": {"change": {"after": {"id": id}, "after_unknown": {"id": false}}}})

existing(status) := object.union(new, {"change": {"change": {"actions": ["no-op"], "after": {"status": status}}}})

test_an_address_whose_status_says_that_nothing_is_bound_counts_as_new if {
	found([binding("x", "Normal"), existing("Allocated")]) == {address("x")}
	found([binding("x", "Normal"), existing("Associated")]) == set()
	kept := object.union(binding("x", "Normal"), {"change": {"change": {"actions": ["no-op"]}}})
	found([kept, existing("Allocated")]) == set()
}
