import { loadCovered } from "../../../src/provider/schema/load";
import { recordedLookUp } from "../../../src/provider/session/recorded-look-up";

const ADDRESSES = "alicloud_eipanycast_anycast_eip_addresses";
const ZONES = "alicloud_slb_zones";
const schemaOf = (name: string) => loadCovered().dataSources.get(name)!;

const address = (ip: string): object => ({ ip_address: ip, anycast_id: "aeip-1" });
const byId = { id: "1", ids: ["aeip-1"], addresses: [address("203.0.113.1")], names: ["one"], name_regex: null };
const byName = { ...byId, ids: ["aeip-2"], name_regex: "^two$", addresses: [address("203.0.113.2")] };
const zones = (id: string): object => ({ available_slb_address_type: "vpc", ids: [id], zones: [{ id }] });

describe("a look-up in a sandbox that was seeded from a state", () => {
  it.each([
    ["what was found by the same ids", ADDRESSES, { ids: ["aeip-1"] }, [byId, byName], "203.0.113.1"],
    ["what was found by the same name", ADDRESSES, { name_regex: "^two$" }, [byId, byName], "203.0.113.2"],
    ["nothing by other ids", ADDRESSES, { ids: ["aeip-9"] }, [byId, byName], undefined],
    ["nothing by another name", ADDRESSES, { name_regex: "^three$" }, [byId, byName], undefined],
    ["nothing by what was a narrower search", ADDRESSES, {}, [byName], undefined],
    ["nothing by what was a wider search", ADDRESSES, { ids: ["aeip-1"], status: "Associated" }, [byId], undefined],
    ["nothing where the file tells none", ADDRESSES, { ids: ["aeip-1"] }, undefined, undefined],
    ["nothing where what was asked is redacted", ADDRESSES, { ids: ["aeip-1"] }, [{ ...byId, ids: [] }], undefined],
    ["what several found alike", ADDRESSES, { ids: ["aeip-1"] }, [byId, { ...byId }], "203.0.113.1"],
  ])("finds %s", (_name, type, given, recorded, ip) => {
    const found = recordedLookUp(schemaOf(type), given, recorded) as
      { addresses: { ip_address: string }[] } | undefined;
    expect(found?.addresses[0]?.ip_address).toBe(ip);
  });

  it("leaves it to the simulated cloud where two regions found different things by the same search", () => {
    const given = { available_slb_address_type: "vpc" };
    expect(recordedLookUp(schemaOf(ZONES), given, [zones("eu-central-1a")])).toMatchObject({ ids: ["eu-central-1a"] });
    expect(recordedLookUp(schemaOf(ZONES), given, [zones("eu-central-1a"), zones("us-west-1a")])).toBeUndefined();
  });
});
