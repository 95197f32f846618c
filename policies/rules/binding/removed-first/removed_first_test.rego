package anycast.rules.binding.removed_first_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.removed_first

created(after, unknown, expressions) := fixtures.attachment(after, unknown, expressions)

to_known(anycast, instance) := created({"anycast_id": anycast, "bind_instance_id": instance}, {"bind_instance_id": false}, {})

# The resource with other parts of its change.
planned(resource, parts) := {
	"change": object.union(resource.change, {"change": parts}),
	"block": resource.block,
}

# A binding that is there, under another name, with what becomes of it.
old(name, id, actions) := {
	"change": object.union(
		fixtures.change(fixtures.attachment_type, name, actions, null, {}),
		{"change": {"before": {"id": id}}},
	),
	"block": fixtures.block(fixtures.attachment_type, name, {}),
}

there := "aeip-1:lb-1:ap-southeast-1:SlbInstance"

results(resources) := found if {
	found := removed_first.results with input as fixtures.plan(resources)
}

one(resources) := result if {
	found := results(resources)
	count(found) == 1
	some result in found
}

test_a_region_that_a_destroyed_binding_holds_is_taken if {
	result := one([to_known("aeip-1", "lb-2"), old("u", there, ["delete"])])
	result.outcome == "undetermined"
	result.address == concat(".", [fixtures.attachment_type, "t"])
	contains(result.message, concat("", [fixtures.attachment_type, ".u, and nothing makes Terraform destroy that first"]))
}

test_an_instance_that_a_destroyed_binding_holds_is_taken if {
	one([to_known("aeip-2", "lb-1"), old("u", there, ["delete"])]).outcome == "undetermined"
}

test_what_another_binding_that_is_replaced_holds_is_taken if {
	replaced := planned(old("u", there, ["delete", "create"]), {"after": {
		"anycast_id": "aeip-1",
		"bind_instance_id": "lb-3",
		"bind_instance_region_id": "cn-hongkong",
	}})
	found := results([to_known("aeip-1", "lb-2"), replaced])
	{result.address | some result in found} == {concat(".", [fixtures.attachment_type, "t"])}
}

test_what_another_binding_holds_that_is_destroyed_last_is_taken if {
	replaced := planned(old("u", there, ["create", "delete"]), {"after": {
		"anycast_id": "aeip-1",
		"bind_instance_id": "lb-3",
		"bind_instance_region_id": "cn-hongkong",
	}})
	found := results([to_known("aeip-1", "lb-2"), replaced])
	{[result.address, result.outcome] | some result in found} == {[concat(".", [fixtures.attachment_type, "t"]), "undetermined"]}
}

test_what_stays_is_for_other_rules if {
	every actions in [["no-op"], ["update"]] {
		stays := planned(old("u", there, actions), {"after": {"anycast_id": "aeip-1", "bind_instance_id": "lb-1"}})
		count(results([to_known("aeip-1", "lb-2"), stays])) == 0
	}
}

test_other_types_hold_nothing if {
	other := {
		"change": object.union(fixtures.change("alicloud_security_group_rule", "r", ["delete"], null, {}), {"change": {"before": {"id": there}}}),
		"block": fixtures.block("alicloud_security_group_rule", "r", {}),
	}
	count(results([to_known("aeip-1", "lb-2"), other])) == 0
}

test_other_regions_and_other_instances_are_free if {
	count(results([to_known("aeip-2", "lb-2"), old("u", there, ["delete"])])) == 0
	count(results([to_known("aeip-1", "lb-2"), old("u", "aeip-1:lb-1:cn-hongkong:SlbInstance", ["delete"])])) == 0
}

test_what_is_there_already_has_its_place if {
	kept := planned(to_known("aeip-1", "lb-1"), {"actions": ["update"]})
	count(results([kept, old("u", there, ["delete"])])) == 0
}

