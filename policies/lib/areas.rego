# METADATA
# title: The two areas of Anycast EIPs
package anycast.lib.areas

all := {area.id | some area in data.anycast.lib.facts.address.areas}

of_region(region) := "ChineseMainland" if {
	startswith(region, mainland.prefix)
	not region in mainland.outside
} else := "international"

# How a message goes on after what must be there.
where := {
	"ChineseMainland": "in mainland China, the area of the Anycast EIP",
	"international": "outside mainland China, the area of the Anycast EIP",
}

mainland := data.anycast.lib.facts.mainland
