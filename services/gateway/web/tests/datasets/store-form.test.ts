import { describe, expect, it } from "vitest";

import type { Datastore } from "../../src/api/dataset-types";
import { body, change, valuesOf } from "../../src/screens/datasets/store-form";

const STORE: Datastore = {
  name: "scans", default: false, registered: true, endpoint: "https://s3.example.org", bucket: "scans", region: "eu-west-1", path_style: false,
  read_only: true, public_url: "", credentials: true, version: 4,
};

describe("what is typed about a data store", () => {
  it("begins without keys, even where some are set", () => {
    expect(valuesOf(STORE)).toMatchObject({ endpoint: STORE.endpoint, path_style: false, access_key: "", secret_key: "" });
    expect(valuesOf(null)).toMatchObject({ name: "", region: "us-east-1", path_style: true, read_only: false });
  });

  it("leaves keys alone that were not typed, and never changes name or bucket", () => {
    expect(change(STORE, { ...valuesOf(STORE), read_only: false })).toEqual({
      version: 4, endpoint: STORE.endpoint, region: "eu-west-1", path_style: false, read_only: false, public_url: "",
    });
  });

  it("sends both keys when one was typed, so that the server can say which is missing", () => {
    expect(change(STORE, { ...valuesOf(STORE), access_key: " new " })).toMatchObject({ access_key: "new", secret_key: "" });
  });

  it("keeps a secret key as it was typed", () => {
    expect(body({ ...valuesOf(null), name: " scans ", secret_key: " s " })).toMatchObject({ name: "scans", secret_key: " s " });
  });
});
