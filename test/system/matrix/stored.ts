/** All that this machine keeps of some tenants, read from the files of the services themselves. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { endpoints, operator, until } from "../system.ts";

const data = join(dirname(endpoints.serverCaPem), "..");

/**
 * A digest of each item and object that names one of the tenants, by its key. What a caller was answered is left out: it
 * is remembered for that caller alone, under a hash of who they are.
 */
export function storedOf(tenantIds: readonly string[]): ReadonlyMap<string, string> {
  const named = (text: string) => tenantIds.some((id) => text.includes(id));
  const found = new Map<string, string>();
  using tables = new DatabaseSync(join(data, "aws/dynamodb.sqlite"), { readOnly: true });
  for (const { definition } of tables.prepare("SELECT definition FROM catalog").all()) {
    const { id, name } = JSON.parse(String(definition)) as { id: number; name: string };
    for (const { hash, range, item } of tables.prepare(`SELECT hash, range, item FROM items_${id}`).iterate()) {
      const [pk, text] = [Buffer.from(hash as Uint8Array).toString(), String(item)];
      if (!named(text) || pk.startsWith("I#")) continue;
      found.set(`${name} ${pk} ${Buffer.from(range as Uint8Array).toString()}`, digest(text));
    }
  }
  using services = new DatabaseSync(join(data, "aws/services.sqlite"), { readOnly: true });
  for (const { bucket, key, version, etag } of services.prepare("SELECT * FROM objects").iterate()) {
    if (named(String(key))) found.set(`${String(bucket)} ${String(key)} ${String(version)}`, String(etag));
  }
  return found;
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** The keys of what is not as it was. */
export const changedSince = (before: ReadonlyMap<string, string>, tenantIds: readonly string[]): readonly string[] => {
  const after = storedOf(tenantIds);
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
};

/**
 * Waits until nothing is under way any more: the sweep, which comes every five minutes, has nothing left to do of theirs
 * (it ends the keys of what was revoked), and for two seconds nothing of theirs changes.
 */
export async function atRest(tenantIds: readonly string[]): Promise<void> {
  const { aws, resources } = endpoints;
  const queues = new SQSClient({ region: aws.region, credentials: aws.credentials, endpoint: aws.endpoints.sqs });
  const MessageBody = JSON.stringify({ task: "sweep" });
  await queues.send(new SendMessageCommand({ QueueUrl: resources["NightlyQueue"], MessageBody }));
  await until("the sweep to be over", async () => {
    const { queues: all } = await operator<{ queues: { name: string; waiting: number; inFlight: number }[] }>("health");
    return all.every(({ name, waiting, inFlight }) => name !== "nightly" || waiting + inFlight === 0);
  });
  let last = storedOf(tenantIds);
  const look = async () => {
    const changed = changedSince(last, tenantIds);
    last = storedOf(tenantIds);
    return changed.length === 0;
  };
  await until("everything to be at rest", look, 60, 2000);
}
