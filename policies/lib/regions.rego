# METADATA
# title: The region a resource lives in
# description: It is the region of its provider configuration; plans hold it only where it is written or passed there.
package anycast.lib.regions

import data.anycast.lib.modules
import data.anycast.lib.plan
import data.anycast.lib.resolve
import data.anycast.lib.settings

# An empty region counts as none: the provider then takes it from the environment, and the each.key of one of OpenTofu's
# provider instances is not in the plan either.
# {"value": region or null, "from": where it was found or why it was not}
of(change) := written(key, object.get(plan.provider_configs, key, {})) if {
	key := modules.block(change).provider_config_key
} else := {"value": null, "from": "no configuration block in the plan"}

written(key, provider) := {"value": region, "from": concat(" ", ["provider", key])} if {
	region := value(provider)
	is_string(region)
	not hidden(provider)
} else := {"value": region, "shown": "(sensitive value)", "from": concat(" ", ["provider", key])} if {
	region := value(provider)
	is_string(region)
} else := {"value": settings.region_from_env, "from": "environment"} if {
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
