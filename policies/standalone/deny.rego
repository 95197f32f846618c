# METADATA
# title: The decision as lists of refusals and warnings
# description: >-
#   For engines that expect `deny` and `warn`. Here, too, no answer is never a yes: a decision that could not be made
#   is a refusal.
package anycast.standalone

import data.anycast

deny contains line(finding) if {
	some finding in anycast.decision.findings
	finding.level == "deny"
	not finding.waived
}

deny contains "[anycast] The policies gave no decision on this plan. Fix: pass the output of terraform show -json." if {
	not anycast.decision
}

deny contains concat("", ["[anycast] ", binding.address, " was neither proven nor refused."]) if {
	some binding in data.anycast.lib.bindings.all
	not settled(binding.address)
}

warn contains line(finding) if {
	some finding in anycast.decision.findings
	finding.level == "warn"
}

warn contains concat("", [line(finding), " (waived)"]) if {
	some finding in anycast.decision.findings
	finding.level == "deny"
	finding.waived
}

line(finding) := concat("", ["[", finding.rule, "] ", finding.message, " Fix: ", finding.fix])

settled(address) if {
	some proof in anycast.decision.evidence
	proof.address == address
}

settled(address) if {
	some finding in anycast.decision.findings
	finding.level == "deny"
	finding.address in {address, ""}
}
