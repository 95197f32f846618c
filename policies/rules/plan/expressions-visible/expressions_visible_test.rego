package anycast.rules.plan.expressions_visible_test

import data.anycast
import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.plan.expressions_visible

id := "alicloud_slb_load_balancer.lb.id"

lb := "alicloud_slb_load_balancer.lb"

to(expression) := fixtures.attachment({}, {}, {"bind_instance_id": expression})

listed := to(fixtures.references(lb))

known := fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {})

said(plan) := {result.message | some result in results} if {
	results := expressions_visible.results with input as plan
}

one := {"The plan does not show the expressions of 1 binding, which were checked by the resources that they refer to."}

test_a_binding_by_references_alone_is_told if {
	said(fixtures.plan([listed, fixtures.internal_clb])) == one
	second := object.union(listed, {"change": {"address": "second"}})
	said(fixtures.plan([listed, second, fixtures.internal_clb])) == {"The plan does not show the expressions of 2 bindings, which were checked by the resources that they refer to."}
}

test_a_text_or_a_known_value_is_visible if {
	every binding in [fixtures.bound, known] {
		said(fixtures.plan([binding, fixtures.internal_clb])) == set()
	}
}

test_every_expression_on_the_way_must_be_visible if {
	by_address := fixtures.attachment({}, {"anycast_id": true}, {
		"bind_instance_id": fixtures.bound.block.expressions.bind_instance_id,
		"anycast_id": fixtures.references(concat(".", [fixtures.address_type, "a"])),
	})
	said(fixtures.plan([by_address, fixtures.internal_clb, fixtures.address({}, {}, {})])) == one
	by_vswitch := fixtures.clb({"address_type": "intranet"}, {"vswitch_id": true}, {"vswitch_id": fixtures.references("alicloud_vswitch.s")})
	said(fixtures.plan([fixtures.bound, by_vswitch, fixtures.vswitch])) == one
	region := {"alicloud": {"expressions": {"region": {"references": ["var.region"]}}}}
	provider := fixtures.replaced(fixtures.good.configuration, "provider_config", region)
	plan := fixtures.replaced(fixtures.good, "configuration", provider)
	said(object.union(plan, {"variables": {"region": {"value": "ap-southeast-1"}}})) == one
}

test_it_can_be_set_to_deny if {
	plan := fixtures.plan([listed, fixtures.internal_clb])
	denied := anycast.decision with input as plan with data.anycast_settings as {"levels": {"plan/expressions-visible": "deny"}}
	denied.evidence == []
	warned := anycast.decision with input as plan
	[finding.level | some finding in warned.findings] == ["warn"]
	warned.evidence[0].targets[0].by == "alicloud_slb_load_balancer.lb.id (by reference, expression not visible)"
}

test_what_is_visible_is_allowed_without_a_warning if {
	decision := anycast.decision with input as fixtures.good
	decision.findings == []
	decision.evidence[0].targets[0].by == id
}
