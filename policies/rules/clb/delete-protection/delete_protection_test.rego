package anycast.rules.clb.delete_protection_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.clb.delete_protection

clb(actions, before) := object.union(fixtures.internal_clb, {"change": {"change": {"actions": actions, "before": before}}})

found(part) := {result.message | some result in results} if {
	results := delete_protection.results with input as fixtures.plan([part])
}

on := {"id": "lb-1", "delete_protection": "on", "payment_type": "PayAsYouGo"}

test_a_protected_load_balancer_that_is_destroyed_is_denied if {
	every actions in [["delete"], ["delete", "create"], ["create", "delete"]] {
		found(clb(actions, on)) == {"Expected delete_protection of alicloud_slb_load_balancer.lb to be `off` before it is destroyed, got `on` (at alicloud_slb_load_balancer.lb)."}
	}
	count(found(clb(["delete"], object.remove(on, ["payment_type"])))) == 1
}

test_one_that_stays_is_allowed if {
	every actions in [["no-op"], ["update"], ["create"], ["forget"], ["create", "forget"]] {
		found(clb(actions, on)) == set()
	}
}

test_one_that_is_not_protected_is_allowed if {
	every before in [null, {}, object.union(on, {"delete_protection": "off"}), object.union(on, {"payment_type": "Subscription"})] {
		found(clb(["delete", "create"], before)) == set()
	}
}

test_other_types_are_not_read if {
	other := {"change": {"change": {"actions": ["delete"], "before": on}}}
	found(object.union(fixtures.vswitch, other)) == set()
}
