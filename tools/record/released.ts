/** Dummy keys, for plans that send no request. */
export const DUMMY_KEYS = {
  ALICLOUD_ACCESS_KEY: "none",
  ALICLOUD_SECRET_KEY: "none",
  ALIBABA_CLOUD_ACCOUNT_TYPE: "International",
} as const;
