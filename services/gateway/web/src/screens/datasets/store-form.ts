/** What is typed about a data store, and what of it is sent. Pure. */
import type { Datastore, DatastoreBody } from "../../api/dataset-types";

export type StoreValues = DatastoreBody & { name: string };

export function valuesOf(store: Datastore | null): StoreValues {
  const { name = "", endpoint = "", bucket = "", region = "us-east-1", path_style = true, read_only = false, public_url = "" } = store ?? {};
  return { name, endpoint, bucket, region, path_style, read_only, public_url, access_key: "", secret_key: "" };
}

const trimmed = (values: StoreValues): StoreValues => ({
  ...values,
  name: values.name.trim(),
  endpoint: values.endpoint.trim(),
  bucket: values.bucket.trim(),
  region: values.region.trim(),
  public_url: values.public_url.trim(),
  access_key: values.access_key.trim(),
});

export function body(values: StoreValues): StoreValues {
  return trimmed(values);
}

/** Name and bucket can't change; keys that were not typed stay as they are. */
export function change(store: Datastore, values: StoreValues): Partial<DatastoreBody> & { version: number } {
  const { endpoint, region, path_style, read_only, public_url, access_key, secret_key } = trimmed(values);
  const keys = access_key || secret_key ? { access_key, secret_key } : {};
  return { version: store.version, endpoint, region, path_style, read_only, public_url, ...keys };
}