test_a_forgotten_binding_stays if {
	result := one([to_known("aeip-1", "lb-2"), old("u", there, ["forget"])])
	result.outcome == "violation"
	contains(result.message, "which this plan forgets and does not destroy")
	startswith(result.fix, "Import the binding")
}

replaced_itself(actions) := planned(to_known("aeip-1", "lb-2"), {"actions": actions, "before": {"id": there}})

test_a_binding_is_replaced_in_its_own_place if {
	count(results([replaced_itself(["delete", "create"])])) == 0
}

test_a_binding_that_is_created_before_it_is_destroyed_is_denied if {
	result := one([replaced_itself(["create", "delete"])])
	result.outcome == "violation"
	startswith(result.fix, "Remove create_before_destroy")
}

test_what_an_earlier_apply_left_behind_is_destroyed_at_any_time if {
	left := old("t", there, ["delete"])
	deposed := {"change": object.union(left.change, {"deposed": "abcd1234"}), "block": left.block}
	found := results([replaced_itself(["delete", "create"]), deposed])
	{result.outcome | some result in found} == {"undetermined"}
}

test_an_id_and_a_reference_are_one if {
	known := fixtures.address({"id": "aeip-1"}, {"id": false}, {})
	by_reference := created({}, {"anycast_id": true}, {"anycast_id": fixtures.shown(concat(".", [fixtures.address_type, "a"]))})
	found := results([by_reference, fixtures.internal_clb, known, old("u", there, ["delete"])])
	{result.outcome | some result in found} == {"undetermined"}
}

test_a_new_address_is_not_the_old_one if {
	by_reference := created({}, {"anycast_id": true}, {"anycast_id": fixtures.shown(concat(".", [fixtures.address_type, "a"]))})
	count(results([by_reference, fixtures.internal_clb, fixtures.address({}, {}, {}), old("u", there, ["delete"])])) == 0
}

test_an_address_that_cannot_be_determined_may_be_any if {
	open := created({}, {"anycast_id": true}, {"anycast_id": {"references": ["local.a"]}})
	one([open, fixtures.internal_clb, old("u", there, ["delete"])]).outcome == "undetermined"
	count(results([open, fixtures.internal_clb, old("u", "aeip-1:lb-1:cn-hongkong:SlbInstance", ["delete"])])) == 0
}

test_a_region_known_only_after_apply_is_for_other_rules if {
	open := created({"anycast_id": "aeip-1"}, {"bind_instance_region_id": true}, {})
	count(results([open, fixtures.internal_clb, old("u", there, ["delete"])])) == 0
}

test_an_id_of_another_form_holds_nothing if {
	count(results([to_known("aeip-1", "lb-1"), old("u", "aeip-1", ["delete"])])) == 0
}

destroyed(type, id, actions) := object.union(
	fixtures.resource(type, "gone", null, {}, {}),
	{"change": {"change": {"actions": actions, "before": {"id": id}}}},
)

test_what_a_forgotten_binding_binds_cannot_be_destroyed if {
	every part in [
		destroyed(fixtures.clb_type, "lb-1", ["delete"]),
		destroyed(fixtures.clb_type, "lb-1", ["delete", "create"]),
		destroyed(fixtures.address_type, "aeip-1", ["delete"]),
	] {
		result := one([part, old("u", there, ["forget"])])
		result.outcome == "violation"
		result.address == part.change.address
		result.message == concat("", [
			fixtures.attachment_type, ".u still binds ", part.change.address,
			", which this plan destroys, while it only forgets the binding (at ", part.change.address, ").",
		])
		startswith(result.fix, "Destroy the binding with it")
	}
}

test_what_is_kept_or_no_longer_bound_is_for_other_rules if {
	count(results([destroyed(fixtures.clb_type, "lb-1", ["delete"]), old("u", there, ["delete"])])) == 0
	count(results([destroyed(fixtures.clb_type, "lb-1", ["forget"]), old("u", there, ["forget"])])) == 0
	count(results([destroyed(fixtures.clb_type, "lb-9", ["delete"]), old("u", there, ["forget"])])) == 0
}
