# METADATA
# title: Which checks the policies fail
# description: >-
#   `input.cases` are indexes into `data.cases`, `input.tests` names of tests. A case says what the decision on its plan
#   must be; what it leaves out may be anything.
package mutation

failed contains i if {
	some i in input.cases
	not right(data.cases[i])
}

failed contains name if {
	some name in input.tests
	not data.mutation_tests.passed[name]
}

right(one) if {
	decision := data.anycast.decision with input as one.plan with data.anycast_settings as one.settings
	denials := {finding.rule | some finding in decision.findings; finding.level == "deny"; not finding.waived}
	found := {finding.rule | some finding in decision.findings}
	object.get(one, "denied", count(denials) > 0) == (count(denials) > 0)
	every rule in object.get(one, "denied_by", []) {
		rule in denials
	}
	every rule in object.get(one, "found", []) {
		rule in found
	}
	every rule in object.get(one, "not_found", []) {
		not rule in found
	}
	proofs := sort([proof(evidence) | some evidence in decision.evidence])
	object.get(one, "proofs", proofs) == proofs
}

# As the tables of the gate's tests write it.
proof(evidence) := concat(" <- ", [evidence.address, concat(", ", sort([address |
	some target in evidence.targets
	some address in object.get(target, "addresses", [target.address])
]))])
