package anycast.rules.binding.target_address_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.target_address

vswitch := fixtures.resource("alicloud_vswitch", "s", {"cidr_block": "10.1.0.0/24"}, {"id": true}, {})

clb(name, address) := {"change": object.union(one.change, {"address": concat(".", [fixtures.clb_type, name]), "name": name}), "block": object.union(one.block, {"name": name})} if {
	one := fixtures.clb(
		{"address_type": "intranet", "address": address}, {"vswitch_id": true},
		{"address_type": {"constant_value": "intranet"}, "vswitch_id": fixtures.shown("alicloud_vswitch.s")},
	)
}

found(parts) := {result.message | some result in results} if {
	results := target_address.results with input as fixtures.plan(parts)
}

outside(address) := {concat("", [
	"Expected the address of alicloud_slb_load_balancer.lb to be one that alicloud_vswitch.s (10.1.0.0/24) can give, got `", address,
	"` (at alicloud_slb_load_balancer.lb).",
])}

test_an_address_that_the_vswitch_cannot_give_is_denied if {
	every address in ["10.0.255.255", "10.1.0.0", "10.1.0.253", "10.1.0.255", "10.1.1.0", "10.9.0.5", "9.1.0.9"] {
		found([fixtures.bound, clb("lb", address), vswitch]) == outside(address)
	}
}

test_an_address_of_the_vswitch_is_allowed if {
	every address in ["10.1.0.1", "10.1.0.77", "10.1.0.252", "", null, "x", "10.1.0"] {
		found([fixtures.bound, clb("lb", address), vswitch]) == set()
	}
}

test_an_address_of_another_load_balancer_is_denied if {
	found([fixtures.bound, clb("lb", "10.1.0.7"), clb("other", "10.1.0.7"), vswitch]) == {"Expected the address of alicloud_slb_load_balancer.lb to be another one than that of alicloud_slb_load_balancer.other, got `10.1.0.7` (at alicloud_slb_load_balancer.lb)."}
	found([fixtures.bound, clb("lb", "10.1.0.7"), clb("other", "10.1.0.8"), vswitch]) == set()
	found([fixtures.bound, clb("lb", ""), clb("other", ""), vswitch]) == set()
}

test_what_is_there_already_has_its_address if {
	kept := object.union(clb("lb", "10.9.0.5"), {"change": {"change": {"actions": ["update"]}}})
	found([fixtures.bound, kept, vswitch]) == set()
}

test_an_internet_facing_load_balancer_has_no_private_address if {
	internet := object.union(clb("lb", "10.9.0.5"), {"change": {"change": {"after": {"address_type": "internet"}}}})
	found([fixtures.bound, internet, vswitch]) == set()
}

test_a_vswitch_that_is_not_known_is_left_to_the_cloud if {
	elsewhere := fixtures.clb({"address_type": "intranet", "address": "10.9.0.5", "vswitch_id": "vsw-1"}, {}, {})
	found([fixtures.bound, elsewhere]) == set()
	either := object.union(clb("lb", "10.9.0.5"), {"block": {"expressions": {"vswitch_id": {"references": ["alicloud_vswitch.s.id", "alicloud_vswitch.s", "alicloud_vswitch.t.id", "alicloud_vswitch.t"]}}}})
	second := {"change": object.union(vswitch.change, {"address": "alicloud_vswitch.t", "name": "t"}), "block": object.union(vswitch.block, {"name": "t"})}
	found([fixtures.bound, either, vswitch, second]) == set()
	open := object.union(vswitch, {"change": {"change": {"after": {"cidr_block": null}}}})
	found([fixtures.bound, clb("lb", "10.9.0.5"), open]) == set()
}
