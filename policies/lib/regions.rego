# METADATA
# title: The region a resource lives in
# description: It is the region of its provider configuration; plans hold it only where it is written or passed there.
package anycast.lib.regions

import data.anycast.lib.data_sources
import data.anycast.lib.modules
import data.anycast.lib.plan
import data.anycast.lib.resolve
import data.anycast.lib.resources
import data.anycast.lib.settings
import data.anycast.lib.zones

# An empty region counts as none: the provider then takes it from the environment, and the each.key of one of OpenTofu's
# provider instances is not in the plan either.
# {"value": region or null, "from": where it was found or why it was not}
of(change) := written(key, object.get(plan.provider_configs, key, {})) if {
	key := modules.block(change).provider_config_key
	is_string(key)
} else := {"value": null, "from": no_block}

written(key, provider) := {"value": region, "from": concat(" ", ["provider", key])} if {
	region := value(provider)
	is_string(region)
	not hidden(provider)
} else := {"value": region, "shown": "(sensitive value)", "from": concat(" ", ["provider", key])} if {
	region := value(provider)
	is_string(region)
} else := claimed(key, settings.region_from_env) if {
	from_environment(provider)
	is_string(settings.region_from_env)
} else := {"value": null, "from": concat(" ", ["provider", key, "takes its region from the environment"])} if {
	from_environment(provider)
} else := {"value": null, "from": concat(" ", ["the region of provider", key, "is not a value the plan holds"])}

from_environment(provider) if not provider.expressions.region

from_environment(provider) if value(provider) == null

# The one value of the region, or null; undefined where the plan does not hold it.
value(provider) := found if {
	sources := resolve.provider_sources(provider, provider.expressions.region)
	values := {source.value | some source in sources; source.what == "known"; source.exact; source.value != ""}
	count(values) == count(sources)
	count(values) == 1
	some found in values
}

hidden(provider) if {
	some source in resolve.provider_sources(provider, provider.expressions.region)
	source.hidden
}

# What the user says of the environment counts, unless the plan shows that it cannot be so.
claimed(key, region) := {"value": null, "from": concat("", ["provider ", key, " takes its region from the environment: said to be ", region, ", but ", against])} if {
	first := min({[entry.address, entry.attribute, entry.shown] |
		some entry in object.get(evidence_by_provider, key, set())
		not zones.in_region(entry.value, region)
	})
	against := concat("", [first[1], " of ", first[0], " is ", first[2]])
} else := {"value": region, "from": "the environment, not the plan"}

evidence_by_provider := {key: entries | some key, entries in evidence_index}

evidence_index[key] contains object.union(zone, {"address": change.address}) if {
	some change in resources.lasting
	key := modules.block(change).provider_config_key
	some zone in zones.of(change)
}

evidence_index[key] contains {
	"address": source.address,
	"attribute": concat("", [list, "[].", attribute]),
	"value": item[attribute],
	"shown": item[attribute],
} if {
	some source in data_sources.of(plan.data_types)
	not source.type in plan.terraform.region_data
	key := modules.block(source).provider_config_key
	some [list, attribute] in listed_places
	some item in data_sources.listed(source, list)
	zones.is_name(item[attribute])
}

evidence_index[key] contains {
	"address": source.address,
	"attribute": "regions[].id",
	"value": region,
	"shown": region,
} if {
	some source in data_sources.of(plan.terraform.region_data)
	key := modules.block(source).provider_config_key
	source.values.current == true
	region := data_sources.listed(source, "regions")[0].id
	zones.is_name(region)
}

# Attributes of what data sources list that name a zone or a region.
listed_places := [
	["balancers", "master_zone_id"], ["balancers", "region_id_alias"], ["slbs", "region_id"],
	["vswitches", "zone_id"], ["zones", "id"],
]

# The fix where a region is not told, by the reason.
fix_of_unknown(from) := "Write the region into the provider configuration, or run the check with --region-from-env REGION where environment variables set it." if {
	endswith(from, "takes its region from the environment")
} else := "Name the region that the environment of the apply sets (--region-from-env REGION, or ALICLOUD_REGION), or write the region into the provider configuration." if {
	contains(from, " takes its region from the environment: said to be ")
} else := "Give the check the whole plan, unchanged; what -generate-config-out has written belongs to the configuration first." if {
	from == no_block
} else := "Take the provider's region from a variable that is not ephemeral, or write it as a text." if {
	contains(from, " ephemeral ")
} else := "Write the provider's region as a text, or take it from variables and locals that are known when the plan is made." if {
	contains(from, ", which ")
} else := "Write the provider's region as a text or a variable, or check the saved plan file instead of its JSON."

no_block := "no configuration block in the plan"
