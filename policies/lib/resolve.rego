# METADATA
# title: From an expression to the resources it takes its value from
# description: >-
#   Follows references through module outputs, module arguments, count and for_each. Rego has no recursion, so the
#   steps are unrolled: what is not settled after 64 steps stays unsettled, and unsettled is not proven.
#
#   A cursor is where an expression stands: {"segs": module path, "own": whose each.key or count.index it sees,
#   "expression", "rest": what is still to be taken from its value, ".id" say, "exact": whether the value is that of the
#   references, unchanged and unchosen, "hidden": whether it came through a sensitive variable, "visible": whether the plan shows
#   the text of every expression on the way}. It settles as one of {"what": "resource", "type", "base", "key", "attribute", "by"},
#   {"what": "known", "value"} or {"what": "opaque", "why", "by"}.
package anycast.lib.resolve

import data.anycast.lib.expressions
import data.anycast.lib.modules
import data.anycast.lib.plan

none := {"by": "", "key": "", "for_each": null}

# Everything the attribute's value may come from.
sources(change, attribute) := settled({{"cursor": {
	"segs": modules.of(change),
	"own": own(object.get(modules.blocks, modules.key_of(change), {}), plan.instance_key(change)),
	"expression": object.get(modules.blocks, [modules.key_of(change), "expressions", attribute], null),
	"rest": "",
	"exact": true,
	"hidden": false,
	"loose": false,
	"maybe": false,
	"visible": true,
}}})

# What an expression of a provider configuration may come from.
provider_sources(provider, expression) := settled({{"cursor": {
	"segs": modules.segments(object.get(provider, "module_address", "")),
	"own": none,
	"expression": expression,
	"rest": "",
	"exact": true,
	"hidden": false,
	"loose": false,
	"maybe": false,
	"visible": true,
}}})

# The each.key or count.index that expressions inside a block or a module call see. A for_each without references is
# left out of the plan's configuration, so it is the key that tells which of the two there is.
own(block, key) := {"by": "each.key", "key": key, "for_each": object.get(block, "for_each_expression", null)} if {
	startswith(key, "[\"")
} else := {"by": "count.index", "key": key, "for_each": null} if {
	startswith(key, "[")
} else := none

settled(items) := {object.get(item, "settled", {
	"what": "opaque",
	"why": "takes more than 64 steps to follow",
	"by": "",
	"maybe": false,
	"visible": false,
}) |
	some item in steps_64(items)
}

steps_64(items) := steps_16(steps_16(steps_16(steps_16(items))))

steps_16(items) := items if {
	not open(items)
} else := steps_4(steps_4(steps_4(steps_4(items))))

steps_4(items) := items if {
	not open(items)
} else := step(step(step(step(items))))

open(items) if {
	some item in items
	item.cursor
}

step(items) := {next | some item in items; some next in advance(item)}

advance(item) := {item} if {
	item.settled
} else := expand(item.cursor, expressions.read(item.cursor.expression))

# The cursor with other parts. Not object.union, which would mix an expression with the one it takes the place of.
changed(cursor, parts) := {name: part | some name, old in cursor; part := object.get(parts, name, old)}

settle(cursor, source) := {{"settled": object.union(source, {"maybe": cursor.maybe, "exact": cursor.exact, "hidden": cursor.hidden, "visible": cursor.visible})}}

opaque(cursor, why, by) := settle(cursor, {"what": "opaque", "why": why, "by": by})

# A value that is written down, or what `path` takes from it; where that is not in it the whole, which is not what was meant.
known(cursor, value, by, path) := settle(cursor, {"what": "known", "value": found, "by": by}) if {
	found := expressions.at(value, path)
} else := settle(changed(cursor, {"exact": false}), {"what": "known", "value": value, "by": by})

