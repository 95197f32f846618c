/** Errors after which a call may have been carried out although it failed. */
const MAY_BE_DONE =
  /did not respond|timed? ?out|deadline|context cancell?ed|\bEOF\b|connection (was )?(reset|refused|closed|lost)|ECONN|socket hang up|broken pipe|lost|no such host|TLS handshake|rpc error|code = (Unavailable|Unknown|Internal)|unexpected|panic|crash|StatusCode: 5|code: 5\d\d|InternalError|UnknownError|ServiceUnavailable|SystemBusy|Duplicat|AlreadyExist|already exist|Conflict|LastTokenProcessing|IdempotentTokenProcessing|TokenIsProcessing/i;

/** How Alibaba Cloud's clients print that the cloud itself has refused a call. */
const REFUSED = /StatusCode: 4\d\d\b|SDK\.ServerError[\s\S]*ErrorCode: \S|\bcode: 4\d\d\b/;

/**
 * Whether an error shows that the object was certainly not made: the cloud has answered, and refused. For Alibaba Cloud
 * the answer itself must show it. Messages of other clouds are not known here: there only a lost answer counts as doubt.
 * @param provider source address of the provider
 */
export function saysNothingWasMade(text: string, provider: string): boolean {
  if (text === "" || MAY_BE_DONE.test(text)) return false;
  return /\/alicloud$/.test(provider) ? REFUSED.test(text) : true;
}
