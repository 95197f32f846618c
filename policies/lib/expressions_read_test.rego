package anycast.lib.expressions_read_test

import data.anycast.lib.expressions

lb := "alicloud_slb_load_balancer.lb"

id := concat("", [lb, ".id"])

kind(expression) := expressions.read(expression).kind

test_what_is_not_given_is_absent if {
	kind(null) == "absent"
}

test_references_are_a_list_of_texts if {
	kind({"references": [id, lb]}) == "references"
	every references in [[], {"x": id}, [id, 1], id] {
		kind({"references": references}) == "opaque"
		kind({"references": references, "constant_value": "x"}) == "opaque"
		kind({"references": references, "constant_value": "${path.module}"}) == "opaque"
	}
}

test_a_value_is_known_as_it_is if {
	every value in ["x", null, 1, {"a": ["b"]}] {
		expressions.read({"constant_value": value}) == {"kind": "known", "value": value}
	}
}

test_a_text_that_refers_to_nothing_is_known_though_not_shown if {
	expressions.read({"constant_value": "${true}"}) == {"kind": "known", "value": {"text": "${true}"}}
	every text in ["x-${true}", "${upper(\"x\")}", "${true ? \"lb-1\" : \"\"}"] {
		kind({"constant_value": text}) == "opaque"
	}
}

test_what_is_no_expression_is_opaque if {
	every odd in [{}, [], "x", 1, true, {"constant": "x"}] {
		kind(odd) == "opaque"
	}
}

written(text) := {"constant_value": {"x": {"lb": text}}, "references": [id, lb, "each.key"]}

test_a_part_that_is_written_out_is_one_reference if {
	path := `["x"].lb`
	expressions.part(written("${alicloud_slb_load_balancer.lb.id}"), path).references == [id]
	expressions.part(written("${ alicloud_slb_load_balancer.lb[each.key].id }"), path).references == [lb, "each.key"]
	every text in [
		"${alicloud_slb_load_balancer.lb.id}-x",
		"${alicloud_slb_load_balancer.lb[each.key].id[0]}",
		"${alicloud_slb_load_balancer.lb[each.key].id == \"\" ? \"lb-1\" : \"\"}",
		"x-${alicloud_slb_load_balancer.lb[each.key].id}",
		["${alicloud_slb_load_balancer.lb.id}"],
	] {
		not expressions.part(written(text), path)
	}
}

test_a_part_that_is_a_value_is_taken_as_it_is if {
	every value in ["x", 1, null, [id]] {
		expressions.part(written(value), `["x"].lb`) == {"constant_value": value}
	}
}

test_only_what_is_inside_is_a_part if {
	text := "${alicloud_slb_load_balancer.lb.id}"
	not expressions.part({"constant_value": text, "references": [id, lb]}, "")
	not expressions.part({"constant_value": {"x": text}, "references": [id, lb]}, "")
	not expressions.part({"constant_value": {"x": text}, "references": [id, lb]}, ".y")
}

test_steps_are_names_keys_and_positions if {
	expressions.steps(`.a["b.c"][0]["say \"x\""]`) == ["a", "b.c", 0, `say "x"`]
}

texts(expression) := expressions.read(object.union({"references": [id, lb]}, expression)).texts

test_texts_are_all_that_is_written if {
	texts({}) == []
	texts({"constant_value": "x"}) == ["x"]
	texts({"constant_value": {"a": ["x", 1], "b": {"c": "y"}}}) == ["x", "y"]
}

heads(references) := expressions.read({"references": references}).heads

test_heads_are_the_longest_forms if {
	heads([id, lb]) == [id]
	heads([lb, id]) == [lb, id]
	heads([lb, lb]) == [lb, lb]
	heads(["alicloud_a.lb.id", "alicloud_a.lb", "alicloud_a.l"]) == ["alicloud_a.lb.id", "alicloud_a.l"]
	heads(["alicloud_x.b.id", "alicloud_a.b"]) == ["alicloud_x.b.id", "alicloud_a.b"]
	heads([`alicloud_a.b["x"].id`, `alicloud_a.b["x"]`, "alicloud_a.b"]) == [`alicloud_a.b["x"].id`]
	heads(["module.m[0].id", "module.m[0]", "module.m"]) == ["module.m[0].id", "module.m"]
	heads(["module.m.id", "module.m"]) == ["module.m.id"]
}

makes(texts) if expressions.makes_a_value({"heads": [id], "texts": texts})

