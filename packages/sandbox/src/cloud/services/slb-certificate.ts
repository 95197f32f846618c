import { createHash, X509Certificate } from "node:crypto";
import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { invalid, missing, refused } from "../errors";
import type { ServerCertificate } from "../model";
import { isoTime } from "./checks";
import { needed } from "./find";
import { groupFor } from "./groups";
import { tagList } from "./tags";

type Contents = Pick<ServerCertificate, "fingerprint" | "expires" | "commonName">;
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The fields of a certificate. Its key is required, and is not kept. @throws CloudError */
function contentsIn(call: Call): Contents {
  const original = call.params.text("AliCloudCertificateId");
  if (original !== undefined) {
    const fingerprint = createHash("sha1").update(original).digest("hex");
    return { fingerprint, expires: call.now + YEAR, commonName: "" };
  }
  const pem = call.params.text("ServerCertificate");
  if (pem === undefined) throw missing("ServerCertificate");
  if (call.params.text("PrivateKey") === undefined) throw missing("PrivateKey");
  try {
    const certificate = new X509Certificate(pem.trim());
    return {
      fingerprint: certificate.fingerprint.replaceAll(":", "").toLowerCase(),
      expires: Date.parse(certificate.validTo),
      commonName: /CN=([^\n]*)/.exec(certificate.subject)?.[1] ?? "",
    };
  } catch {
    throw invalid("ServerCertificate", "it is no certificate in PEM form.", "CertificateFormatError");
  }
}

function upload(call: Call): Body {
  const certificate: ServerCertificate = {
    ...contentsIn(call),
    id: `${call.settings.accountId}_${call.ids.letters(20, "0123456789abcdef")}`,
    region: call.needRegion().id,
    created: call.now,
    group: groupFor(call),
    tags: {},
    name: call.params.text("ServerCertificateName") ?? "",
    original: {
      id: call.params.text("AliCloudCertificateId") ?? "",
      name: call.params.text("AliCloudCertificateName") ?? "",
    },
  };
  call.put("server-certificate", certificate);
  return view(certificate);
}

const view = (certificate: ServerCertificate): Body => ({
  ServerCertificateId: certificate.id,
  ServerCertificateName: certificate.name,
  Fingerprint: certificate.fingerprint,
  RegionId: certificate.region,
  RegionIdAlias: certificate.region,
  ResourceGroupId: certificate.group,
  CreateTime: isoTime(certificate.created),
  CreateTimeStamp: certificate.created,
  ExpireTime: isoTime(certificate.expires),
  ExpireTimeStamp: certificate.expires,
  CommonName: certificate.commonName,
  IsAliCloudCertificate: certificate.original.id === "" ? 0 : 1,
  AliCloudCertificateId: certificate.original.id,
  AliCloudCertificateName: certificate.original.name,
  Tags: { Tag: tagList(certificate.tags, "TagKey", "TagValue") },
});

function describe(call: Call): Body {
  const id = call.params.text("ServerCertificateId");
  const found = call.list("server-certificate").filter((one) => id === undefined || one.id === id);
  return { ServerCertificates: { ServerCertificate: found.map(view) } };
}

function remove(call: Call): Body {
  const certificate = needed(call, "server-certificate");
  if (call.countBy("listener", "certificate", certificate.id) > 0)
    throw refused("CertificateAndPrivateKeyIsRefered", "The certificate is used by a listener.");
  call.remove("server-certificate", certificate.id);
  return {};
}

export const certificateActions: Actions = {
  UploadServerCertificate: upload,
  DescribeServerCertificates: describe,
  SetServerCertificateName: (call) => {
    const name = call.params.need("ServerCertificateName");
    call.update("server-certificate", needed(call, "server-certificate"), { name });
    return {};
  },
  DeleteServerCertificate: remove,
};
