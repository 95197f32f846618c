# METADATA
# title: Plans for tests, built from the parts that matter to a rule
package anycast.lib.fixtures_test

provider := "registry.terraform.io/aliyun/alicloud"

attachment_type := "alicloud_eipanycast_anycast_eip_address_attachment"

address_type := "alicloud_eipanycast_anycast_eip_address"

clb_type := "alicloud_slb_load_balancer"

providers := {"alicloud": {
	"name": "alicloud",
	"full_name": provider,
	"expressions": {"region": {"constant_value": "ap-southeast-1"}},
}}

# A whole plan of these resources, each {"change": …, "block": …}.
plan(resources) := {
	"format_version": "1.2",
	"terraform_version": "1.11.4",
	"complete": true,
	"errored": false,
	"resource_changes": [resource.change | some resource in resources],
	"configuration": {
		"provider_config": providers,
		"root_module": {"resources": [resource.block | some resource in resources]},
	},
}

resource(type, name, after, unknown, expressions) := {
	"change": change(type, name, ["create"], after, unknown),
	"block": block(type, name, expressions),
}

change(type, name, actions, after, unknown) := {
	"address": concat(".", [type, name]),
	"mode": "managed",
	"type": type,
	"name": name,
	"provider_name": provider,
	"change": {"actions": actions, "before": null, "after": after, "after_unknown": unknown, "after_sensitive": {}},
}

block(type, name, expressions) := {
	"address": concat(".", [type, name]),
	"mode": "managed",
	"type": type,
	"name": name,
	"provider_config_key": "alicloud",
	"expressions": expressions,
}

# As JSON configuration has it: with the text of the expression.
shown(path) := object.union(references(path), {"constant_value": concat("", ["${", path, ".id}"])})

references(path) := {"references": [concat("", [path, ".id"]), path]}

attachment(after, unknown, expressions) := resource(
	attachment_type, "t",
	object.union({"bind_instance_region_id": "ap-southeast-1", "bind_instance_type": "SlbInstance"}, after),
	object.union({"bind_instance_id": true}, unknown),
	object.union(
		object.remove({"bind_instance_id": shown("alicloud_slb_load_balancer.lb")}, object.keys(expressions)),
		expressions,
	),
)

bound := attachment({}, {}, {})

clb(after, unknown, expressions) := resource(clb_type, "lb", after, object.union({"id": true}, unknown), expressions)

internal_clb := clb(
	{"address_type": "intranet", "vswitch_id": "vsw-1"}, {},
	{"address_type": {"constant_value": "intranet"}, "vswitch_id": {"constant_value": "vsw-1"}},
)

address(after, unknown, expressions) := resource(
	address_type, "a",
	object.union(
		{
			"anycast_eip_address_name": "demo",
			"service_location": "international",
			"internet_charge_type": "PayByTraffic",
			"payment_type": "PayAsYouGo",
		},
		after,
	),
	object.union({"id": true}, unknown), expressions,
)

good := plan([bound, internal_clb, address({}, {"bandwidth": true}, {})])

vswitch := resource("alicloud_vswitch", "s", {}, {"id": true}, {})

# The good plan with one of its parts replaced.
with_part(part) := plan([part, internal_clb]) if {
	part.change.type == attachment_type
} else := plan([bound, part]) if {
	part.change.type == clb_type
} else := plan([bound, internal_clb, part])

outcomes(results) := {result.outcome | some result in results}

replaced(whole, key, value) := object.union(object.remove(whole, [key]), {key: value})
