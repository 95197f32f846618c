# METADATA
# title: Settings of a project, with their defaults
# description: >-
#   `data.anycast_settings` comes from anycast.yaml (checked and completed before it gets here). What it does not say is
#   undefined here, and rules take that for the strictest.
package anycast.lib.settings

given := data.anycast_settings

default regions := "quick_start"

regions := given.regions

allowed_regions := {region | some region in regions} if {
	is_array(regions)
} else := {region.id | some region in data.anycast.lib.facts.regions[regions]}

levels := given.levels

waivers := given.waivers

region_from_env := given.region_from_env

network_interfaces := given.network_interfaces

default bandwidth := {}

bandwidth := given.bandwidth

# True where the caller gives facts as `input.anycast_facts` and vouches for them.
facts := given.facts

# The change window: null or undefined when none is set, else {"open": boolean, "next": text}, worked out for the time of the check.
window := given.window

# The date of the check, YYYY-MM-DD; a waiver without a known date is an expired one.
today := given.today

# What the cloud said when it was asked: {"load_balancers": [{"id", "address_type", "network_type", "vswitch_id", "region", "status", "seen_at"}], "regions": [id]}.
live := given.live
