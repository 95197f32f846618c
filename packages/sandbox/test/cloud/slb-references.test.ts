import { makeCertificate } from "../../src/openapi/certificate";
import { testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

async function balancer(): Promise<{ t: TestCloud; LoadBalancerId: string }> {
  const t = await testCloud();
  const { LoadBalancerId } = await t.call("Slb", "CreateLoadBalancer", {});
  return { t, LoadBalancerId };
}

describe("a listener", () => {
  test.each([
    ["an access control list", "TCP", { AclStatus: "on", AclType: "white", AclId: "acl-none" }, "AclNotExist"],
    ["a certificate", "HTTPS", { ServerCertificateId: "none" }, "ServerCertificateId.NotFound"],
    ["a master/slave group", "TCP", { MasterSlaveServerGroupId: "rsp-none" }, "InvalidParameter"],
    ["a port to forward to", "HTTP", { ListenerForward: "on", ForwardPort: "443" }, "InvalidParameter.ForwardPort"],
  ])("is refused with %s that does not exist", async (_, protocol, params, code) => {
    const { t, LoadBalancerId } = await balancer();
    const action = `CreateLoadBalancer${protocol}Listener`;
    expect((await t.refused("Slb", action, { LoadBalancerId, ListenerPort: "80", ...params })).code).toBe(code);
  });

  test("is refused with a CA certificate, because none exist", async () => {
    const { t, LoadBalancerId } = await balancer();
    const { cert, key } = await makeCertificate();
    const own = { ServerCertificate: cert, PrivateKey: key, ServerCertificateName: "c" };
    const { ServerCertificateId } = await t.call("Slb", "UploadServerCertificate", own);
    const params = { LoadBalancerId, ListenerPort: "443", ServerCertificateId };
    const both = { ...params, CACertificateId: "139a00604ad-cn-east-hangzhou-01" };
    const { code } = await t.refused("Slb", "CreateLoadBalancerHTTPSListener", both);
    expect(code).toBe("CACertificateId.NotFound");
    await t.call("Slb", "CreateLoadBalancerHTTPSListener", { ...params, CACertificateId: "" });
  });

  test("keeps the access control list that it uses from being deleted", async () => {
    const { t, LoadBalancerId } = await balancer();
    const { AclId } = await t.call("Slb", "CreateAccessControlList", { AclName: "a" });
    const acl = { AclStatus: "on", AclType: "white", AclId };
    await t.call("Slb", "CreateLoadBalancerTCPListener", { LoadBalancerId, ListenerPort: "80", ...acl });
    expect((await t.refused("Slb", "DeleteAccessControlList", { AclId })).code).toBe("AclInUsed");
    await t.call("Slb", "DeleteLoadBalancer", { LoadBalancerId });
    await t.call("Slb", "DeleteAccessControlList", { AclId });
  });
});

test.each([
  ["10.0.0.300/8", "AclEntryInvalid"],
  ["10.0.0.1", "AclEntryInvalid"],
  ["::/0", "AclEntryInvalid"],
])("an access control list refuses the entry %s", async (entry, code) => {
  const t = await testCloud();
  const { AclId } = await t.call("Slb", "CreateAccessControlList", { AclName: "a" });
  const params = { AclId, AclEntrys: JSON.stringify([{ entry }]) };
  expect((await t.refused("Slb", "AddAccessControlListEntry", params)).code).toBe(code);
});

test.each([
  ["something.vhd", false],
  ["ubuntu_22_04_x64_20G_alibase_20231221.vhd", true],
  ["m-j6c1234567890", true],
])("the image %s is found: %s", async (ImageId, exists) => {
  const t = await testCloud();
  const asked = t.call("Ecs", "DescribeImageSupportInstanceTypes", { ImageId });
  if (exists) await asked;
  else await expect(asked).rejects.toMatchObject({ code: "InvalidImageId.NotFound" });
});

test("access control lists are listed page by page, and found by a part of the name and by the IP version", async () => {
  const t = await testCloud();
  for (const AclName of ["office", "office-two", "home"]) await t.call("Slb", "CreateAccessControlList", { AclName });
  await t.call("Slb", "CreateAccessControlList", { AclName: "office-six", AddressIPVersion: "ipv6" });
  const named = async (params: Record<string, string>): Promise<readonly string[]> => {
    const { Acls } = await t.call("Slb", "DescribeAccessControlLists", params);
    return Acls.Acl.map((one: { AclName: string }) => one.AclName);
  };
  expect(await named({ AclName: "office", AddressIPVersion: "ipv4" })).toEqual(["office", "office-two"]);
  const pages = [await named({ PageSize: "3" }), await named({ PageSize: "3", PageNumber: "2" })];
  expect(pages.flat()).toEqual(expect.arrayContaining(["office", "office-two", "home", "office-six"]));
  expect(new Set(pages.flat()).size).toBe(pages.flat().length);
  expect((await t.refused("Slb", "DescribeAccessControlLists", { PageSize: "51" })).code).toBe("InvalidParameter");
});
