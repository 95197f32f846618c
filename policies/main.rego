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

# Every folder of policies/rules that holds a rule, by the id that its METADATA names.
all_rules[id] := {"meta": meta, "results": results} if {
	some category, name
	meta := rules[category][name].meta
	results := rules[category][name].results
	id := meta.custom.id
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

# A locked rule keeps its level whatever the settings say; a finding may have a level of its own.
level(id, meta, finding) := settings.levels[id] if {
	not meta.custom.locked
	settings.levels[id] in {"deny", "warn", "off"}
} else := own if {
	own := finding.level
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

# Sets that grow with the plan are looked up (`set[x]`): compiled to wasm, `x in set` compares with one element after the
# other.
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
	not refused[binding.address]
	not refused[""]
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