test_only_choosing_among_references_makes_no_value if {
	every text in [
		"${alicloud_slb_load_balancer.lb.id}",
		"${ try(alicloud_slb_load_balancer.lb.id, null) }",
		"alicloud_slb_load_balancer.lb.id",
		"${alicloud_slb_load_balancer.lb[\"$${x}\"].id}",
	] {
		not makes([text])
	}
	every text in [
		"x-${alicloud_slb_load_balancer.lb.id}",
		"${alicloud_slb_load_balancer.lb.id}-x",
		"${alicloud_slb_load_balancer.lb.id}${true}",
		"${alicloud_slb_load_balancer.lb.id} %{ if true }x%{ endif } ${true}",
		"${alicloud_slb_load_balancer.lb.id}%{ if true }}",
		"${lower(alicloud_slb_load_balancer.lb.id)}",
		"lower(x)",
		"${true ? \"lb-1\" : alicloud_slb_load_balancer.lb.id}",
		"lb-1",
		"${\"eni-1\"}",
		`${"\u006cb-1"}`,
	] {
		makes([text])
	}
}

test_a_key_that_looks_like_an_id_is_but_a_key if {
	reference := `alicloud_slb_load_balancer.lb["lb-1"].id`
	text := concat("", ["${", reference, "}"])
	not expressions.makes_a_value({"heads": [reference], "texts": [text]})
	expressions.makes_a_value({"heads": [reference], "texts": [text, "lb-1"]})
}

direct(expression) if expressions.direct(object.union({"heads": [id], "texts": [], "composite": false}, expression), id)

test_a_direct_reference_stands_alone if {
	direct({})
	direct({"texts": ["${ alicloud_slb_load_balancer.lb.id }"]})
	not direct({"composite": true})
	not direct({"heads": [id, "var.x"]})
	not direct({"texts": ["${try(alicloud_slb_load_balancer.lb.id)}"]})
}

indexed(expression, reference) if {
	expressions.indexed_by(object.union({"heads": [reference, "each.key"], "texts": [], "composite": false}, expression), reference, "each.key")
}

test_without_a_text_a_key_beside_one_whole_reference_is_its_index if {
	indexed({}, lb)
	indexed({}, "module.m")
	not indexed({}, id)
	not indexed({}, `alicloud_slb_load_balancer.lb["x"]`)
	not indexed({}, "module.m.id")
	not indexed({}, "var.lbs.x")
	not indexed({"heads": [lb]}, lb)
	not indexed({"heads": [lb, "each.key", "var.x"]}, lb)
}

test_a_text_shows_whether_every_use_is_indexed if {
	once := "${alicloud_slb_load_balancer.lb[each.key].id}"
	indexed({"texts": [once]}, lb)
	indexed({"texts": ["${try(alicloud_slb_load_balancer.lb[each.key].id, alicloud_slb_load_balancer.lb[ each.key ].name)}"]}, lb)
	not indexed({"texts": [once], "heads": [lb]}, lb)
	not indexed({"texts": [once], "composite": true}, lb)
	not indexed({"texts": [once, "${true}"]}, lb)
	not indexed({"texts": ["${try(alicloud_slb_load_balancer.lb[each.key].id, alicloud_slb_load_balancer.lb[0].id)}"]}, lb)
	every name in ["each", "k, each", "count"] {
		not indexed({"texts": [concat("", ["${[for ", name, " in x : alicloud_slb_load_balancer.lb[each.key].id]}"])]}, lb)
	}
	indexed({"texts": ["${[for k in x : alicloud_slb_load_balancer.lb[each.key].id]}"]}, lb)
}

test_a_reference_is_parsed_by_its_first_name if {
	every reference, parsed in {
		"var.a.b": {"kind": "variable", "name": "a", "rest": ".b"},
		"module.m[0].o.p": {"kind": "module", "name": "m", "key": "[0]", "output": "o", "rest": ".p"},
		"each.value.id": {"kind": "value", "rest": ".id"},
		"each.key": {"kind": "key"},
		"count.index": {"kind": "key"},
		"path.module": {"kind": "ambient"},
		"terraform.workspace": {"kind": "ambient"},
		"local.x": {"kind": "local"},
		"data.alicloud_zones.z.id": {"kind": "data"},
		`alicloud_a.b["x"].id`: {"kind": "resource", "type": "alicloud_a", "name": "b", "key": `["x"]`, "rest": ".id"},
		"???": {"kind": "other"},
	} {
		expressions.parse(reference) == parsed
	}
}
