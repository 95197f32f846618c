import { listAt, textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import type { Suppress } from "../../plan/lookup";
import { changeTags, Operations, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_slb_server_certificate";
const GONE = ["ServerCertificateId.NotFound"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

function demandPair({ data }: OperationContext): void {
  if (data.given("alicloud_certificate_id") !== undefined) return;
  if (data.text("server_certificate").trim() === "")
    throw new ProviderError(
      "UploadServerCertificate got an error, as server_certificate should be not null when alicloud_certificate_id is null.",
    );
  if (data.text("private_key").trim() === "")
    throw new ProviderError(
      "UploadServerCertificate got an error, as either private_key or private_file  should be not null when alicloud_certificate_id is null.",
    );
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  demandPair(context);
  const body = await operations(context).send(
    "UploadServerCertificate",
    {
      ServerCertificateName: data.given("name"),
      ServerCertificate: data.given("server_certificate"),
      PrivateKey: data.given("private_key"),
      AliCloudCertificateRegionId: data.given("alicloud_certificate_region_id"),
      AliCloudCertificateId: data.given("alicloud_certificate_id"),
      AliCloudCertificateName: data.given("alicloud_certificate_name"),
      ResourceGroupId: data.given("resource_group_id"),
    },
    { id: "" },
  );
  data.id = textAt(body, "ServerCertificateId");
  await changeTags(context, operations(context), "certificate");
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  await changeTags(context, operations(context), "certificate");
  if (!data.changed("name")) return;
  await operations(context).send("SetServerCertificateName", {
    ServerCertificateId: data.id,
    ServerCertificateName: data.text("name"),
  });
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const tags = await operations(context).send("ListTagResources", {
    ResourceType: "certificate",
    ResourceId: [data.id],
  });
  const body = await operations(context).send("DescribeServerCertificates", { ServerCertificateId: data.id });
  const found = listAt(body, "ServerCertificates.ServerCertificate").find((one) => one.ServerCertificateId === data.id);
  if (found === undefined) return data.vanish();
  data.set("tags", tagsOf(listAt(tags, "TagResources.TagResource")));
  data.set("name", found.ServerCertificateName);
  for (const [name, value] of [
    ["alicloud_certificate_id", found.AliCloudCertificateId],
    ["alicloud_certificate_name", found.AliCloudCertificateName],
    ["resource_group_id", found.ResourceGroupId],
  ] as const)
    if (value !== "") data.set(name, value);
}

async function remove(context: OperationContext): Promise<void> {
  const request = { ServerCertificateId: context.data.id };
  await operations(context).attempt("DeleteServerCertificate", request, { gone: GONE, limit: 180_000 });
}

/** One that is taken from the certificate service has no content of its own. */
const taken: Suppress = (look) => look.known("alicloud_certificate_id") !== undefined;

export const serverCertificate: ResourceType = {
  file: FILE,
  plan: { suppress: { server_certificate: taken, private_key: taken } },
  create,
  read,
  update,
  delete: remove,
};
