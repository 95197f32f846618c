package anycast.standalone_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.standalone
import data.main

internet := fixtures.plan([fixtures.bound, fixtures.clb({"address_type": "internet", "vswitch_id": "vsw-1"}, {}, {"address_type": {"constant_value": "internet"}})])

test_a_good_plan_has_no_refusals if {
	standalone.deny == set() with input as fixtures.good
	standalone.warn == set() with input as fixtures.good
	main.deny == set() with input as fixtures.good
}

test_a_bad_plan_is_refused_with_rule_and_fix if {
	some message in main.deny with input as internet
	startswith(message, "[binding/internal-only] ")
	contains(message, "Fix: ")
}

test_hcp_terraforms_wrapping_is_understood if {
	count(standalone.deny) == 1 with input as {"run": {"id": "run-1"}, "plan": internet}
	count(standalone.deny) == 0 with input as {"run": {"id": "run-1"}, "plan": fixtures.good}
}

test_what_is_no_plan_is_refused if {
	every document in [{}, {"plan": fixtures.good}, [], "x", 1] {
		count(standalone.deny) > 0 with input as document
	}
}

test_no_decision_is_a_refusal if {
	count(standalone.deny) > 0 with data.anycast.decision as false
}

test_a_binding_that_nobody_settled_is_refused if {
	silent := {"findings": [], "evidence": [], "attachments": 1, "rules": [], "waivers": set()}
	count(standalone.deny) == 1 with input as fixtures.good with data.anycast.decision as silent
	refused := object.union(silent, {"findings": [{"rule": "r", "level": "deny", "waived": true, "address": "", "message": "m", "fix": "f"}]})
	standalone.deny == set() with input as fixtures.good with data.anycast.decision as refused
}

test_warnings_and_waived_findings_stay_visible if {
	waiver := {"today": "2026-06-01", "waivers": [{"rule": "binding/internal-only", "address": "alicloud_eipanycast_anycast_eip_address_attachment.t", "expires": "2026-12-31"}]}
	some message in main.warn with input as internet with data.anycast_settings as waiver
	endswith(message, "(waived)")
	standalone.deny == set() with input as internet with data.anycast_settings as waiver
	charged := fixtures.plan([fixtures.clb({"load_balancer_spec": "slb.s1.small"}, {}, {})])
	count(standalone.warn) == 1 with input as charged
}

bound := fixtures.bound.change.address

decided(findings, proven) := {
	"findings": [object.union({"rule": "r", "address": bound, "waived": false, "message": "m", "fix": "f"}, finding) | some finding in findings],
	"evidence": [{"address": address, "targets": []} | some address in proven],
}

said(decision) := found if {
	found := {"deny": standalone.deny, "warn": standalone.warn} with input as fixtures.good with data.anycast.decision as decision
}

test_only_what_denies_and_is_not_waived_is_a_refusal if {
	said(decided([{"level": "deny"}], [bound])) == {"deny": {"[r] m Fix: f"}, "warn": set()}
	said(decided([{"level": "deny", "waived": true}], [bound])) == {"deny": set(), "warn": {"[r] m Fix: f (waived)"}}
	every waived in [false, true] {
		said(decided([{"level": "warn", "waived": waived}], [bound])) == {"deny": set(), "warn": {"[r] m Fix: f"}}
	}
}

test_only_its_own_proof_or_refusal_settles_a_binding if {
	unsettled := {concat("", ["[anycast] ", bound, " was neither proven nor refused."])}
	said(decided([], [bound])).deny == set()
	said(decided([], ["another"])).deny == unsettled
	said(decided([{"level": "deny", "waived": true}], [])).deny == set()
	said(decided([{"level": "deny", "waived": true, "address": "another"}], [])).deny == unsettled
	said(decided([{"level": "warn"}], [])).deny == unsettled
}
