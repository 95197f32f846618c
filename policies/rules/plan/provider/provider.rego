# METADATA
# title: Bindings and addresses are managed by the provider the gate knows
# description: >-
#   What a resource type means is decided by its provider. The gate knows aliyun/alicloud of the public registries of
#   Terraform and OpenTofu; the same type of another provider, a fork or a mirror under another name, may do anything.
# custom:
#   id: plan/provider
#   level: deny
#   locked: true
#   fix: >-
#     Use the provider source aliyun/alicloud (required_providers), and move state with terraform state replace-provider
#     where an old source is left in it.
#   source: >-
#     Terraform registry: provider aliyun/alicloud.
package anycast.rules.plan.provider

import data.anycast.lib.findings
import data.anycast.lib.plan

meta := rego.metadata.chain()[count(rego.metadata.chain()) - 1].annotations

results contains findings.fixed_by(
	findings.undetermined(change.address, "provider_name", {
		"expected": concat(" ", ["the provider to be", concat(" or ", sort(plan.terraform.providers))]),
		"got": plan.text(object.get(change, "provider_name", null)),
		"at": change.address,
	}),
	plan.fix_of_provider(change),
) if {
	some change in plan.changes
	change.type in {plan.terraform.attachment, plan.terraform.address}
	not plan.removed(change)
	not plan.trusted(change)
}