expand(cursor, expression) := known(cursor, value, "a literal", cursor.rest) if {
	value := expression.value
} else := opaque(cursor, "is left out", "") if {
	expression.kind == "absent"
} else := opaque(cursor, "is not readable from the plan", "") if {
	expression.kind == "opaque"
} else := opaque(cursor, "is computed, so the references do not tell its value", concat(" ", expression.texts)) if {
	expressions.makes_a_value(expression)
} else := {{"cursor": changed(cursor, {"expression": part, "rest": ""})}} if {
	part := expressions.part(cursor.expression, cursor.rest)
} else := {next |
	some head in expression.heads
	not is_index(expression, head)
	reference := concat("", [head, rest(cursor, expression, head)])
	some next in follow(seen(moved(cursor, expression, head), expression), expression, head, expressions.parse(reference))
}

# A key that another reference is indexed by is not where the value comes from.
is_index(expression, head) if {
	head in {"each.key", "count.index"}
	some other in expression.heads
	expressions.indexed_by(expression, other, head)
}

# What shows no text is only listed by its references.
seen(cursor, expression) := changed(cursor, {"visible": false}) if {
	count(expression.texts) == 0
} else := cursor

# What is taken from what shows no text may stand next to the reference, in an object around it say; and where that is a
# key, the keys may have been new ones.
moved(cursor, expression, head) := changed(cursor, {"exact": false, "loose": loose}) if {
	expressions.direct(expression, head)
	count(expression.texts) == 0
	cursor.rest != ""
	loose := {cursor.loose, startswith(cursor.rest, "[")} != {false}
} else := cursor if {
	expressions.direct(expression, head)
} else := changed(cursor, {"exact": false})

# What is still to be taken from the value, as far as it applies to this reference: all of it where the expression is the
# reference itself; else its last name, which any object or list around the reference leaves in place. A position in a list that shows no text may be one among those that a condition left over.
rest(cursor, expression, head) := last_name(cursor.rest) if {
	regex.match(`^\[[0-9]+\]`, cursor.rest)
	count(expression.texts) == 0
	expressions.parse(head).kind == "resource"
} else := "" if {
	# The module's instances in a list: what follows the position is an output of any of them.
	regex.match(`^\[[0-9]+\]`, cursor.rest)
	count(expression.texts) == 0
	expressions.whole(expressions.parse(head))
} else := cursor.rest if {
	expressions.direct(expression, head)
} else := "" if {
	# A module's name with one behind it would be that of an output.
	parsed := expressions.parse(head)
	parsed.kind == "module"
	parsed.output == ""
} else := "" if {
	expressions.parse(head).kind in {"key", "ambient"}
} else := last_name(cursor.rest)

last_name(rest) := match[0] if {
	some match in regex.find_all_string_submatch_n(`\.[A-Za-z_][A-Za-z0-9_-]*$`, rest, 1)
} else := ""

follow(cursor, expression, head, parsed) := root_variable(cursor, head, parsed) if {
	parsed.kind == "variable"
	count(cursor.segs) == 0
} else := argument(cursor, head, parsed) if {
	parsed.kind == "variable"
} else := output(cursor, parsed) if {
	parsed.output != ""
} else := outputs(cursor, expression, head, parsed) if {
	parsed.kind == "module"
} else := each_value(cursor, parsed) if {
	parsed.kind == "value"
} else := known(cursor, cursor.own.key, head, "") if {
	parsed.kind == "key"
} else := known(changed(cursor, {"exact": false}), null, head, "") if {
	# It has a value, and the plan does not tell which: null only replaces it.
	parsed.kind == "ambient"
} else := opaque(cursor, "is a local value, which plan JSON does not hold", head) if {
	parsed.kind == "local"
} else := opaque(cursor, "is read by a data source during apply only", head) if {
	parsed.kind == "data"
} else := opaque(cursor, "is not understood", head) if {
	parsed.kind == "other"
} else := resource(cursor, expression, head, parsed)

root_variable(cursor, head, parsed) := known(behind(cursor, plan.root_module, parsed.name), value, head, parsed.rest) if {
	value := plan.doc.variables[parsed.name].value
} else := opaque(cursor, "is a variable whose value the plan does not hold", head)

# A module's variable: what the call passes for it, else its default.
argument(cursor, head, parsed) := {{"cursor": changed(behind(cursor, modules.config(cursor.segs), parsed.name), {
	"segs": modules.parent(cursor.segs),
	"own": own(call, modules.last(cursor.segs).key),
	"expression": expression,
	"rest": parsed.rest,
})}} if {
	call := modules.call(cursor.segs)
	expression := call.expressions[parsed.name]
} else := known(behind(cursor, modules.config(cursor.segs), parsed.name), value, head, parsed.rest) if {
	value := modules.config(cursor.segs).variables[parsed.name].default
} else := opaque(cursor, "is a variable that the module call does not set", head)

