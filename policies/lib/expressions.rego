# METADATA
# title: Expressions of the configuration
# description: >-
#   Plan JSON lists what an expression refers to, not the expression. Configuration written as JSON (CDKTF writes
#   JSON) also shows its text, in `constant_value`, so a `constant_value` next to `references`, or one with a template
#   in it, is a text and not a value.
package anycast.lib.expressions

# Functions that only pick among the values they are given; any other could make a new value of them.
choosing_functions := {
	"alltrue", "anytrue", "can", "coalesce", "concat", "contains", "element", "flatten", "keys", "length", "lookup",
	"merge", "one", "range", "tolist", "tomap", "toset", "tostring", "try", "values",
}

# One of: {"kind": "known", "value"}, {"kind": "references", "heads", "texts", "composite"}, {"kind": "absent"}, {"kind": "opaque"}.
read(expression) := {"kind": "absent"} if {
	expression == null
} else := {
	"kind": "references",
	"heads": heads(expression.references),
	"texts": texts(expression),
	"composite": is_composite(expression),
} if {
	is_array(expression.references)
	count(expression.references) > 0
	every reference in expression.references {
		is_string(reference)
	}
} else := {"kind": "known", "value": expression.constant_value} if {
	not "references" in object.keys(expression)
	not template(expression.constant_value)
} else := {"kind": "known", "value": {"text": expression.constant_value}} if {
	# A text that refers to nothing is known before apply, though not shown.
	not "references" in object.keys(expression)
	every text in texts(expression) {
		not makes_one(text, [])
	}
} else := {"kind": "opaque"}

# What `path` (`["x"].lb`) takes from a value; undefined when the value has no such part.
at(value, path) := found if {
	regex.match(`^(\.[A-Za-z_][A-Za-z0-9_-]*|\["([^"\\]|\\.)*"\]|\[[0-9]+\])*$`, path)
	found := object.get({"value": value}, array.concat(["value"], steps(path)), set())
	found != set()
}

# The part at `path` of an object or a list that is written out, where it is a value, or one reference and nothing else.
part(expression, path) := {"constant_value": value} if {
	path != ""
	value := at(expression.constant_value, path)
	not template(value)
} else := {"constant_value": text, "references": array.concat([reference], by)} if {
	path != ""
	text := at(expression.constant_value, path)
	some reference in expression.references
	some by in [[], ["each.key"], ["count.index"]]
	is_only(text, reference, by)
}

is_only(text, reference, by) if {
	count(by) == 0
	is_reference(text, reference)
}

# `${reference[each.key].name}`
is_only(text, reference, by) if {
	start := concat("", ["${", squeeze(reference), "[", by[0], "]"])
	startswith(squeeze(text), start)
	regex.match(`^(\.[A-Za-z_][A-Za-z0-9_-]*)*\}$`, substring(squeeze(text), count(start), -1))
}

# `${reference}`
is_reference(text, reference) if squeeze(text) == concat("", ["${", squeeze(reference), "}"])

steps(path) := [step |
	some match in regex.find_all_string_submatch_n(`\.([A-Za-z_][A-Za-z0-9_-]*)|\[("(?:[^"\\]|\\.)*"|[0-9]+)\]`, path, -1)
	step := step_of(match)
]

step_of(match) := match[1] if {
	match[1] != ""
} else := json.unmarshal(match[2])

# The texts an expression shows: none (HCL), one, or those inside an object or a list.
texts(expression) := [leaf | walk(expression.constant_value, [_, leaf]); is_string(leaf)]

# An object or a list with references inside.
composite(expression) if is_object(expression.constant_value)

composite(expression) if is_array(expression.constant_value)

template(value) if {
	some opening in ["${", "%{"]
	contains(json.marshal(value), opening)
}

# `$${` and `%%{` are how a template writes the text `${` and `%{`.
unescaped(text) := replace(replace(text, "$${", ""), "%%{", "")

# Terraform lists each reference from its longest form to its shortest; the longest ones are what is referred to.
heads(references) := [reference | some i, reference in references; not shorter_form(references, i)]

shorter_form(references, i) if {
	longer := references[i - 1]
	shorter := references[i]
	startswith(longer, shorter)
	substring(longer, count(shorter), 1) in shortened(shorter)
}

# The list for `module.m[0].id` ends with `module.m[0]`; a `module.m` after it is a reference of its own, to any instance.
shortened(shorter) := {"."} if {
	regex.match(`^module\.[^.\[]+$`, shorter)
} else := {".", "["}

default is_composite(_) := false

is_composite(expression) if composite(expression)

# True when an expression may make a value that none of its references has.
makes_a_value(expression) if {
	some text in expression.texts
	makes_one(text, expression.heads)
}

makes_one(text, _) if {
	template(text)
	not whole_template(text)
}

makes_one(text, _) if {
	some match in regex.find_all_string_submatch_n(`([A-Za-z0-9_:]+)\s*\(`, text, -1)
	not match[1] in choosing_functions
}

# An id that is written out, or an escape, which may spell anything; in a reference they are but keys.
makes_one(text, heads) if {
	regex.match(`(^|[^A-Za-z0-9_.-])(lb-|eni-)|\\[uU]`, text)
	every head in heads {
		not is_reference(text, head)
	}
}

