# METADATA
# title: The plan is whole and was made without errors
# description: >-
#   A plan made with `-target` or `-exclude`, with deferred changes or with errors does not show everything that is configured, so what
#   it leaves out was not checked. A plan in a format this gate does not know is not checked either. A binding that
#   OpenTofu's `enabled` turns off counts as left out, because plans do not hold `enabled`: use `count`.
# custom:
#   id: plan/complete
#   level: deny
#   locked: true
#   fix: >-
#     Make a whole plan without errors, and check the saved plan or its `show -json` output unchanged.
#   source: >-
#     Terraform JSON output format: format_version, complete, errored, deferred_changes.
package anycast.rules.plan.complete

import data.anycast.lib.binding_facts
import data.anycast.lib.findings
import data.anycast.lib.given_facts
import data.anycast.lib.modules
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.undetermined("", attribute, {"expected": expectation, "got": got, "at": "the plan"}),
	fix,
) if {
	some [attribute, expectation, got, fix] in problems
}

unchanged := "Check the saved plan, or the output of `show -json` of it, unchanged."

problems contains ["format_version", "format_version to be 1.x", shown("format_version"), "Make the plan with Terraform 1.8 or newer, or OpenTofu, and check the saved plan or its `show -json` output."] if not known_format

problems contains ["errored", "errored to be false", shown("errored"), "Repair what `terraform plan` reports as errors, and plan again."] if not plan.doc.errored == false

problems contains ["complete", "complete to be true", shown("complete"), "Plan again without -target, -exclude and resources that wait for another plan, with Terraform 1.8 or newer, or OpenTofu."] if {
	not plan.doc.complete == true
	not plan.without_complete
}

problems contains ["deferred_changes", "no change to be deferred", shown("deferred_changes"), "Apply first what the deferred changes depend on, or plan without -allow-deferral."] if {
	not object.get(plan.doc, "deferred_changes", []) == []
}

problems contains ["resource_changes", "resource_changes to be a list of objects", type_name(object.get(plan.doc, "resource_changes", null)), unchanged] if not readable_changes

problems contains ["configuration", "configuration.root_module to be an object", type_name(object.get(plan.doc, ["configuration", "root_module"], null)), unchanged] if {
	not is_object(object.get(plan.doc, ["configuration", "root_module"], null))
}

problems contains ["resource_changes", concat(" ", [address, "to be planned, as it is configured"]), "no change of it in the plan", "Plan again without -target and -exclude; where OpenTofu's enabled turns the binding off, use count."] if {
	some address in binding_facts.document.unplanned
}

problems contains ["anycast_facts", "the facts that the gate gives to fit the plan", what, "Give the policies the facts of this very plan, as `anycast check` does."] if {
	binding_facts.given
	some what in given_facts.problems
}

# Without a regular expression: compiling one takes longer than all else that is evaluated of a small plan.
known_format if {
	startswith(plan.doc.format_version, "1.")
	minor := substring(plan.doc.format_version, 2, -1)
	minor != ""
	trim(minor, "0123456789") == ""
}

readable_changes if {
	is_array(plan.doc.resource_changes)
	every change in plan.doc.resource_changes {
		readable(change)
	}
}

readable_changes if plan.nothing_listed

# OpenTofu lists ephemeral resources too, without any value.
readable(change) if {
	is_string(change.address)
	change.mode == "ephemeral"
	change.change.actions == ["open"]
	not change.type in modules.read_types
	object.get(change.change, "after", null) == null
}

readable(change) if {
	is_string(change.address)
	is_string(change.type)
	is_string(change.name)
	change.mode in {"managed", "data"}
	is_array(change.change.actions)
	count(change.change.actions) > 0
	well_placed(change)
	is_object_or_null(object.get(change.change, "after", null))
}

# The address is that of the block, with an instance key or without.
well_placed(change) if change.mode == "data"

well_placed(change) if is_key(plan.instance_key(change))

is_key("")

is_key(key) if {
	key != ""
	regex.match(`^\[([0-9]+|"([^"\\]|\\.)*")\]$`, key)
}

is_object_or_null(value) if is_object(value)

is_object_or_null(null)

shown(attribute) := json.marshal(value) if {
	value := plan.doc[attribute]
} else := "nothing"
