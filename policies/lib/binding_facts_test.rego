package anycast.lib.binding_facts_test

import data.anycast
import data.anycast.lib.bindings
import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.address.bandwidth
import data.anycast.rules.plan.complete

bound := fixtures.bound.change.address

lb := fixtures.internal_clb.change.address

target := {
	"address": lb,
	"via": "reference",
	"by": "alicloud_slb_load_balancer.lb.id",
	"address_type": {"state": "known", "value": "intranet"},
	"vswitch": {"state": "given", "value": "vsw-1"},
	"shown_address_type": "intranet",
	"region": {"value": "ap-southeast-1", "from": "provider alicloud"},
	"outside": [],
	"type": fixtures.clb_type,
	"trusted": true,
	"exists": false,
}

part := {"address": lb, "attribute": "master_zone_id", "value": "cn-hongkong-b", "from": ""}

binding := {"address": bound, "anycast": ["aeip-1"], "targets": [target], "problems": [], "visible": true}

facts := {"version": 1, "bindings": [binding], "unplanned": [], "configured": []}

# Every part but the facts says the contrary.
internet := fixtures.clb({"address_type": "internet"}, {}, {"address_type": {"constant_value": "internet"}})

plan := object.union(fixtures.plan([fixtures.bound, internet]), {"anycast_facts": facts})

with_facts(document) := object.union(object.remove(plan, ["anycast_facts"]), {"anycast_facts": document})

with_binding(parts) := with_facts(object.union(facts, {"bindings": [object.union(binding, parts)]}))

with_target(parts) := with_binding({"targets": [object.union(target, parts)]})

vouched := {"facts": true}

findings(input_plan) := {[finding.rule, finding.address, finding.attribute] |
	some finding in decided(input_plan).findings
}

decided(input_plan) := decision if {
	decision := anycast.decision with input as input_plan with data.anycast_settings as vouched
}

test_facts_that_the_caller_vouches_for_are_what_counts if {
	findings(plan) == set()
	evidence := decided(plan).evidence
	[proof.address | some proof in evidence] == [bound]
	evidence[0].targets[0].address_type == "intranet"
}

test_facts_that_nobody_vouches_for_do_not_count if {
	every settings in [{}, {"facts": false}, {"facts": null}, {"facts": "true"}] {
		decision := anycast.decision with input as plan with data.anycast_settings as settings
		decision.evidence == []
		{finding.rule | some finding in decision.findings} == {"binding/internal-only", "binding/vpc-only"}
	}
	decision := anycast.decision with input as plan
	decision.evidence == []
}

test_a_plan_that_hcp_terraform_wraps_brings_no_facts if {
	wrapped := {"run": {"id": "run-1"}, "plan": plan}
	decided(wrapped).evidence == []
	findings(wrapped)[["plan/complete", "", "anycast_facts"]]
}

# Facts that are no such document prove nothing, and the plan is refused as a whole.
refused(input_plan) if {
	decided(input_plan).evidence == []
	decided(input_plan).attachments == 1
	findings(input_plan)[["plan/complete", "", "anycast_facts"]]
}

test_what_is_no_document_of_facts_proves_nothing if {
	refused(object.remove(plan, ["anycast_facts"]))
	every document in [null, 1, "x", [], {}, [facts]] {
		refused(with_facts(document))
	}
	every parts in [
		{"version": 2}, {"version": "1"}, {"bindings": {}}, {"bindings": null}, {"bindings": [null]}, {"bindings": []},
		{"unplanned": null}, {"unplanned": [1]}, {"unplanned": {}}, {"configured": {}}, {"configured": null},
	] {
		refused(with_facts({name: value | some name, old in facts; value := object.get(parts, name, old)}))
	}
	every name in ["version", "bindings", "unplanned"] {
		refused(with_facts(object.remove(facts, [name])))
	}
}

test_a_binding_with_incomplete_facts_proves_nothing if {
	every parts in [
		{"address": 1}, {"anycast": null}, {"anycast": [1]}, {"anycast": {"0": "aeip-1"}}, {"targets": {}}, {"targets": [null]}, {"problems": null},
		{"problems": [null]}, {"problems": [{}]}, {"visible": "true"},
		{"problems": [{"problem": 1, "by": "x"}]}, {"problems": [{"problem": "x", "by": null}]},
		{"problems": [{"problem": "x", "by": "x", "at": 1}]}, {"problems": [{"problem": "x", "by": "x", "fix": 1}]},
		{"problems": [{"problem": "x", "by": "x", "attribute": "id"}]},
	] {
		refused(with_binding(parts))
	}
	every name in object.keys(binding) {
		refused(with_facts(object.union(facts, {"bindings": [object.remove(binding, [name])]})))
	}
}

