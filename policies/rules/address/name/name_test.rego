package anycast.rules.address.name_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.address.name

named(value) := fixtures.with_part(fixtures.address({"anycast_eip_address_name": value}, {}, {}))

test_names_of_the_console_are_allowed if {
	every value in ["ab", "Demo-1_x", "a-", concat("", ["x", concat("", ["a" | some _ in numbers.range(1, 127)])])] {
		count(name.results) == 0 with input as named(value)
	}
}

test_an_attribute_left_out_is_allowed if {
	every value in [null, ""] {
		count(name.results) == 0 with input as named(value)
	}
}

test_other_names_are_denied if {
	every value in ["a", "1a", "-a", "a b", "a\n", "ünder", "a.b", 12, true, ["ab"], concat("", ["a" | some _ in numbers.range(1, 129)])] {
		fixtures.outcomes(name.results) == {"violation"} with input as named(value)
	}
}

test_a_name_known_only_after_apply_is_undetermined if {
	plan := fixtures.with_part(fixtures.address({}, {"anycast_eip_address_name": true}, {}))
	fixtures.outcomes(name.results) == {"undetermined"} with input as plan
}

test_a_sensitive_name_is_checked_and_not_shown if {
	part := fixtures.address({"anycast_eip_address_name": "1 secret"}, {}, {})
	hidden := {"change": object.union(part.change, {"change": {"after_sensitive": {"anycast_eip_address_name": true}}}), "block": part.block}
	some result in name.results with input as fixtures.with_part(hidden)
	contains(result.message, "(sensitive value)")
	not contains(result.message, "secret")
	whole := {"change": object.union(part.change, {"change": {"after_sensitive": true}}), "block": part.block}
	some other in name.results with input as fixtures.with_part(whole)
	not contains(other.message, "secret")
}

test_what_fits_is_what_the_pattern_says if {
	long := concat("", ["x" | some _ in numbers.range(1, 127)])
	every value in ["", "a", "ab", "A9", "a_", "a-", "_a", "-a", "9a", "a b", "ab\n", "a.b", "aé", "éa", "ab\u0000", long, concat("", [long, "-"]), concat("", [long, "yz"])] {
		fits(value) == regex.match(data.anycast.lib.facts.address.name.pattern, value)
	}
}

fits(value) if name.fits(value)

else := false
