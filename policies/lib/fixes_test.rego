# METADATA
# title: Each cause has its fix
package anycast.lib.fixes_test

import data.anycast
import data.anycast.lib.fixtures_test as fixtures

found(parts) := {finding.fix | some finding in decision.findings; finding.rule != "plan/expressions-visible"} if {
	decision := anycast.decision with input as fixtures.plan(parts)
}

starts(fixes, beginning) if {
	count(fixes) == 1
	some fix in fixes
	startswith(fix, beginning)
}

lb := "alicloud_slb_load_balancer.lb"

to(expression) := fixtures.attachment({}, {}, {"bind_instance_id": expression})

by_id(id) := fixtures.attachment({"bind_instance_id": id}, {"bind_instance_id": false}, {})

test_a_target_that_is_not_proven_is_fixed_by_its_cause if {
	clb := fixtures.internal_clb
	starts(found([by_id("lb-1")]), "Read the load balancer with the data source")
	starts(found([by_id("eip-1")]), "Set bind_instance_id to the id of a load balancer")
	starts(found([to({"references": [concat("", [lb, ".id"]), lb]})]), "Refer to a load balancer that this plan keeps")
	starts(found([to({"references": [concat("", [lb, ".address"]), lb]}), clb]), "Take its id")
	starts(found([to({"references": ["local.x"]}), clb]), "Check the saved plan file")
	starts(found([to({"references": ["data.alicloud_x.y.id", "data.alicloud_x.y"]}), clb]), "Give the data source arguments")
	starts(found([to({"references": ["module.x"]}), clb]), "Refer to the CLB by its id")
}

test_an_address_type_is_fixed_by_its_cause if {
	starts(found([fixtures.bound, fixtures.clb({"vswitch_id": "vsw-1"}, {"address_type": true}, {})]), "Set address_type = \"intranet\" on the CLB.")
	unknown := fixtures.clb({"vswitch_id": "vsw-1"}, {"address_type": true}, {"address_type": {"references": ["local.x"]}})
	starts(found([fixtures.bound, unknown]), "Write address_type = \"intranet\" itself")
	internet := fixtures.clb({"address_type": "internet", "vswitch_id": "vsw-1"}, {}, {})
	starts(found([fixtures.bound, internet]), "Set address_type = \"intranet\" and a vswitch_id on the CLB, or bind")
}

test_a_region_is_fixed_by_its_cause if {
	elsewhere := fixtures.attachment({"bind_instance_region_id": "cn-hongkong"}, {}, {})
	starts(found([elsewhere, fixtures.internal_clb]), "Set bind_instance_region_id = \"ap-southeast-1\"")
	environment := anycast.decision with input as without_region
	starts({finding.fix | some finding in environment.findings}, "Write the region into the provider configuration, or run")
	unknown := anycast.decision with input as with_provider({"expressions": {"region": {"references": ["local.r"]}}})
	starts({finding.fix | some finding in unknown.findings; finding.level == "deny"}, "Write the provider's region as a text or a variable")
}

without_region := with_provider({})

with_provider(more) := fixtures.replaced(fixtures.good, "configuration", fixtures.replaced(
	fixtures.good.configuration, "provider_config",
	{"alicloud": object.union({"full_name": fixtures.provider}, more)},
))

foreign(part, changed) := object.union(object.union(part, {"change": {"provider_name": "registry.terraform.io/hashicorp/alicloud"}}), {"change": changed})

test_a_provider_is_fixed_where_it_comes_from if {
	starts(found([foreign(fixtures.address({}, {}, {}), {})]), "Write required_providers { alicloud = { source = \"aliyun/alicloud\" } } in the module that declares alicloud_eipanycast_anycast_eip_address.")
	starts(found([foreign(fixtures.address({}, {}, {}), {"module_address": "module.m", "address": "module.m.alicloud_eipanycast_anycast_eip_address.a"})]), "Write required_providers { alicloud = { source = \"aliyun/alicloud\" } } in the module that declares module.m.alicloud_eipanycast_anycast_eip_address.a, run")
	starts(found([foreign(fixtures.address({}, {}, {}), {"change": {"actions": ["no-op"]}})]), "Run terraform state replace-provider")
}

given(problems) := object.union(fixtures.plan([fixtures.bound]), {"anycast_facts": {
	"version": 1, "unplanned": [], "configured": [],
	"bindings": [{"address": fixtures.bound.change.address, "anycast": [null], "targets": [], "problems": problems, "visible": true}],
}})

test_facts_bring_their_own_fix if {
	problem := {"problem": "is a literal id and is computed", "by": "local.x", "at": "main.tf:3"}
	own := anycast.decision with input as given([object.union(problem, {"fix": "Do this."})]) with data.anycast_settings as {"facts": true}
	[finding.fix | some finding in own.findings] == ["Do this."]
	endswith(own.findings[0].message, "(at main.tf:3).")
	several := anycast.decision with input as given([problem]) with data.anycast_settings as {"facts": true}
	count(several.findings) == 1
}
