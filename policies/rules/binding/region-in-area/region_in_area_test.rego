package anycast.rules.binding.region_in_area_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.region_in_area

to_a := fixtures.references(concat(".", [fixtures.address_type, "a"]))

new(area) := fixtures.address({"service_location": area}, {}, {})

in_region(region) := fixtures.attachment({"bind_instance_region_id": region}, {"anycast_id": true}, {"anycast_id": to_a})

found(parts) := {result.message | some result in results} if {
	results := region_in_area.results with input as fixtures.plan(parts)
}

test_a_region_of_the_area_is_allowed if {
	every pair in [["ap-southeast-1", "international"], ["cn-hongkong", "international"], ["cn-beijing", "ChineseMainland"]] {
		found([in_region(pair[0]), new(pair[1])]) == set()
	}
}

test_a_region_of_the_other_area_is_denied if {
	found([in_region("ap-southeast-1"), new("ChineseMainland")]) == {"Expected bind_instance_region_id to be a region in mainland China, the area of the Anycast EIP, got `ap-southeast-1` (at alicloud_eipanycast_anycast_eip_address_attachment.t)."}
	every region in ["cn-hongkong", "eu-central-1"] {
		count(found([in_region(region), new("ChineseMainland")])) == 1
	}
	count(found([in_region("cn-shanghai"), new("international")])) == 1
}

existing(id, area) := fixtures.address({"id": id, "service_location": area}, {"id": false}, {})

test_the_area_of_an_address_that_exists_counts_by_its_id if {
	binding := fixtures.attachment({"anycast_id": "aeip-1", "bind_instance_region_id": "cn-beijing"}, {}, {})
	count(found([binding, existing("aeip-1", "international")])) == 1
	found([binding, existing("aeip-1", "ChineseMainland")]) == set()
	found([binding, existing("aeip-2", "international")]) == set()
}

test_what_the_plan_does_not_tell_is_for_other_rules if {
	found([in_region("cn-beijing")]) == set()
	found([in_region("cn-beijing"), new("elsewhere")]) == set()
	found([in_region("cn-beijing"), fixtures.address({}, {"service_location": true}, {})]) == set()
	unknown := fixtures.attachment({}, {"anycast_id": true, "bind_instance_region_id": true}, {"anycast_id": to_a})
	found([unknown, new("ChineseMainland")]) == set()
	found([in_region(null), new("ChineseMainland")]) == set()
}

test_two_addresses_with_one_id_tell_no_area if {
	binding := fixtures.attachment({"anycast_id": "aeip-1", "bind_instance_region_id": "cn-beijing"}, {}, {})
	second := object.union(existing("aeip-1", "ChineseMainland"), {"change": {"address": "second"}})
	found([binding, existing("aeip-1", "international"), second]) == set()
}

data_type := "alicloud_eipanycast_anycast_eip_addresses"

read(found_there) := {
	"address": concat(".", ["data", data_type, "d"]),
	"mode": "data",
	"type": data_type,
	"name": "d",
	"provider_name": fixtures.provider,
	"values": {"addresses": found_there},
}

with_read(parts, found_there) := object.union(
	fixtures.replaced(fixtures.plan(parts), "configuration", {"provider_config": fixtures.providers, "root_module": {"resources": array.concat(
		[part.block | some part in parts],
		[object.union(fixtures.block(data_type, "d", {}), {"mode": "data"})],
	)}}),
	{"prior_state": {"values": {"root_module": {"resources": [read(found_there)]}}}},
)

found_read(parts, found_there) := {result.message | some result in results} if {
	results := region_in_area.results with input as with_read(parts, found_there)
}

test_the_area_of_an_address_that_a_data_source_has_read_counts if {
	binding := fixtures.attachment({"anycast_id": "aeip-1", "bind_instance_region_id": "ap-southeast-1"}, {}, {})
	mainland := {"id": "aeip-1", "service_location": "ChineseMainland"}
	international := {"id": "aeip-1", "service_location": "international"}
	found_read([binding], [mainland]) == {"Expected bind_instance_region_id to be a region in mainland China, the area of the Anycast EIP, got `ap-southeast-1` (at alicloud_eipanycast_anycast_eip_address_attachment.t)."}
	found_read([binding], [international]) == set()
	every other in [[mainland, international], [object.union(mainland, {"id": "aeip-2"})], [object.union(mainland, {"service_location": "mars"})]] {
		found_read([binding], other) == set()
	}
}

test_the_area_that_the_plan_gives_an_address_counts_before_what_was_read if {
	binding := fixtures.attachment({"anycast_id": "aeip-1", "bind_instance_region_id": "ap-southeast-1"}, {}, {})
	found_read([binding, existing("aeip-1", "international")], [{"id": "aeip-1", "service_location": "ChineseMainland"}]) == set()
}

test_addresses_whose_ids_are_null_are_two_addresses if {
	second := fixtures.resource(fixtures.address_type, "b", {"id": null, "service_location": "international"}, {"id": false}, {})
	count(found([in_region("ap-southeast-1"), existing(null, "ChineseMainland"), second])) == 1
}
