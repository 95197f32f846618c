# METADATA
# title: The plan that is checked
# description: >-
#   The plan document, as `terraform show -json` prints it. HCP Terraform wraps it in `plan` next to `run`; nothing
#   else is unwrapped, so a plan cannot hide behind another one.
package anycast.lib.plan

doc := input.plan if {
	not "format_version" in object.keys(input)
	is_object(input.run)
	is_object(input.plan)
} else := input

terraform := data.anycast.lib.facts.terraform

# Types of data sources that are read.
data_types := [type |
	some part in ["address_data", "load_balancer_data", "vswitch_data", "zone_data", "region_data"]
	some type in terraform[part]
]

# Every entry of resource_changes; plan/complete refuses those that are no objects.
changes := [change | some change in doc.resource_changes]

# Whatever its mode or provider says: what looks like a binding is checked as one.
attachments := [change |
	some change in changes
	change.type == terraform.attachment
	not removed(change)
]

# Anycast EIP addresses that will exist.
addresses := [change |
	some change in changes
	change.type == terraform.address
	not removed(change)
]

# Terraform leaves the list out when there is nothing at all to list.
nothing_listed if not "resource_changes" in object.keys(doc)

nothing_listed if doc.resource_changes == []

# OpenTofu does not write `complete`; its plans name their providers by OpenTofu's registry. Where the saved plan file is
# at hand, `anycast` reads there what -target and -exclude left out, and sets `complete`.
without_complete if {
	not "complete" in object.keys(doc)
	some config in provider_configs
	startswith(config.full_name, "registry.opentofu.org/")
	every other in provider_configs {
		not startswith(object.get(other, "full_name", ""), "registry.terraform.io/")
	}
}

root_module := object.get(doc, ["configuration", "root_module"], {})

provider_configs := object.get(doc, ["configuration", "provider_config"], {})

# A removed resource is one that surely will not exist: nothing is planned after, by known removing actions only.
removed(change) if {
	change.change.after == null
	count(change.change.actions) > 0
	every action in change.change.actions {
		action in {"delete", "forget"}
	}
}

deposed(change) if is_string(change.deposed)

# False and not undefined for a stranger: an undefined part of a target would take the whole target out of sight.
default trusted(_) := false

trusted(resource) if resource.provider_name in terraform.providers

# The configuration block an instance belongs to: its address without the instance key.
base(change) := concat(".", [change.module_address, change.type, change.name]) if {
	is_string(change.module_address)
} else := concat(".", [change.type, change.name])

# The instance key as written in the address: `["x"]`, `[0]` or nothing.
instance_key(change) := substring(change.address, count(base(change)), -1) if {
	startswith(change.address, base(change))
}

# True when the value of a top-level attribute is not known before apply (as a whole or in a part).
unknown(change, attribute) if {
	marker := object.get(change.change, ["after_unknown", attribute], false)
	not known_marker(marker)
}

unknown(change, _) if not is_object(object.get(change.change, "after_unknown", {}))

known_marker(false)

known_marker([])

known_marker(marker) if {
	is_object(marker)
	count(marker) == 0
}

# True when a value is planned and called unknown: no plan that Terraform wrote.
contradictory(change, attribute) if {
	unknown(change, attribute)
	object.get(change.change.after, attribute, null) != null
}

# The planned value of an attribute; undefined when it is unknown. Left out reads as null.
planned(change, attribute) := object.get(change.change.after, attribute, null) if {
	is_object(change.change.after)
	not unknown(change, attribute)
}

sensitive(change, attribute) if object.get(change.change, ["after_sensitive", attribute], false) == true

sensitive(change, _) if change.change.after_sensitive == true

# The planned value as a finding may show it: sensitive values never leave the plan.
shown(change, attribute) := "(sensitive value)" if {
	sensitive(change, attribute)
} else := "(known only after apply)" if {
	unknown(change, attribute)
} else := text(value) if {
	value := planned(change, attribute)
} else := "nothing"

text(value) := value if {
	is_string(value)
} else := json.marshal(value)

# How a resource comes to the provider that the gate knows. A module that does not name the source gets hashicorp's; what
# exists already has its provider from the state.
fix_of_provider(change) := concat("", [
	"Write required_providers { alicloud = { source = \"aliyun/alicloud\" } } in the module that declares ", change.address,
	", run terraform init, and plan again.",
]) if {
	change.change.actions == ["create"]
} else := "Run terraform state replace-provider with the provider of the state and aliyun/alicloud, and write source = \"aliyun/alicloud\" in the required_providers of every module."
