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
