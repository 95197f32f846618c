package anycast.rules.clb.charge_type_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.clb.charge_type

charged(after, unknown) := fixtures.plan([fixtures.clb(after, unknown, {})])

test_lcu_billing_is_allowed if {
	every after in [{"instance_charge_type": "PayByCLCU"}, {"load_balancer_spec": "slb.lcu.elastic"}, {}, {"instance_charge_type": "PayByCLCU", "load_balancer_spec": "slb.s1.small"}] {
		count(charge_type.results) == 0 with input as charged(after, {})
	}
}

test_a_specification_warns if {
	every after in [{"instance_charge_type": "PayBySpec"}, {"load_balancer_spec": "slb.s1.small"}] {
		fixtures.outcomes(charge_type.results) == {"violation"} with input as charged(after, {})
	}
}

test_a_subscription_and_an_existing_clb_are_left_alone if {
	count(charge_type.results) == 0 with input as charged({"payment_type": "Subscription", "load_balancer_spec": "slb.s1.small"}, {})
	kept := {"change": fixtures.change(fixtures.clb_type, "lb", ["update"], {"load_balancer_spec": "slb.s1.small"}, {}), "block": fixtures.internal_clb.block}
	count(charge_type.results) == 0 with input as fixtures.plan([kept])
}

test_what_is_left_out_or_known_only_after_apply_is_the_clouds_choice if {
	count(charge_type.results) == 0 with input as charged({}, {"instance_charge_type": true, "load_balancer_spec": true, "payment_type": true})
}

test_what_the_provider_fills_in_later_changes_nothing if {
	plan := charged({"load_balancer_spec": "slb.s1.small"}, {"instance_charge_type": true, "payment_type": true})
	fixtures.outcomes(charge_type.results) == {"violation"} with input as plan
}
