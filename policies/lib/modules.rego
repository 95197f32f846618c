# METADATA
# title: Module paths and the configuration behind them
package anycast.lib.modules

import data.anycast.lib.plan

segment_pattern := `module\.([^.\[]+)(\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)`

# `module.a["x"].module.b` as [{"name": "a", "key": "[\"x\"]"}, {"name": "b", "key": ""}]; undefined when it cannot be read whole.
segments(address) := found if {
	found := [{"name": match[1], "key": match[2]} |
		some match in regex.find_all_string_submatch_n(segment_pattern, address, -1)
	]
	to_address(found) == address
}

of(change) := segments(object.get(change, "module_address", ""))

to_address(segs) := concat(".", [concat("", ["module.", segment.name, segment.key]) | some segment in segs])

# Address prefix of what lives in the module, with its dot.
prefix(segs) := "" if {
	count(segs) == 0
} else := concat("", [to_address(segs), "."])

names(segs) := concat(".", [segment.name | some segment in segs])

parent(segs) := array.slice(segs, 0, count(segs) - 1)

last(segs) := segs[count(segs) - 1]

# The module's configuration; empty when the plan does not hold it.
config(segs) := object.get(plan.root_module, path, {}) if {
	path := [step | some segment in segs; some step in ["module_calls", segment.name, "module"]]
}

# The call that makes the module: its arguments, count and for_each.
call(segs) := config(parent(segs)).module_calls[last(segs).name]

# Module instances that hold anything in this plan, and those on the way to them.
instances := {to_address(array.slice(segs, 0, depth)) |
	some address in {change.module_address | some change in plan.changes; is_there(change)}
	segs := segments(address)
	some depth in numbers.range(1, count(segs))
}

# The module instance of what is only removed need not be there any more.
is_there(change) if {
	not plan.removed(change)
	not plan.deposed(change)
}

# Configuration blocks the rules read, by module names and address inside the module.
blocks := {key: block |
	some module_key, segs in of_interest
	some block in config(segs).resources
	block.type in read_types
	key := block_key(module_key, block.mode, block.type, block.name)
}

block_key(module_key, mode, type, name) := concat("|", [module_key, mode, type, name])

key_of(change) := block_key(names(of(change)), change.mode, change.type, change.name)

# The configuration block of a planned instance; undefined when there is none.
block(change) := blocks[key_of(change)]

read_types := {type |
	some list in [
		[plan.terraform.attachment, plan.terraform.address],
		plan.terraform.load_balancers,
		plan.data_types,
		plan.terraform.vswitches,
		plan.terraform.vpcs,
		[nic.type | some nic in plan.terraform.network_interfaces],
	]
	some type in list
}

of_interest := {names(segs): [{"name": segment.name, "key": ""} | some segment in segs] |
	some address in {object.get(resource, "module_address", "") |
		some list in [plan.changes, data.anycast.lib.data_sources.read]
		some resource in list
		resource.type in read_types
	}
	segs := segments(address)
}

# Modules that have one instance whatever happens, level by level (Rego has no recursion): {"path", "config"}.
single := [module |
	some level in [singles_0, singles_1, singles_2, singles_3, singles_4, singles_5, singles_6, singles_7, singles_8]
	some module in level
]

singles_0 := [{"path": [], "config": plan.root_module}]

singles_1 := called(singles_0)

singles_2 := called(singles_1)

singles_3 := called(singles_2)

singles_4 := called(singles_3)

singles_5 := called(singles_4)

singles_6 := called(singles_5)

singles_7 := called(singles_6)

singles_8 := called(singles_7)

called(level) := [{"path": array.concat(module.path, [{"name": name, "key": ""}]), "config": object.get(call, "module", {})} |
	some module in level
	some name, call in object.get(module.config, "module_calls", {})
	not call.count_expression
	not call.for_each_expression
]