# The cursor behind a variable, which may be sensitive.
behind(cursor, config, name) := changed(cursor, {"hidden": true}) if {
	config.variables[name].sensitive == true
} else := cursor

output(cursor, parsed) := {{"cursor": changed(cursor, {
	"segs": segs,
	"own": none,
	"expression": expression,
	"rest": parsed.rest,
})}} if {
	segs := array.concat(cursor.segs, [{"name": parsed.name, "key": parsed.key}])
	expression := modules.config(segs).outputs[parsed.output].expression
} else := opaque(cursor, "is an output that the plan does not hold", concat(".", ["module", parsed.name, parsed.output]))

# `module.m[each.key].id` is listed as `module.m`, without the output's name: where no text shows it any output may be
# meant, and where the keys differ any instance.
outputs(cursor, expression, head, parsed) := found if {
	found := {{"cursor": changed(cursor, {
		"segs": segs,
		"own": none,
		"expression": output_block.expression,
		"rest": "",
		"maybe": expressions.shows_all(expression, head) == false,
	})} |
		some key in module_keys(cursor, expression, head, parsed)
		segs := array.concat(cursor.segs, [{"name": parsed.name, "key": key}])
		some name, output_block in object.get(modules.config(segs), "outputs", {})
		expressions.may_give(expression, head, name)
	}
	count(found) > 0
} else := opaque(cursor, "is a module that the plan does not hold", head)

module_keys(cursor, expression, head, parsed) := {parsed.key} if {
	parsed.key != ""
} else := {cursor.own.key} if {
	expressions.indexed_by(expression, head, cursor.own.by)
	modules.instances[modules.to_address(array.concat(cursor.segs, [{"name": parsed.name, "key": cursor.own.key}]))]
} else := keys if {
	keys := instance_keys(cursor, parsed)
	count(keys) > 0
} else := {cursor.own.key} if {
	# A module without resources only passes on, so the plan does not list its instances.
	expressions.indexed_by(expression, head, cursor.own.by)
} else := {""}

instance_keys(cursor, parsed) := {key |
	start := concat("", [modules.prefix(cursor.segs), "module.", parsed.name])
	some address in modules.instances
	startswith(address, start)
	segs := modules.segments(address)
	count(segs) == count(cursor.segs) + 1
	modules.last(segs).name == parsed.name
	key := modules.last(segs).key
}

# `each.value`: the element of for_each with this key, whatever that is made of. A for_each that is left out refers to nothing.
each_value(cursor, parsed) := known(cursor, cursor.own.key, "each.value", "") if {
	cursor.own.by == "each.key"
	cursor.own.for_each == null
} else := {{"cursor": changed(cursor, {
	"own": none,
	"expression": cursor.own.for_each,
	"rest": concat("", [cursor.own.key, parsed.rest]),
	"exact": false,
	"loose": true,
})}} if {
	cursor.own.by == "each.key"
} else := opaque(cursor, "is not understood", "each.value")

resource(cursor, expression, head, parsed) := settle(cursor, object.union(naming(cursor, head, parsed), object.union(
	{"attribute": expressions.attribute(expressions.parse(head), parsed.rest, expressions.behind(expression, head))},
	instance(cursor, expression, head, parsed),
)))

# Which instance is meant. Where there is none with the same key as the expression's own block, the key is computed and any
# may be meant.
instance(cursor, expression, head, parsed) := {"key": parsed.key} if {
	parsed.key != ""
} else := {"key": cursor.own.key, "loose": true} if {
	expressions.indexed_by(expression, head, cursor.own.by)
} else := {"key": "*"}

naming(cursor, head, parsed) := {
	"what": "resource",
	"type": parsed.type,
	"base": concat("", [modules.prefix(cursor.segs), parsed.type, ".", parsed.name]),
	"by": head,
	"loose": cursor.loose,
}
