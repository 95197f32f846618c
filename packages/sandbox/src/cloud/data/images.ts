/** Public images of the sandbox, the same in every region. */
export interface ImageFact {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly osName: string;
  readonly platform: string;
  readonly osType: "linux" | "windows";
  readonly architecture: "x86_64" | "arm64";
  /** GiB. */
  readonly size: number;
  readonly family: string;
}

const linux = (
  id: string,
  created: string,
  osName: string,
  platform: string,
  family: string,
  arm = false,
): ImageFact => ({
  id,
  name: id,
  created,
  osName,
  platform,
  osType: "linux",
  architecture: arm ? "arm64" : "x86_64",
  size: 20,
  family,
});

const windows = (id: string, created: string, year: string): ImageFact => ({
  id,
  name: id,
  created,
  osName: `Windows Server ${year} Datacenter 64 bit English`,
  platform: `Windows Server ${year}`,
  osType: "windows",
  architecture: "x86_64",
  size: 40,
  family: `acs:windows_${year}_64_datacenter_en-us`,
});

export const IMAGES: readonly ImageFact[] = [
  linux(
    "aliyun_3_x64_20G_alibase_20260413.vhd",
    "2026-04-14T02:11:09Z",
    "Alibaba Cloud Linux 3.2104 LTS 64 bit",
    "Aliyun",
    "acs:alibaba_cloud_linux_3_2104_lts_x64",
  ),
  linux(
    "aliyun_3_x64_20G_alibase_20251030.vhd",
    "2025-10-31T02:30:41Z",
    "Alibaba Cloud Linux 3.2104 LTS 64 bit",
    "Aliyun",
    "acs:alibaba_cloud_linux_3_2104_lts_x64",
  ),
  linux(
    "aliyun_3_arm64_20G_alibase_20251030.vhd",
    "2025-10-31T02:28:12Z",
    "Alibaba Cloud Linux 3.2104 LTS 64 bit ARM",
    "Aliyun",
    "acs:alibaba_cloud_linux_3_2104_lts_arm64",
    true,
  ),
  linux(
    "ubuntu_24_04_x64_20G_alibase_20260215.vhd",
    "2026-02-16T07:02:54Z",
    "Ubuntu 24.04 64 bit",
    "Ubuntu",
    "acs:ubuntu_24_04_x64",
  ),
  linux(
    "ubuntu_22_04_x64_20G_alibase_20260119.vhd",
    "2026-01-20T06:41:37Z",
    "Ubuntu 22.04 64 bit",
    "Ubuntu",
    "acs:ubuntu_22_04_x64",
  ),
  linux(
    "ubuntu_20_04_x64_20G_alibase_20250625.vhd",
    "2025-06-26T05:55:10Z",
    "Ubuntu 20.04 64 bit",
    "Ubuntu",
    "acs:ubuntu_20_04_64_x64",
  ),
  linux(
    "ubuntu_18_04_x64_20G_alibase_20240808.vhd",
    "2024-08-09T03:18:45Z",
    "Ubuntu 18.04 64 bit",
    "Ubuntu",
    "acs:ubuntu_18_04_64",
  ),
  linux(
    "debian_12_11_x64_20G_alibase_20250728.vhd",
    "2025-07-29T08:20:03Z",
    "Debian 12.11 64 bit",
    "Debian",
    "acs:debian_12_11_x64",
  ),
  linux(
    "centos_7_9_x64_20G_alibase_20240628.vhd",
    "2024-06-29T02:44:19Z",
    "CentOS 7.9 64 bit",
    "CentOS",
    "acs:centos_7_9_x64",
  ),
  linux(
    "rockylinux_9_5_x64_20G_alibase_20250328.vhd",
    "2025-03-29T09:31:27Z",
    "Rocky Linux 9.5 64 bit",
    "Rocky Linux",
    "acs:rockylinux_9_5_x64",
  ),
  linux(
    "aliyun_2_1903_x64_20G_alibase_20240628.vhd",
    "2024-06-29T02:21:34Z",
    "Alibaba Cloud Linux 2.1903 LTS 64 bit",
    "Aliyun",
    "acs:alibaba_cloud_linux_2_1903_lts_x64",
  ),
  linux(
    "debian_11_11_x64_20G_alibase_20241009.vhd",
    "2024-10-10T06:12:51Z",
    "Debian 11.11 64 bit",
    "Debian",
    "acs:debian_11_11_x64",
  ),
  linux(
    "centos_8_5_x64_20G_alibase_20220428.vhd",
    "2022-04-29T03:05:16Z",
    "CentOS 8.5 64 bit",
    "CentOS",
    "acs:centos_8_5_x64",
  ),
  linux(
    "centos_6_10_x64_20G_alibase_20201120.vhd",
    "2020-11-21T05:40:22Z",
    "CentOS 6.10 64 bit",
    "CentOS",
    "acs:centos_6_10_x64",
  ),
  linux(
    "almalinux_9_5_x64_20G_alibase_20250328.vhd",
    "2025-03-29T08:54:40Z",
    "AlmaLinux 9.5 64 bit",
    "AlmaLinux",
    "acs:almalinux_9_5_x64",
  ),
  linux(
    "opensuse_15_6_x64_20G_alibase_20250218.vhd",
    "2025-02-19T07:33:08Z",
    "OpenSUSE 15.6 64 bit",
    "OpenSUSE",
    "acs:opensuse_15_6_x64",
  ),
  windows("win2022_21H2_x64_dtc_en-us_40G_alibase_20260114.vhd", "2026-01-15T04:12:33Z", "2022"),
  windows("win2019_1809_x64_dtc_en-us_40G_alibase_20260114.vhd", "2026-01-15T03:58:02Z", "2019"),
  windows("win2016_1607_x64_dtc_en-us_40G_alibase_20260114.vhd", "2026-01-15T03:44:50Z", "2016"),
];

const byId = new Map(IMAGES.map((image) => [image.id, image]));

/** Names of public images end so: size of the disk, series, day. */
const PUBLIC =
  /^[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_.-]+_\d+G_(alibase|container_optimized|[a-z]+)_(\d{4})(\d{2})(\d{2})\.vhd$/;
/** Ids of custom images. */
const OWN = /^m-[0-9a-z]+$/;

/**
 * The facts of an image; undefined when it does not exist. Of the public ones the list holds the newest; an older or newer
 * one is known by the form of its name. An id of the form `m-…` is taken as somebody's own Linux image.
 */
export function imageFact(id: string): ImageFact | undefined {
  const known = byId.get(id);
  if (known !== undefined) return known;
  const [, , year, month, day] = PUBLIC.exec(id) ?? [];
  if (year === undefined && !OWN.test(id)) return undefined;
  const created = year === undefined ? "2026-01-01T00:00:00Z" : `${year}-${month}-${day}T00:00:00Z`;
  const family = id.split("_")[0]!.toLowerCase();
  const like = IMAGES.find((image) => image.id.startsWith(`${family}_`));
  return {
    ...linux(id, created, like?.osName ?? "Linux 64 bit", like?.platform ?? "Others Linux", ""),
    osType: family.startsWith("win") ? "windows" : "linux",
    architecture: id.includes("_arm64_") ? "arm64" : "x86_64",
  };
}