test_a_problem_may_be_of_the_address if {
	of_address := {"problem": "is computed by upper", "by": "upper(x.id)", "attribute": "anycast_id"}
	found := decided(with_binding({"problems": [of_address]})).findings
	[found[0].attribute, found[0].message] == [
		"anycast_id",
		"Expected anycast_id to come from an Anycast EIP, got `upper(x.id) is computed by upper` (at alicloud_eipanycast_anycast_eip_address_attachment.t).",
	]
}

test_a_region_that_cannot_be_told_is_null if {
	untold := with_target({"outside": [object.union(part, {"attribute": "region", "value": null})]})
	findings(untold) == {["binding/one-region", bound, "vswitch_id"]}
}

test_a_target_with_incomplete_facts_proves_nothing if {
	every parts in [
		{"address": 1}, {"via": "hearsay"}, {"by": 1}, {"type": null}, {"exists": "no"}, {"trusted": "yes"},
		{"shown_address_type": 1}, {"region": {"value": 1}}, {"region": {"from": 1}}, {"region": {"shown": 1}},
		{"address_type": {"state": "good"}}, {"address_type": {"value": 1}}, {"vswitch": {"state": "good"}},
		{"vswitch": {"value": null}}, {"addresses": []}, {"addresses": ["other", lb]}, {"addresses": [lb, 1]},
		{"addresses": {"0": lb}}, {"addresses": null}, {"size": 0}, {"size": "2"}, {"size": null}, {"size": 2, "addresses": [lb, "x"]},
		{"outside": null}, {"outside": {}}, {"outside": [{}]}, {"outside": [object.union(part, {"value": 1})]},
		{"outside": [object.remove(part, ["address"])]}, {"outside": [object.remove(part, ["attribute"])]},
		{"outside": [object.remove(part, ["value"])]}, {"outside": [object.remove(part, ["from"])]},
	] {
		refused(with_target(parts))
	}
	every name in ["address", "via", "by", "address_type", "vswitch", "region", "outside", "type", "exists"] {
		refused(with_binding({"targets": [object.remove(target, [name])]}))
	}
	refused(with_binding({"targets": [object.remove(target, ["address_type", "vswitch"])]}))
}

test_the_facts_are_those_of_the_bindings_that_are_planned if {
	other := object.union(binding, {"address": "other"})
	refused(with_facts(object.union(facts, {"bindings": [other]})))
	refused(with_facts(object.union(facts, {"bindings": [binding, other]})))
	refused(with_facts(object.union(facts, {"bindings": [binding, binding]})))
	messages := {finding.message |
		some finding in decided(with_facts(object.union(facts, {"bindings": [binding, other, object.union(other, {"address": "third"})]}))).findings
	}
	count(messages) == 2
	"Expected the facts that the gate gives to fit the plan, got `facts of a binding that is not planned: other and 1 more` (at the plan)." in messages
}

eni := {
	"address": "alicloud_ecs_network_interface.e",
	"via": "reference",
	"by": "alicloud_ecs_network_interface.e.id",
	"region": target.region,
	"outside": [],
	"type": "alicloud_ecs_network_interface",
	"exists": false,
}

to_interface := fixtures.attachment({"bind_instance_type": "NetworkInterface"}, {}, {})

test_a_network_interface_is_a_target_of_a_binding_to_one_only if {
	refused(with_binding({"targets": [eni]}))
	given := {"anycast_facts": object.union(facts, {"bindings": [object.union(binding, {"targets": [eni]})]})}
	decision := anycast.decision with input as object.union(fixtures.plan([to_interface]), given)
		with data.anycast_settings as {"facts": true, "network_interfaces": true}
	decision.findings == []
	count(decision.evidence) == 1
	refused(object.union(fixtures.plan([to_interface]), {"anycast_facts": facts}))
	every name in ["address_type", "vswitch"] {
		half := object.union(eni, {name: target[name]})
		refused(object.union(fixtures.plan([to_interface]), {"anycast_facts": object.union(facts, {"bindings": [object.union(binding, {"targets": [half]})]})}))
	}
}

