package anycast_test

import data.anycast
import data.anycast.lib.fixtures_test as fixtures

internet := fixtures.plan([fixtures.bound, fixtures.clb({"address_type": "internet", "vswitch_id": "vsw-1"}, {}, {"address_type": {"constant_value": "internet"}})])

test_every_rule_with_an_id_takes_part if {
	{rule.meta.custom.id | some rule in anycast.all_rules} == {id | some id in anycast.decision.rules} with input as fixtures.good
	count(anycast.decision.rules) == 26 with input as fixtures.good
}

test_a_good_plan_comes_with_evidence if {
	decision := anycast.decision with input as fixtures.good
	decision.attachments == 1
	decision.findings == []
	decision.evidence == [{
		"address": "alicloud_eipanycast_anycast_eip_address_attachment.t",
		"region": "ap-southeast-1",
		"targets": [{
			"address": "alicloud_slb_load_balancer.lb",
			"via": "reference",
			"by": "alicloud_slb_load_balancer.lb.id",
			"address_type": "intranet",
			"vswitch": "vsw-1",
			"region_from": "provider alicloud",
		}],
	}]
}

test_a_bad_plan_comes_without_evidence if {
	decision := anycast.decision with input as internet
	decision.evidence == []
	[finding.rule | some finding in decision.findings] == ["binding/internal-only"]
	decision.findings[0].level == "deny"
	decision.findings[0].waived == false
}

test_a_refused_plan_proves_nothing if {
	decision := anycast.decision with input as object.union(fixtures.good, {"complete": false})
	decision.evidence == []
}

waiver(expires, address) := {"today": "2026-06-01", "waivers": [{"rule": "binding/internal-only", "address": address, "expires": expires}]}

test_a_waiver_lifts_one_finding_and_leaves_it_visible if {
	settings := waiver("2026-06-01", "alicloud_eipanycast_anycast_eip_address_attachment.t")
	decision := anycast.decision with input as internet with data.anycast_settings as settings
	decision.findings[0].waived == true
	decision.waivers == {0}
	decision.evidence == []
}

test_an_expired_waiver_and_one_for_another_address_lift_nothing if {
	every settings in [
		waiver("2026-05-31", "alicloud_eipanycast_anycast_eip_address_attachment.t"),
		waiver("2026-06-01", "alicloud_eipanycast_anycast_eip_address_attachment.u"),
		object.remove(waiver("2026-06-01", "alicloud_eipanycast_anycast_eip_address_attachment.t"), ["today"]),
	] {
		decision := anycast.decision with input as internet with data.anycast_settings as settings
		decision.findings[0].waived == false
		decision.waivers == set()
	}
}

test_a_finding_on_the_whole_plan_cannot_be_waived if {
	settings := {"today": "2026-06-01", "waivers": [{"rule": "plan/complete", "address": "", "expires": "2026-12-31"}]}
	decision := anycast.decision with input as object.union(fixtures.good, {"complete": false}) with data.anycast_settings as settings
	decision.findings[0].waived == false
	decision.waivers == set()
}

test_a_waiver_for_another_rule_lifts_nothing if {
	settings := waiver("2026-06-01", "alicloud_eipanycast_anycast_eip_address_attachment.t")
	other := {"today": settings.today, "waivers": [object.union(waiver, {"rule": "binding/vpc-only"}) | some waiver in settings.waivers]}
	decision := anycast.decision with input as internet with data.anycast_settings as other
	decision.findings[0].waived == false
}

unnamed := fixtures.with_part(fixtures.address({"anycast_eip_address_name": "1"}, {}, {}))

test_the_settings_choose_the_level_of_a_rule if {
	every level in ["deny", "warn"] {
		decision := anycast.decision with input as unnamed with data.anycast_settings as {"levels": {"address/name": level}}
		[finding.level | some finding in decision.findings] == [level]
	}
	off := anycast.decision with input as unnamed with data.anycast_settings as {"levels": {"address/name": "off"}}
	off.findings == []
	odd := anycast.decision with input as unnamed with data.anycast_settings as {"levels": {"address/name": "maybe"}}
	odd.findings[0].level == "deny"
}

test_a_locked_rule_keeps_its_level if {
	decision := anycast.decision with input as internet with data.anycast_settings as {"levels": {"binding/internal-only": "off"}}
	decision.findings[0].level == "deny"
}

test_a_closed_change_window_denies if {
	serving := fixtures.change(fixtures.clb_type, "lb", ["no-op"], {"id": "lb-1", "address_type": "intranet", "vswitch_id": "vsw-1"}, {})
	plan := fixtures.plan([fixtures.bound, {"change": serving, "block": fixtures.internal_clb.block}])
	open := anycast.decision with input as plan
	[finding.level | some finding in open.findings] == ["warn"]
	count(open.evidence) == 1
	closed := anycast.decision with input as plan with data.anycast_settings as {"window": {"open": false, "next": "tonight"}}
	[finding.level | some finding in closed.findings] == ["deny"]
}

test_a_binding_to_a_network_interface_has_evidence_of_its_own_kind if {
	eni := fixtures.resource("alicloud_ecs_network_interface", "e", {}, {"id": true}, {})
	binding := fixtures.attachment({"bind_instance_type": "NetworkInterface"}, {}, {"bind_instance_id": fixtures.shown("alicloud_ecs_network_interface.e")})
	decision := anycast.decision with input as fixtures.plan([binding, eni]) with data.anycast_settings as {"network_interfaces": true}
	decision.evidence[0].targets[0].address_type == "not applicable"
	decision.findings == []
}

test_evidence_needs_targets_and_nothing_else_that_it_may_be_whatever_the_rules_say if {
	lb := fixtures.references("alicloud_slb_load_balancer.lb").references
	every references in [["path.module"], array.concat(lb, ["local.x"])] {
		plan := fixtures.with_part(fixtures.attachment({}, {}, {"bind_instance_id": {"references": references}}))
		decision := anycast.decision with input as plan with data.anycast.rules.binding.provable_target.results as set()
		{finding.level | some finding in decision.findings} == {"warn"}
		decision.evidence == []
	}
}
