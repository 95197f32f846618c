import { App, TerraformStack } from "cdktf";
import { AlicloudProvider, InternalClb } from "cdktf-alicloud-anycast";
import { vpc } from "cdktf-alicloud-anycast/alicloud";
import { Vpc } from "cdktf-alicloud-anycast/alicloud/vpc";

test("the package works in a test that is an ES module", () => {
  const stack = new TerraformStack(new App(), "mine");
  new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
  expect(new InternalClb(stack, "clb", { vswitchId: "vsw-1" }).region).toBe("cn-hongkong");
  expect(vpc.Vpc).toBe(Vpc);
});
