package anycast.lib.expressions_test

import data.anycast.lib.expressions

vswitch := ["alicloud_vswitch.s.id", "module.net.id", "var.internal"]

made(text) if expressions.makes_one(text, vswitch)

test_a_value_that_may_turn_out_to_be_nothing_is_made if {
	every text in [
		"${alicloud_vswitch.s.id == \"x\" ? alicloud_vswitch.s.id : null}",
		"${alicloud_vswitch.s.id == \"x\" ? alicloud_vswitch.s.id : \"\"}",
		"${var.internal ? alicloud_vswitch.s.id : module.net.id == \"x\" ? null : alicloud_vswitch.s.id}",
		"${ length( alicloud_vswitch.s.id ) > 3 ? null : alicloud_vswitch.s.id}",
	] {
		made(text)
	}
}

test_a_condition_that_is_known_before_has_chosen_already if {
	every text in [
		"${var.internal ? alicloud_vswitch.s.id : null}",
		"${var.internal ? null : var.internal ? module.net.id : alicloud_vswitch.s.id}",
		"${alicloud_vswitch.s.id == \"x\" ? alicloud_vswitch.s.id : module.net.id}",
		"${try(alicloud_vswitch.s.id, null)}",
	] {
		not made(text)
	}
}

test_an_id_that_is_written_down_anywhere_in_a_text_is_made if {
	every text in ["${keys({lb-evil = 1})[0]}", "${[lb-evil]}", "${\"lb-evil\"}", "lb-evil", "${true?\" eni-1\":x}"] {
		made(text)
	}
	every text in ["${alicloud_slb_load_balancer.lb-main.id}", "${module.alb-x.id}"] {
		not made(text)
	}
}

test_a_path_takes_a_part if {
	value := {"a": [{"b c": 1}], "n": null}
	expressions.at(value, "") == value
	expressions.at(value, `.a[0]["b c"]`) == 1
	expressions.at(value, ".n") == null
	every path in [".b", ".a[1]", ".a.b", ".n.x", ".a[0", "a"] {
		not expressions.at(value, path)
	}
}

test_only_what_a_path_takes_is_a_part if {
	text := {"constant_value": "eu-central-1", "references": ["var.r"]}
	not expressions.part(text, "")
	not expressions.part(text, ".a")
	expressions.part(object.union(text, {"constant_value": {"a": "eu-central-1"}}), ".a") == {"constant_value": "eu-central-1"}
}
