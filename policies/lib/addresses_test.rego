package anycast.lib.addresses_test

import data.anycast.lib.addresses
import data.anycast.lib.bindings
import data.anycast.lib.fixtures_test as fixtures

binding(name, after, unknown, expression) := fixtures.resource(fixtures.attachment_type, name, after, unknown, {"anycast_id": expression})

from(name) := {"references": [concat(".", [fixtures.attachment_type, name, "anycast_id"]), concat(".", [fixtures.attachment_type, name])]}

first := binding("first", {}, {"anycast_id": true}, fixtures.references(concat(".", [fixtures.address_type, "a"])))

second := binding("second", {}, {"anycast_id": true}, from("first"))

address_of(part) := addresses.of(binding) if {
	some binding in bindings.all
	binding.address == part.change.address
}

of(resources) := found if {
	found := address_of(resources[0]) with input as fixtures.plan(resources)
}

test_the_address_is_that_of_the_binding_it_is_taken_from if {
	third := binding("third", {}, {"anycast_id": true}, from("second"))
	of([third, second, first, fixtures.address({}, {}, {})]) == concat(".", [fixtures.address_type, "a"])
	of([second, binding("first", {"anycast_id": "aeip-1"}, {}, {})]) == "aeip-1"
}

test_what_the_plan_does_not_tell_is_no_address if {
	not of([second])
	not of([binding("second", {}, {"anycast_id": true}, from("second"))])
	not of([binding("second", {}, {"anycast_id": true}, {"references": ["local.x"]})])
	not of([binding("second", {"anycast_id": 1}, {}, {})])
	by_other_attribute := {"references": [concat(".", [fixtures.attachment_type, "first.status"]), concat(".", [fixtures.attachment_type, "first"])]}
	not of([binding("second", {}, {"anycast_id": true}, by_other_attribute), first, fixtures.address({}, {}, {})])
	either := {"references": array.concat(from("first").references, ["var.x"])}
	not of([binding("second", {}, {"anycast_id": true}, either), first, fixtures.address({}, {}, {})])
}

test_a_sensitive_id_or_region_is_shown_nowhere if {
	open := binding("second", {"anycast_id": "aeip-2", "bind_instance_region_id": "cn-hongkong"}, {}, {})
	secret := {"change": object.union(open.change, {"change": {"after_sensitive": {"anycast_id": true, "bind_instance_region_id": true}}}), "block": open.block}
	every value in ["aeip-2", "cn-hongkong"] {
		addresses.shown(value) == value with input as fixtures.plan([open])
		addresses.shown(value) == "(sensitive value)" with input as fixtures.plan([secret])
	}
}

a := concat(".", [fixtures.address_type, "a"])

new := fixtures.address({}, {}, {})

# The address that the binding is of, in a set: empty where the plan does not tell.
told(after, unknown, expression, others) := {address |
	part := fixtures.attachment(after, unknown, {"anycast_id": expression})
	address := address_of(part) with input as fixtures.plan(array.concat([part], others))
}

test_a_known_id_is_the_address if {
	told({"anycast_id": "aeip-1"}, {}, {}, []) == {"aeip-1"}
}

test_an_id_that_is_no_text_tells_nothing if {
	every id in [null, 1, ["aeip-1"], {"binding": first.change.address}] {
		told({"anycast_id": id}, {}, fixtures.references(a), [new, first]) == set()
	}
}

test_a_new_address_is_told_by_its_reference if {
	told({}, {"anycast_id": true}, fixtures.references(a), [new]) == {a}
}

test_what_may_be_another_address_tells_nothing if {
	every other in ["local.a", "alicloud_vpc.v.id", "data.alicloud_x.y.id", "var.missing", "path.module", "each.key"] {
		told({}, {"anycast_id": true}, {"references": [concat("", [a, ".id"]), a, other]}, [new]) == set()
	}
	two := [object.union(new, {"change": {"address": concat("", [a, key])}}) | some key in ["[0]", "[1]"]]
	told({}, {"anycast_id": true}, {"references": [a]}, two) == set()
	told({}, {"anycast_id": true}, fixtures.references(a), []) == set()
}

test_what_is_no_binding_tells_no_address if {
	other := fixtures.resource("alicloud_vswitch", "s", {"anycast_id": "aeip-1"}, {}, {})
	told({}, {"anycast_id": true}, {"references": ["alicloud_vswitch.s.anycast_id", "alicloud_vswitch.s"]}, [other]) == set()
	secret := object.union(other, {"change": {"change": {"after_sensitive": {"anycast_id": true}}}})
	addresses.shown("aeip-1") == "aeip-1" with input as fixtures.plan([secret])
}
