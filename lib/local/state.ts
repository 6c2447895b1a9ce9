import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { Properties } from "./template.ts";

const applied = z.object({
  type: z.string(),
  physicalId: z.string(),
  attributes: z.record(z.string(), z.string()),
  /** Digest of the properties that were applied. */
  digest: z.string(),
  /** The applied properties: an update of a custom resource is given the old ones. */
  properties: z.custom<Properties>((value) => typeof value === "object" && value !== null),
});

/** 3: the rows of certificates carry what lists are searched by; those of before would be found by no search. */
const version = 3;

const shape = z.object({
  version: z.literal(version),
  /** Part of the physical names of this data folder. */
  suffix: z.string(),
  portBase: z.int().positive().optional(),
  /** Milliseconds by which the folder's clock is ahead of the system's; absent for none. */
  clockShift: z.int().optional(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  resources: z.record(z.string(), applied),
  /** When each schedule last fired, ISO 8601. */
  fired: z.record(z.string(), z.string()),
  /** Steps of the first start beyond the template, and their state. */
  steps: z.record(z.string(), z.string()),
});

/** One resource that the data folder holds. */
export type Applied = z.output<typeof applied>;
type State = z.output<typeof shape>;

/** `state.json` of a data folder; a change is on disk when the call returns. */
export type StateFile = {
  readonly state: Readonly<State>;
  /** True if this call created the file. */
  readonly fresh: boolean;
  change(edit: (state: State) => void): void;
};

/** Replaces a file atomically: a killed process leaves the old or the new content. Only this user may read it. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${randomBytes(4).toString("hex")}.next`;
  const file = openSync(next, "wx", 0o600);
  try {
    if (typeof content === "string") writeSync(file, content);
    else writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

const first = (steps: Readonly<Record<string, string>>): State => ({
  version,
  suffix: randomBytes(5).toString("hex"),
  credentials: {
    accessKeyId: `LOCAL${randomBytes(8).toString("hex").toUpperCase().slice(0, 15)}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  },
  resources: {},
  fired: {},
  steps: { ...steps },
});

/** Reads `state.json`. Throws, with its path and the remedy, if it is damaged or of another version. */
function read(path: string): State {
  const remedy = "restore it from a backup of the folder, or start with another --data folder";
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is damaged (${error instanceof Error ? error.message : String(error)}); ${remedy}`, {
      cause: error,
    });
  }
  const known = z.object({ version: z.number() }).safeParse(content);
  if (known.success && known.data.version < version)
    throw new Error(
      `${path} is of an earlier version, whose data this one cannot read; start with another --data folder`,
    );
  const { success, data } = shape.safeParse(content);
  if (!success) throw new Error(`${path} is damaged or of another version; ${remedy}`);
  return data;
}

/** Opens `state.json` of a data folder, or creates it with these steps. Throws if it cannot be read. */
export function openStateFile(dataDirectory: string, steps: Readonly<Record<string, string>> = {}): StateFile {
  const path = join(dataDirectory, "state.json");
  const fresh = !existsSync(path);
  const state = fresh ? first(steps) : read(path);
  const change: StateFile["change"] = (edit) => {
    edit(state);
    replaceFile(path, `${JSON.stringify(state, null, 2)}\n`);
  };
  if (fresh) change(() => {});
  return { state, fresh, change };
}
