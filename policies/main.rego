# METADATA
# title: The decision
# description: >-
#   One document for one plan: the findings of every rule with their level, and for each binding that was proven the
#   evidence. Callers must find every binding either proven or refused here; a missing one is an error of theirs.
package anycast

import data.anycast.lib.bindings
import data.anycast.lib.plan
import data.anycast.lib.settings
import data.anycast.rules

decision := {
	"rules": sort(object.keys(all_rules)),
	"attachments": count(bindings.all),
	"findings": findings,
	"evidence": evidence,
	"waivers": waivers_used,
}

all_rules := {
	"address/area": {"meta": rules.address.area.meta, "results": rules.address.area.results},
	"address/bandwidth": {"meta": rules.address.bandwidth.meta, "results": rules.address.bandwidth.results},
	"address/billing": {"meta": rules.address.billing.meta, "results": rules.address.billing.results},
	"address/name": {"meta": rules.address.name.meta, "results": rules.address.name.results},
	"binding/access-points": {"meta": rules.binding.access_points.meta, "results": rules.binding.access_points.results},
	"binding/default-target": {"meta": rules.binding.default_target.meta, "results": rules.binding.default_target.results},
	"binding/internal-only": {"meta": rules.binding.internal_only.meta, "results": rules.binding.internal_only.results},
	"binding/one-address-per-target": {"meta": rules.binding.one_address_per_target.meta, "results": rules.binding.one_address_per_target.results},
	"binding/one-default-per-address": {"meta": rules.binding.one_default_per_address.meta, "results": rules.binding.one_default_per_address.results},
	"binding/one-per-region": {"meta": rules.binding.one_per_region.meta, "results": rules.binding.one_per_region.results},
	"binding/provable-target": {"meta": rules.binding.provable_target.meta, "results": rules.binding.provable_target.results},
	"binding/region-in-area": {"meta": rules.binding.region_in_area.meta, "results": rules.binding.region_in_area.results},
	"binding/region-matches-target": {"meta": rules.binding.region_matches_target.meta, "results": rules.binding.region_matches_target.results},
	"binding/supported-region": {"meta": rules.binding.supported_region.meta, "results": rules.binding.supported_region.results},
	"binding/target-type": {"meta": rules.binding.target_type.meta, "results": rules.binding.target_type.results},
	"binding/vpc-only": {"meta": rules.binding.vpc_only.meta, "results": rules.binding.vpc_only.results},
	"change/interruption": {"meta": rules.change.interruption.meta, "results": rules.change.interruption.results},
	"clb/charge-type": {"meta": rules.clb.charge_type.meta, "results": rules.clb.charge_type.results},
	"plan/complete": {"meta": rules.plan.complete.meta, "results": rules.plan.complete.results},
	"plan/expressions-visible": {"meta": rules.plan.expressions_visible.meta, "results": rules.plan.expressions_visible.results},
	"plan/provider": {"meta": rules.plan.provider.meta, "results": rules.plan.provider.results},
}

findings := [object.union(finding, {
	"rule": id,
	"level": grade,
	"waived": waived(id, finding.address),
	"fix": object.get(finding, "fix", rule.meta.custom.fix),
}) |
	some id, rule in all_rules
	some finding in rule.results
	grade := level(id, rule.meta, finding)
	grade != "off"
]

# A locked rule keeps its level whatever the settings say; a finding may be graver than its rule usually is.
level(id, meta, finding) := settings.levels[id] if {
	not meta.custom.locked
	settings.levels[id] in {"deny", "warn", "off"}
} else := grave if {
	grave := finding.level
} else := meta.custom.level

waiver_for(rule, address) := [i |
	some i, waiver in settings.waivers
	waiver.rule == rule
	waiver.address == address
	settings.today <= waiver.expires
]

waived(rule, address) if {
	address != ""
	count(waiver_for(rule, address)) > 0
} else := false

waivers_used := {i | some finding in findings; finding.waived; some i in waiver_for(finding.rule, finding.address)}

refused := {finding.address |
	some finding in findings
	finding.level == "deny"
}

evidence := [{
	"address": binding.address,
	"region": plan.shown(binding.change, "bind_instance_region_id"),
	"targets": [proof(binding, target) | some target in binding.targets],
} |
	some binding in bindings.all
	not binding.address in refused
	not "" in refused
	count(binding.targets) > 0
	count(binding.problems) == 0
]

proof(binding, target) := object.union(group(target), {
	"address": target.address,
	"via": target.via,
	"by": by(binding, target),
	"address_type": object.get(target, ["address_type", "value"], "not applicable"),
	"vswitch": object.get(target, ["vswitch", "value"], "not applicable"),
	"region_from": target.region.from,
})

group(target) := {name: target[name] | some name in ["addresses", "size"]}

by(binding, target) := concat("", [target.by, " (by reference, expression not visible)"]) if {
	target.via == "reference"
	not binding.visible
} else := target.by
