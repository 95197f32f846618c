import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { API_VERSIONS } from "../contract";
import { invalid } from "../errors";

/** Who is asking, where the services are, what can be bought: the small services around the account. */

function getCallerIdentity(call: Call): Body {
  const { accountId } = call.settings;
  return {
    AccountId: accountId,
    Arn: `acs:ram::${accountId}:root`,
    IdentityType: "Account",
    PrincipalId: accountId,
    UserId: accountId,
  };
}

/** `Success` and `Code` belong into this answer; clients of this product read them as success. */
function queryAvailableInstances(call: Call): Body {
  const page = call.params.int("PageNum", { min: 1 }) ?? 1;
  const size = call.params.int("PageSize", { min: 1, max: 300 }) ?? 20;
  return {
    Code: "Success",
    Success: true,
    Data: { PageNum: page, PageSize: size, TotalCount: 0, InstanceList: [] },
  };
}

function describeEndpoints(call: Call): Body {
  const id = call.params.need("Id");
  const code = call.params.need("ServiceCode");
  const known = Object.keys(API_VERSIONS).map((product) => product.toLowerCase());
  if (!known.includes(code.toLowerCase()))
    throw invalid("ServiceCode", `the sandbox has no service "${code}"; it has ${known.join(", ")}.`);
  const type = call.params.text("Type") ?? "openAPI";
  const endpoint = call.context.endpoint;
  return {
    Success: true,
    Endpoints: {
      Endpoint:
        endpoint === undefined
          ? []
          : [
              {
                Id: id,
                Endpoint: endpoint,
                Namespace: "",
                SerivceCode: code,
                Type: type,
                Protocols: { Protocols: ["HTTP", "HTTPS"] },
              },
            ],
    },
  };
}

export const stsActions: Actions = { GetCallerIdentity: getCallerIdentity };
export const bssActions: Actions = { QueryAvailableInstances: queryAvailableInstances };
export const locationActions: Actions = { DescribeEndpoints: describeEndpoints };
