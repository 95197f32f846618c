# The gate as an HCP Terraform policy set (OPA): connect this folder, and HCP Terraform checks every run with it.
policy "anycast" {
  description       = "Anycast EIPs bind to internal CLBs in a VPC, in supported regions, and to nothing that cannot be proven."
  query             = "data.anycast.standalone.deny"
  enforcement_level = "mandatory"
}
