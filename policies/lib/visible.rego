# METADATA
# title: Whether the plan shows an expression, or only what it refers to
package anycast.lib.visible

import data.anycast.lib.modules
import data.anycast.lib.plan
import data.anycast.lib.resolve

# True when the plan shows what the attribute comes from: its value, or the text of every expression on the way.
attribute(change, name) if not plan.unknown(change, name)

attribute(change, name) if all_shown(resolve.sources(change, name))

# The same of the region of a resource, which is that of its provider.
region(change) if {
	provider := plan.provider_configs[modules.block(change).provider_config_key]
	all_shown(resolve.provider_sources(provider, object.get(provider, ["expressions", "region"], null)))
}

all_shown(sources) if {
	every source in sources {
		source.visible
	}
}
