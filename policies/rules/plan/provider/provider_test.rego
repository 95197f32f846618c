package anycast.rules.plan.provider_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.plan.provider

from(resource, name) := {"change": object.union(resource.change, {"provider_name": name}), "block": resource.block}

test_the_provider_of_both_registries_is_allowed if {
	count(provider.results) == 0 with input as fixtures.good
	count(provider.results) == 0 with input as fixtures.with_part(from(fixtures.bound, "registry.opentofu.org/aliyun/alicloud"))
}

test_other_providers_are_undetermined if {
	every name in ["registry.terraform.io/hashicorp/alicloud", "example.com/aliyun/alicloud", "aliyun/alicloud", "", null, 1] {
		fixtures.outcomes(provider.results) == {"undetermined"} with input as fixtures.with_part(from(fixtures.bound, name))
		fixtures.outcomes(provider.results) == {"undetermined"} with input as fixtures.with_part(from(fixtures.address({}, {}, {}), name))
	}
}

test_a_provider_left_out_is_undetermined if {
	nameless := {"change": object.remove(fixtures.bound.change, ["provider_name"]), "block": fixtures.bound.block}
	fixtures.outcomes(provider.results) == {"undetermined"} with input as fixtures.with_part(nameless)
}

test_what_goes_may_be_of_any_provider if {
	gone := {"change": fixtures.change(fixtures.attachment_type, "t", ["delete"], null, {}), "block": fixtures.bound.block}
	count(provider.results) == 0 with input as fixtures.with_part(from(gone, "registry.terraform.io/evil/alicloud"))
}
