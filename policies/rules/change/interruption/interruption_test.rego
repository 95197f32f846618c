package anycast.rules.change.interruption_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.change.interruption

serving_clb := {
	"change": fixtures.change(fixtures.clb_type, "lb", ["no-op"], {"id": "lb-1", "address_type": "intranet", "vswitch_id": "vsw-1"}, {}),
	"block": fixtures.internal_clb.block,
}

to_serving := fixtures.plan([fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {}), serving_clb])

test_a_new_binding_of_a_new_clb_interrupts_nobody if {
	count(interruption.results) == 0 with input as fixtures.good
}

test_a_new_binding_of_a_clb_that_serves_warns if {
	some result in interruption.results with input as to_serving
	not result.level
	contains(result.message, "already serves")
	by_reference := fixtures.plan([fixtures.bound, serving_clb])
	count(interruption.results) == 1 with input as by_reference
}

test_the_end_of_a_binding_warns if {
	gone := {"change": fixtures.change(fixtures.attachment_type, "t", ["delete"], null, {}), "block": fixtures.bound.block}
	count(interruption.results) == 1 with input as fixtures.plan([gone])
	forgotten := {"change": fixtures.change(fixtures.attachment_type, "t", ["forget"], null, {}), "block": fixtures.bound.block}
	count(interruption.results) == 0 with input as fixtures.plan([forgotten])
	replaced := {"change": fixtures.change(fixtures.attachment_type, "t", ["delete", "create"], fixtures.bound.change.change.after, {"bind_instance_id": true}), "block": fixtures.bound.block}
	count(interruption.results) == 1 with input as fixtures.plan([replaced, fixtures.internal_clb])
	other := {"change": fixtures.change(fixtures.clb_type, "lb", ["delete"], null, {}), "block": fixtures.internal_clb.block}
	count(interruption.results) == 0 with input as fixtures.plan([other])
}

test_a_binding_that_stays_as_it_is_interrupts_nobody if {
	kept := {"change": fixtures.change(fixtures.attachment_type, "t", ["no-op"], {"bind_instance_id": "lb-1"}, {}), "block": fixtures.bound.block}
	count(interruption.results) == 0 with input as fixtures.plan([kept, serving_clb])
}

test_outside_the_change_window_it_denies if {
	some result in interruption.results with input as to_serving with data.anycast_settings as {"window": {"open": false, "next": "tonight"}}
	result.level == "deny"
	contains(result.message, "tonight")
}

test_inside_the_change_window_it_warns if {
	some result in interruption.results with input as to_serving with data.anycast_settings as {"window": {"open": true, "next": "now"}}
	not result.level
	not contains(result.message, "window")
}

test_a_clb_with_an_id_serves_whatever_is_done_to_it if {
	made := {"change": object.union(serving_clb.change, {"change": {"actions": ["create"]}}), "block": serving_clb.block}
	plan := fixtures.plan([fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {}), made])
	count(interruption.results) == 1 with input as plan
}
