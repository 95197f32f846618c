# METADATA
# title: A CLB with delete protection is not destroyed
# description: >-
#   The cloud refuses to delete a CLB whose delete_protection is on. A plan that destroys or replaces one destroys what binds
#   it first, so that the apply stops half-way and the service is interrupted. Terraform changes nothing of what it
#   replaces, so the protection must be off before. A subscription is not deleted but only forgotten.
# custom:
#   id: clb/delete-protection
#   level: deny
#   fix: >-
#     Set delete_protection = "off" on the CLB in an apply of its own first, or keep the CLB as it is.
#   source: >-
#     Classic Load Balancer API, DeleteLoadBalancer: OperationDenied.DeleteProtectionIsOn.
package anycast.rules.clb.delete_protection

import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.violation(change.address, "delete_protection", {
	"expected": concat(" ", ["delete_protection of", change.address, "to be `off` before it is destroyed"]),
	"got": "on",
	"at": change.address,
}) if {
	some change in plan.changes
	change.type in plan.terraform.load_balancers
	"delete" in change.change.actions
	change.change.before.delete_protection == "on"
	not change.change.before.payment_type == "Subscription"
}
