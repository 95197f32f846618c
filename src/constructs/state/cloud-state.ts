import { CloudBackend, NamedCloudWorkspace, TaggedCloudWorkspaces } from "cdktf";
import { misuse } from "../errors";
import { checkKnown, checkText, NAME } from "./checks";
import type { StatePlace } from "./configure-backend";
import { notKept } from "./in-sandbox";

/** Where HCP Terraform or Terraform Enterprise keeps the state. */
export interface CloudStateProps {
  /** Name of the organization. */
  readonly organization: string;
  /** Name of the workspace. @default the stack's id */
  readonly workspace?: string;
  /** Instead of one workspace: those with all of these tags; `TF_WORKSPACE` chooses. @default one workspace */
  readonly tags?: readonly string[];
  /** Project of the workspace. @default the organization's default project */
  readonly project?: string;
  /** Host of Terraform Enterprise. @default HCP Terraform */
  readonly hostname?: string;
}

/** The default host. */
const HCP = "app.terraform.io";
const KNOWN = ["organization", "workspace", "tags", "project", "hostname"];
const PROJECT = { pattern: /^[\w -]{3,40}$/, says: "3 to 40 letters, digits, spaces, `_` and `-`" };
const TAG = { pattern: /^[a-z0-9][a-z0-9:_-]*$/, says: "lower-case letters, digits, `:`, `_` and `-`" };
const HOST = { pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/, says: "a host such as tfe.example.com" };

/**
 * States in HCP Terraform or Terraform Enterprise, which also make the plans and apply them. The gate of this package
 * cannot check those plans and refuses such stacks: connect the policies to the workspace as a policy set.
 * @throws ConstructError `StateOptionUnknown`, `StateOptionInvalid`
 */
export function cloudState(props: CloudStateProps): StatePlace {
  const at = "cloudState";
  const { organization, workspace, tags, project, hostname } = props;
  checkKnown(at, props, KNOWN, "TF_TOKEN_app_terraform_io, or `terraform login`");
  checkText(at, "the organization", organization ?? "", NAME);
  checkText(at, "the workspace", workspace, NAME);
  checkText(at, "the project", project, PROJECT);
  checkText(at, "the hostname", hostname, HOST);
  if (tags !== undefined) checkTags(at, tags, workspace);
  const base = `cloud://${hostname ?? HCP}/${organization}`;
  return {
    isLocked: true,
    identify: (stack) =>
      tags === undefined ? `${base}/${workspace ?? stack}` : `${base}?${[...tags].sort().join("&")}`,
    connect: (stack, inSandbox = false) => {
      if (inSandbox) throw notKept(stack.node.path, "HCP Terraform", "HCP Terraform plans on its own servers");
      return new CloudBackend(stack, {
        organization,
        hostname,
        workspaces:
          tags === undefined
            ? new NamedCloudWorkspace(workspace ?? stack.node.id, project)
            : new TaggedCloudWorkspaces([...tags], project),
      });
    },
  };
}

function checkTags(at: string, tags: readonly string[], workspace: string | undefined): void {
  for (const tag of tags) checkText(at, "every tag", tag, TAG);
  if (tags.length > 0 && workspace === undefined) return;
  throw misuse({
    code: "StateOptionInvalid",
    what: "the tags",
    rule: tags.length === 0 ? "at least one" : "left out when a workspace is named",
    got: tags.join(", "),
    at,
    fix: "give either `workspace` or `tags`, or neither.",
  });
}