# Nothing at all, where what decides on it is itself not known yet.
makes_one(text, heads) if {
	regex.match(`\bnull\b|""`, text)
	some condition in conditions(text)
	some head in heads
	parse(head).kind in {"module", "resource"}
	contains(squeeze(condition), squeeze(head))
}

# What stands before each `?`, from the `:` before it on.
conditions(text) := [condition |
	branches := split(text, "?")
	some i, branch in branches
	i < count(branches) - 1
	before := split(branch, ":")
	condition := before[count(before) - 1]
]

# `${ one expression }` and nothing around it.
whole_template(text) if {
	startswith(text, "${")
	endswith(text, "}")
	count(split(unescaped(text), "${")) == 2
	not contains(unescaped(text), "%{")
}

# The expression is the one reference and nothing else, as far as the plan can show.
direct(expression, reference) if {
	not expression.composite
	expression.heads == [reference]
	every text in expression.texts {
		is_reference(text, reference)
	}
}

squeeze(text) := replace(text, " ", "")

# What the texts take from `reference[…]` and `reference.*`: `.id`, say.
behind(expression, reference) := {name | some use in uses(expression, reference); name := taken(use)}

default shows_all(_, _) := false

# Every use in the texts shows what it takes.
shows_all(expression, reference) if {
	count(uses(expression, reference)) > 0
	every use in uses(expression, reference) {
		taken(use)
	}
}

# A module's output may be meant: where all uses show one, no other than these.
may_give(expression, reference, _) if shows_all(expression, reference) == false

may_give(expression, reference, output) if concat("", [".", output]) in behind(expression, reference)

uses(expression, reference) := [use |
	some text in expression.texts
	parts := split(squeeze(text), reference)
	some use in array.slice(parts, 1, count(parts))
]

taken(use) := concat("", [".", match[1], match[2]]) if {
	pattern := `^(?:\.\*|\[(?:[^\[\]]|\[[^\[\]]*\])*\])(?:\.([A-Za-z_][A-Za-z0-9_-]*)|\["([^"\\]*)"\])`
	some match in regex.find_all_string_submatch_n(pattern, use, 1)
}

# Every use of `reference` is indexed by `by` (`each.key`, `count.index`); without a text, `by` is all there is next to it.
indexed_by(expression, reference, by) if {
	count(expression.texts) == 0
	whole(parse(reference))
	by in expression.heads
	every head in expression.heads {
		head in {reference, by}
	}
}

indexed_by(expression, reference, by) if {
	count(expression.texts) > 0
	by in expression.heads
	not expression.composite
	every text in expression.texts {
		not renamed(text)
		uses := count(split(squeeze(text), reference))
		uses > 1
		uses == count(split(squeeze(text), concat("", [reference, "[", by, "]"])))
	}
}

whole(parsed) if {
	parsed.key == ""
	object.get(parsed, "rest", "") == ""
	object.get(parsed, "output", "") == ""
}

# `[for each in … : …]` makes `each` and `count` names like any other.
renamed(text) if regex.match(`\bfor\s+([^:]*,\s*)?(each|count)\b`, text)

# What a reference names.
parse(reference) := {"kind": "variable", "name": match[1], "rest": match[2]} if {
	some match in regex.find_all_string_submatch_n(`^var\.([^.\[]+)(.*)$`, reference, 1)
} else := {"kind": "module", "name": match[1], "key": match[2], "output": match[3], "rest": match[4]} if {
	pattern := `^module\.([^.\[]+)(\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\])?(?:\.([^.\[]+)(.*))?$`
	some match in regex.find_all_string_submatch_n(pattern, reference, 1)
} else := {"kind": "value", "rest": match[1]} if {
	some match in regex.find_all_string_submatch_n(`^each\.value(.*)$`, reference, 1)
} else := {"kind": "key"} if {
	reference in {"each.key", "count.index"}
} else := {"kind": "ambient"} if {
	regex.match(`^(path|terraform)\.[a-z_]+$`, reference)
} else := {"kind": "local"} if {
	startswith(reference, "local.")
} else := {"kind": "data"} if {
	startswith(reference, "data.")
} else := {"kind": "resource", "type": match[1], "name": match[2], "key": match[3], "rest": match[4]} if {
	pattern := `^([a-z][a-z0-9_]*)\.([^.\[]+)(\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\])?(.*)$`
	some match in regex.find_all_string_submatch_n(pattern, reference, 1)
} else := {"kind": "other"}

# An id has no parts: what is taken from it was taken from an object or a list around it. With a computed key the
# attribute is not listed, but a text shows it.
attribute(whole, rest, names) := concat(" or ", sort(names)) if {
	rest == ""
	count(names) > 0
} else := "?" if {
	rest == ""
} else := ".id" if {
	regex.match(`^\.id[.\[]`, rest)
} else := ".id" if {
	# A whole resource inside an object (`{ lb = … }`, `.lb.id`): a load balancer or a vSwitch has no parts of its own.
	whole.rest == ""
	regex.match(`^(\.[A-Za-z_][A-Za-z0-9_-]*|\["([^"\\]|\\.)*"\])+\.id$`, rest)
} else := rest
