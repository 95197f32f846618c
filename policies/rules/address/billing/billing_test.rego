package anycast.rules.address.billing_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.address.billing

billed(after, unknown) := fixtures.with_part(fixtures.address(after, unknown, {}))

test_pay_by_data_transfer_is_allowed if {
	count(billing.results) == 0 with input as fixtures.good
}

test_attributes_left_out_are_allowed if {
	count(billing.results) == 0 with input as billed({"internet_charge_type": null, "payment_type": null}, {})
}

test_other_ways_to_pay_are_denied if {
	every after in [{"internet_charge_type": "PayByBandwidth"}, {"payment_type": "Subscription"}, {"payment_type": 1}] {
		fixtures.outcomes(billing.results) == {"violation"} with input as billed(after, {})
	}
}

test_what_is_known_only_after_apply_is_undetermined if {
	every attribute in ["internet_charge_type", "payment_type"] {
		fixtures.outcomes(billing.results) == {"undetermined"} with input as billed({}, {attribute: true})
	}
}