test_what_could_not_be_followed_refuses_the_binding if {
	unfollowed := with_binding({"problems": [{"problem": "is opaque", "by": "local.x", "at": "main.tf:1"}]})
	findings(unfollowed) == {["binding/provable-target", bound, "bind_instance_id"]}
	findings(with_binding({"targets": []})) == {["binding/provable-target", bound, "bind_instance_id"]}
}

test_a_binding_that_is_not_planned_is_told_by_the_facts if {
	findings(with_facts(object.union(facts, {"unplanned": ["missing"]}))) == {["plan/complete", "", "resource_changes"]}
}

test_a_group_is_told_once if {
	group := {"addresses": [concat("", [lb, "[", key, "]"]) | some key in ["0", "1", "2"]], "address": concat("", [lb, "[0]"])}
	[proof.addresses | some proof in decided(with_target(group)).evidence[0].targets] == [group.addresses]
	bad := with_target(object.union(group, {"address_type": {"state": "left out", "value": null}}))
	[finding.message | some finding in decided(bad).findings] == ["Expected the address_type of alicloud_slb_load_balancer.lb[0] and 2 more to be `intranet`, got `nothing, for which the cloud may choose internet` (at alicloud_slb_load_balancer.lb[0])."]
	counted := with_target({"size": 3, "address_type": {"state": "left out", "value": null}})
	[finding.message | some finding in decided(counted).findings] == ["Expected the address_type of alicloud_slb_load_balancer.lb and 2 more to be `intranet`, got `nothing, for which the cloud may choose internet` (at alicloud_slb_load_balancer.lb)."]
	decided(with_target({"size": 3})).evidence[0].targets[0].size == 3
	alone := object.union(group, {"addresses": [group.address]})
	bindings.name(alone) == group.address
}

test_a_sensitive_id_is_shown_nowhere if {
	known := fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {})
	secret := object.union(known, {"change": {"change": {"after_sensitive": {"bind_instance_id": true}}}})
	by := object.union(facts, {"bindings": [object.union(binding, {"targets": [object.union(target, {"via": "id", "by": "lb-1"})]})]})
	decision := decided(object.union(fixtures.plan([secret]), {"anycast_facts": by}))
	decision.evidence[0].targets[0].by == "(sensitive value)"
}

address := fixtures.address({}, {"bandwidth": true}, {})

test_what_is_configured_and_known_only_after_apply_is_told_by_the_facts if {
	of_address := {"bindings": []}
	attributes := {"address": address.change.address, "attribute": "bandwidth"}
	undetermined := {facts_given |
		some facts_given in [object.union(facts, of_address), object.union(facts, {"bindings": [], "configured": [attributes]}), object.remove(object.union(facts, of_address), ["configured"])]
		results := bandwidth.results with input as object.union(fixtures.plan([address]), {"anycast_facts": facts_given}) with data.anycast_settings as vouched
		count(results) > 0
	}
	count(undetermined) == 2
	not object.union(facts, of_address) in undetermined
}

test_expressions_that_cannot_be_seen_are_told_by_the_facts if {
	by_reference := with_binding({"visible": false})
	findings(by_reference) == {["plan/expressions-visible", "", "configuration"]}
	decided(by_reference).evidence[0].targets[0].by == "alicloud_slb_load_balancer.lb.id (by reference, expression not visible)"
}

test_without_the_gate_there_are_no_facts_to_complain_about if {
	results := complete.results with input as fixtures.good
	results == set()
}

test_a_mode_known_only_after_apply_is_undetermined_where_it_is_configured if {
	unknown := object.union(fixtures.bound, {"change": {"change": {"after_unknown": {"association_mode": true}}}})
	plan := fixtures.plan([unknown, fixtures.internal_clb])
	given := object.union(plan, {"anycast_facts": object.union(facts, {"configured": [{"address": bound, "attribute": "association_mode"}]})})
	["binding/default-target", bound, "association_mode"] in findings(given)
	not ["binding/default-target", bound, "association_mode"] in findings(object.union(plan, {"anycast_facts": facts}))
}
