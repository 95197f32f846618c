# METADATA
# title: The plan is whole and was made without errors
# description: >-
#   A plan made with `-target` or `-exclude`, with deferred changes or with errors does not show everything that is configured, so what
#   it leaves out was not judged. A plan in a format this gate does not know is not judged either. A binding that
#   OpenTofu's `enabled` turns off counts as left out, because plans do not hold `enabled`: use `count`.
# custom:
#   id: plan/complete
#   level: deny
#   locked: true
#   fix: >-
#     Make a whole plan (no -target or -exclude, all errors mended) with Terraform 1.8 or newer, or OpenTofu, and check
#     the saved plan or its `show -json` output unchanged.
#   source: >-
#     Terraform JSON output format: format_version, complete, errored, deferred_changes.
package anycast.rules.plan.complete

import data.anycast.lib.findings
import data.anycast.lib.modules
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.undetermined("", attribute, {"expected": expectation, "got": got, "at": "the plan"}) if {
	some [attribute, expectation, got] in problems
}

problems contains ["format_version", "format_version to be 1.x", shown("format_version")] if not known_format

problems contains ["errored", "errored to be false", shown("errored")] if not plan.doc.errored == false

problems contains ["complete", "complete to be true", shown("complete")] if {
	not plan.doc.complete == true
	not without_complete
}

problems contains ["deferred_changes", "no change to be deferred", shown("deferred_changes")] if {
	not object.get(plan.doc, "deferred_changes", []) == []
}

problems contains ["resource_changes", "resource_changes to be a list of objects", type_name(object.get(plan.doc, "resource_changes", null))] if not readable_changes

problems contains ["configuration", "configuration.root_module to be an object", type_name(object.get(plan.doc, ["configuration", "root_module"], null))] if {
	not is_object(object.get(plan.doc, ["configuration", "root_module"], null))
}

problems contains ["resource_changes", concat(" ", [address, "to be planned, as it is configured"]), "no change of it in the plan"] if {
	must_show_all
	some address in unplanned
}

must_show_all if without_complete

# A plan that makes or changes anything lists every configured binding, if only as unchanged. One that destroys lists what
# the state holds. One that only refreshes lists nothing, so nothing of it is judged.
must_show_all if {
	some change in plan.changes
	change.mode == "managed"
	some action in change.change.actions
	not action in {"delete", "forget", "no-op", "read"}
}

must_show_all if {
	nothing_listed
	not plan.doc.applyable == false
}

known_format if regex.match(`^1\.[0-9]+$`, plan.doc.format_version)

# OpenTofu does not write `complete`; its plans name their providers by OpenTofu's registry. Where the saved plan file is
# at hand, `anycast` reads there what -target and -exclude left out, and sets `complete`.
without_complete if {
	not "complete" in object.keys(plan.doc)
	some config in plan.provider_configs
	startswith(config.full_name, "registry.opentofu.org/")
	every other in plan.provider_configs {
		not startswith(object.get(other, "full_name", ""), "registry.terraform.io/")
	}
}

readable_changes if {
	is_array(plan.doc.resource_changes)
	every change in plan.doc.resource_changes {
		readable(change)
	}
}

readable_changes if nothing_listed

# Terraform leaves the list out when there is nothing at all to list.
nothing_listed if not "resource_changes" in object.keys(plan.doc)

nothing_listed if plan.doc.resource_changes == []

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

well_placed(change) if regex.match(`^(\[([0-9]+|"([^"\\]|\\.)*")\])?$`, plan.instance_key(change))

is_object_or_null(value) if is_object(value)

is_object_or_null(null)

# Configured bindings that the plan does not mention. Blocks and modules with count or for_each may have no instances.
unplanned := {address |
	some module in modules.single
	some block in object.get(module.config, "resources", [])
	block.type == plan.terraform.attachment
	not block.count_expression
	not block.for_each_expression
	not modules.block_key(modules.names(module.path), block.mode, block.type, block.name) in planned
	address := concat("", [modules.prefix(module.path), block.type, ".", block.name])
}

planned := {modules.key_of(change) | some change in plan.changes; change.type == plan.terraform.attachment}

shown(attribute) := json.marshal(value) if {
	value := plan.doc[attribute]
} else := "nothing"
