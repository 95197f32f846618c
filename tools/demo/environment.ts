/**
 * Variables of the visitor's that would change what the story shows: settings of terraform, of the provider, of this
 * project, and proxies.
 */
const DISTURBING =
  /^(TF_(VAR_|CLI_ARGS|WORKSPACE$|DATA_DIR$|LOG|REATTACH_PROVIDERS$|INPUT$|ENCRYPTION$)|ALICLOUD_|ALIBABA_?CLOUD_|ANYCAST_(?!TERRAFORM$)|SETTINGS$|CDKTF_|CDKTN_|(HTTPS?|ALL|NO)_PROXY$|.*_ENDPOINT$)/i;

/** What the story's programs are started with: the visitor's environment without what would disturb, and the sandbox's. */
export function storyEnvironment(
  visitor: NodeJS.ProcessEnv,
  sandbox: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const calm = Object.fromEntries(Object.entries(visitor).filter(([name]) => !DISTURBING.test(name)));
  return { ...calm, ...sandbox };
}
