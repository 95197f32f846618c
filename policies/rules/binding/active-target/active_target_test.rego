package anycast.rules.binding.active_target_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.rules.binding.active_target

with_status(status) := fixtures.clb(
	{"address_type": "intranet", "vswitch_id": "vsw-1", "status": status}, {},
	{"address_type": {"constant_value": "intranet"}, "vswitch_id": {"constant_value": "vsw-1"}},
)

results(parts) := found if {
	found := active_target.results with input as fixtures.plan(parts)
}

test_a_load_balancer_that_is_not_active_is_denied if {
	every status in ["inactive", "locked"] {
		found := results([fixtures.bound, with_status(status)])
		count(found) == 1
		some result in found
		result.outcome == "violation"
		result.message == concat("", ["Expected the status of alicloud_slb_load_balancer.lb to be `active` when it is bound, got `", status, "` (at alicloud_slb_load_balancer.lb)."])
		startswith(result.fix, "Set status = \"active\"")
	}
}

test_a_status_that_is_active_or_left_out_is_allowed if {
	every status in ["active", "", null] {
		results([fixtures.bound, with_status(status)]) == set()
	}
	results([fixtures.bound, fixtures.internal_clb]) == set()
	unknown := object.union(fixtures.internal_clb, {"change": {"change": {"after_unknown": {"status": true}}}})
	results([fixtures.bound, unknown]) == set()
}

test_a_binding_that_is_there_stays if {
	every actions in [["no-op"], ["update"]] {
		kept := object.union(fixtures.bound, {"change": {"change": {"actions": actions}}})
		results([kept, with_status("inactive")]) == set()
	}
	again := object.union(fixtures.bound, {"change": {"change": {"actions": ["delete", "create"]}}})
	count(results([again, with_status("inactive")])) == 1
}

test_a_sensitive_status_is_shown_nowhere if {
	secret := object.union(with_status("inactive"), {"change": {"change": {"after_sensitive": {"status": true}}}})
	some result in results([fixtures.bound, secret])
	contains(result.message, "got `(sensitive value)`")
}

by_id := fixtures.attachment({"bind_instance_id": "lb-1"}, {"bind_instance_id": false}, {})

seen := {"id": "lb-1", "address_type": "intranet", "vswitch_id": "vsw-1", "network_type": "vpc", "region": "ap-southeast-1", "seen_at": "today"}

live(status) := found if {
	found := active_target.results with input as fixtures.plan([by_id])
		with data.anycast_settings as {"live": {"load_balancers": [object.union(seen, {"status": status})]}}
}

test_what_the_cloud_says_counts if {
	some result in live("inactive")
	startswith(result.fix, "Activate the load balancer where it is managed")
	live("active") == set()
	live(null) == set()
}

read(status) := object.union(fixtures.plan([by_id]), {
	"configuration": {"provider_config": fixtures.providers, "root_module": {"resources": [
		by_id.block,
		object.union(fixtures.block("alicloud_slb_load_balancers", "d", {}), {"mode": "data"}),
	]}},
	"prior_state": {"values": {"root_module": {"resources": [{
		"address": "data.alicloud_slb_load_balancers.d",
		"mode": "data",
		"type": "alicloud_slb_load_balancers",
		"name": "d",
		"provider_name": fixtures.provider,
		"values": {"balancers": [object.union(seen, {"status": status})]},
	}]}}},
})

test_what_a_data_source_says_counts if {
	denied := active_target.results with input as read("inactive")
	some result in denied
	result.message == "Expected the status of load balancer lb-1 of data.alicloud_slb_load_balancers.d to be `active` when it is bound, got `inactive` (at data.alicloud_slb_load_balancers.d)."
	allowed := active_target.results with input as read("active")
	allowed == set()
}
