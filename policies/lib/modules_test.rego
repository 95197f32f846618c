package anycast.lib.modules_test

import data.anycast.lib.fixtures_test as fixtures
import data.anycast.lib.modules

inside(module, actions, after) := object.union(fixtures.vswitch, {"change": {
	"address": concat(".", [module, "alicloud_vswitch.s"]),
	"module_address": module,
	"change": {"actions": actions, "after": after},
}})

test_a_module_instance_that_holds_only_what_is_removed_is_none if {
	plan := fixtures.plan([
		inside("module.m[0]", ["no-op"], {}),
		inside("module.m[1]", ["delete"], null),
		inside("module.m[2]", ["forget"], null),
		inside("module.m[3]", ["delete", "create"], {}),
	])
	modules.instances == {"module.m[0]", "module.m[3]"} with input as plan
}

test_a_module_instance_that_holds_only_what_an_earlier_apply_left_behind_is_none if {
	left := object.union(inside("module.m[0]", ["no-op"], {}), {"change": {"deposed": "abcd1234"}})
	modules.instances == set() with input as fixtures.plan([left])
}
