"use strict";
const { App, TerraformStack } = require("cdktf");
const { AlicloudProvider, InternalClb } = require("cdktf-alicloud-anycast");
const { vpc } = require("cdktf-alicloud-anycast/alicloud");
const { Vpc } = require("cdktf-alicloud-anycast/alicloud/vpc");

test("the package works in a CommonJS test", () => {
  const stack = new TerraformStack(new App(), "mine");
  new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
  expect(new InternalClb(stack, "clb", { vswitchId: "vsw-1" }).region).toBe("cn-hongkong");
  expect(vpc.Vpc).toBe(Vpc);
});
