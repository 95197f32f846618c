package anycast.lib.vswitches_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.lib.vswitches

# What a CLB's unknown vSwitch is, taken from these references.
state(references, others) := found.state if {
	part := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"vswitch_id": {"references": references}})
	plan := object.union(fixtures.plan(array.concat([part], others)), {"variables": {"v": {"value": "x"}}})
	found := vswitches.of(part.change) with input as plan
}

s := "alicloud_vswitch.s"

test_a_vswitch_of_this_plan_is_given if {
	state(["alicloud_vswitch.s.id", s], [fixtures.vswitch]) == "given"
	state(["var.v", "alicloud_vswitch.s.id", s], [fixtures.vswitch]) == "given"
}

test_everything_the_id_may_come_from_must_be_a_vswitch if {
	every references in [
		["alicloud_vswitch.s.id", s, "local.x"],
		["alicloud_vswitch.s.id", s, "alicloud_vswitch.gone.id", "alicloud_vswitch.gone"],
		["alicloud_vswitch.s.id", s, "alicloud_vpc.v.id", "alicloud_vpc.v"],
		["alicloud_vswitch.s.vpc_id", s],
		["alicloud_eipanycast_anycast_eip_address.a.id", "alicloud_eipanycast_anycast_eip_address.a"],
		["var.v"],
	] {
		state(references, [fixtures.vswitch, fixtures.address({}, {}, {})]) == "unknown"
	}
	foreign := object.union(fixtures.vswitch, {"change": {"provider_name": "registry.terraform.io/evil/alicloud"}})
	state(["alicloud_vswitch.s.id", s], [foreign]) == "unknown"
}

test_only_the_id_of_a_vswitch_is_one if {
	vswitches.is_id("vsw-1")
	every odd in ["", " vsw-1", "vpc-1", "vsw-", null, 1, ["vsw-1"]] {
		not vswitches.is_id(odd)
	}
}

test_few_vswitches_are_named_one_by_one if {
	vswitches.named({"alicloud_vswitch.b", "alicloud_vswitch.a"}) == "alicloud_vswitch.a, alicloud_vswitch.b"
}

# What a CLB is in that may be in any of these vSwitches.
named(networks, expressions) := found.value if {
	part := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"vswitch_id": {"references": expressions}})
	found := vswitches.of(part.change) with input as fixtures.plan(array.concat([part], networks))
}

test_few_vswitches_are_named_one_by_one if {
	blocks := [fixtures.resource("alicloud_vswitch", name, {}, {"id": true}, {}) | some name in ["b", "a"]]
	named(blocks, ["alicloud_vswitch.b.id", "alicloud_vswitch.b", "alicloud_vswitch.a.id", "alicloud_vswitch.a"]) == concat(
		", ",
		["alicloud_vswitch.a", "alicloud_vswitch.b"],
	)
}

test_of_many_instances_of_a_block_the_first_stands_for_all if {
	one := fixtures.resource("alicloud_vswitch", "one", {}, {"id": true}, {})
	references := {"references": ["alicloud_vswitch.one.id", "alicloud_vswitch.one", "var.i", s]}
	part := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"vswitch_id": references})
	plan := fixtures.plan([part, one, fixtures.vswitch])
	instances := [object.union(fixtures.vswitch.change, {"address": concat("", ["alicloud_vswitch.s[", json.marshal(i), "]"]), "index": i}) |
		some i in numbers.range(0, 99)
	]
	found := vswitches.of(part.change) with input as object.union(
		plan,
		{"resource_changes": array.concat([part.change, one.change], instances), "variables": {"i": {"value": 1}}},
	)
	found.value == "alicloud_vswitch.one, alicloud_vswitch.s[0] (any of 100)"
}

test_of_many_blocks_the_first_are_named if {
	blocks := [fixtures.resource("alicloud_vswitch", concat("", ["s", json.marshal(i)]), {}, {"id": true}, {}) |
		some i in numbers.range(10, 21)
	]
	expressions := [reference |
		some block in blocks
		some reference in [concat("", [block.change.address, ".id"]), block.change.address]
	]
	firsts := [concat("", ["alicloud_vswitch.s", json.marshal(i)]) | some i in numbers.range(10, 19)]
	named(blocks, expressions) == concat("", [concat(", ", firsts), " and 2 more"])
}

# A vSwitch that is there, and what becomes of it.
old_vswitch(actions, after) := object.union(fixtures.vswitch, {"change": {"change": {
	"actions": actions,
	"before": {"id": "vsw-1"},
	"after": after,
	"after_unknown": {"id": false},
}}})

test_a_vswitch_that_is_destroyed_or_replaced_is_leaving if {
	every actions in [["delete"], ["delete", "create"]] {
		found := vswitches.of(fixtures.internal_clb.change) with input as fixtures.plan([fixtures.internal_clb, old_vswitch(actions, {"id": "vsw-2"})])
		found == {"state": "leaving", "value": s}
	}
}

test_a_vswitch_that_stays_or_is_forgotten_is_given if {
	every actions in [["no-op"], ["forget"]] {
		found := vswitches.of(fixtures.internal_clb.change) with input as fixtures.plan([fixtures.internal_clb, old_vswitch(actions, {"id": "vsw-1"})])
		found.state == "given"
	}
}
