import { percentEncode, signV1, stringToSign } from "../../src/openapi/signature";

interface Vector {
  readonly style: string;
  readonly method: string;
  readonly params: Record<string, string>;
  readonly text: string;
  readonly signature: string;
}

/** Worked out by the real provider's clients with the secret `secretexample`. */
const vectors: readonly [Vector, Vector] = [
  {
    style: "form body and query together",
    method: "POST",
    params: {
      Action: "AllocateAnycastEipAddress",
      Format: "json",
      Timestamp: "2026-01-01T00:00:00Z",
      Version: "2020-03-09",
      SignatureNonce: "nonce-1",
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      AccessKeyId: "AKIDEXAMPLE",
      RegionId: "cn-hongkong",
      ServiceLocation: "international",
      Bandwidth: "200",
      Name: "a *~' b",
    },
    text: "POST&%2F&AccessKeyId%3DAKIDEXAMPLE%26Action%3DAllocateAnycastEipAddress%26Bandwidth%3D200%26Format%3Djson%26Name%3Da%2520%252A~%2527%2520b%26RegionId%3Dcn-hongkong%26ServiceLocation%3Dinternational%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dnonce-1%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-01T00%253A00%253A00Z%26Version%3D2020-03-09",
    signature: "64G/GL3fIOuEB8Prao9AAA/w+aA=",
  },
  {
    style: "query alone, with an empty value",
    method: "GET",
    params: {
      Action: "DescribeLoadBalancerTCPListenerAttribute",
      Format: "JSON",
      Timestamp: "2026-01-01T00:00:00Z",
      Version: "2014-05-15",
      SignatureNonce: "nonce-2",
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureType: "",
      AccessKeyId: "AKIDEXAMPLE",
      RegionId: "cn-hongkong",
      LoadBalancerId: "lb-1",
      ListenerPort: "80",
    },
    text: "GET&%2F&AccessKeyId%3DAKIDEXAMPLE%26Action%3DDescribeLoadBalancerTCPListenerAttribute%26Format%3DJSON%26ListenerPort%3D80%26LoadBalancerId%3Dlb-1%26RegionId%3Dcn-hongkong%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dnonce-2%26SignatureType%3D%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-01T00%253A00%253A00Z%26Version%3D2014-05-15",
    signature: "3HV405eMtKJ8t+h0AB6jgjNJz58=",
  },
];

describe("signatures of version 1.0", () => {
  test.each(vectors)("equal those of the official client: $style", ({ method, params, text, signature }) => {
    expect(stringToSign(method, params)).toBe(text);
    expect(signV1("secretexample", text)).toBe(signature);
  });

  test("leave the parameter Signature out of what is signed", () => {
    const [{ params, method, text }] = vectors;
    expect(stringToSign(method, { ...params, Signature: "abc" })).toBe(text);
  });

  test.each([
    [" ", "%20"],
    ["*", "%2A"],
    ["~", "~"],
    ["'()!", "%27%28%29%21"],
    ["a-_.Z9", "a-_.Z9"],
    ["香", "%E9%A6%99"],
  ])("encode %j as %s", (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });
});
