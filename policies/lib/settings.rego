# METADATA
# title: Settings of a project, with their defaults
# description: >-
#   `data.anycast_settings` comes from anycast.yaml (checked and completed before it gets here). Without it the
#   defaults apply, which are the strictest.
package anycast.lib.settings

default given := {}

given := data.anycast_settings

default regions := "quick_start"

regions := given.regions

allowed_regions := {region | some region in regions} if {
	is_array(regions)
} else := {region.id | some region in data.anycast.lib.facts.regions[regions]}

default levels := {}

levels := given.levels

default waivers := []

waivers := given.waivers

default region_from_env := null

region_from_env := given.region_from_env

default network_interfaces := false

network_interfaces := given.network_interfaces

default bandwidth := {}

bandwidth := given.bandwidth

# The change window: null when none is set, else {"open": boolean, "next": text}, worked out for the time of the check.
default window := null

window := given.window

# The date of the check, YYYY-MM-DD; a waiver without a known date is an expired one.
default today := "9999-12-31"

today := given.today

# What the cloud said when it was asked: {"load_balancers": [{"id", "address_type", "network_type", "vswitch_id", "region", "seen_at"}], "regions": [id]}.
default live := {}

live := given.live
