import { textAt } from "../api/body";
import { ask } from "./shared";
import type { DataSourceType } from "./type";

/** The account, as configured or as the security token service names it. */
export const account: DataSourceType = {
  file: "data_source_alicloud_account",
  read: async (_given, context) => {
    if (context.settings.accountId !== "") return { id: context.settings.accountId };
    return {
      id: textAt(await ask(context, "data_source_alicloud_account", "Sts", "GetCallerIdentity", {}), "AccountId"),
    };
  },
};

export const callerIdentity: DataSourceType = {
  file: "data_source_alicloud_caller_identity",
  read: async (_given, context) => {
    const body = await ask(context, "data_source_alicloud_caller_identity", "Sts", "GetCallerIdentity", {});
    return {
      id: textAt(body, "PrincipalId"),
      account_id: textAt(body, "AccountId"),
      arn: textAt(body, "Arn"),
      identity_type: textAt(body, "IdentityType"),
    };
  },
};
