import type { Authorities, AuthorityName, LastCrl } from "../authority/authority.ts";
import { repositoryKeys } from "../authority/repository.ts";
import { type Issuer, issuers } from "../certificates/certificate.ts";

export type WatchContext = {
  readonly authorities: Pick<Authorities, "findLastCrl" | "keepLastCrl">;
  readonly findEtag: (key: string) => Promise<string | undefined>;
  /** Replaces the object that was seen under `etag`. Returns the new ETag; undefined when another writer was faster. */
  readonly replaceCrl: (key: string, der: Uint8Array, etag: string | undefined) => Promise<string | undefined>;
};

export type Watched = {
  /** Issuers whose address does not have the list that was last put there: they need a publication. */
  readonly changed: readonly Issuer[];
  /** Whether the root's list had to be put back. */
  readonly rootRestored: boolean;
};

/**
 * Compares what is at the addresses of these authorities' CRLs with what was last put there, by ETag alone: between two publications
 * nobody else looks, and whoever deletes, damages or restores an object gives no notice. The root's list is put back
 * as it was, because only the bootstrap function can sign another. Between a put and its record an issuer may seem
 * changed: it is published once more.
 */
export async function watchCrls(context: WatchContext, names: readonly AuthorityName[]): Promise<Watched> {
  const seen = await Promise.all(
    names.map(async (name) => {
      const last = await context.authorities.findLastCrl(name);
      return { name, last, etag: await context.findEtag(repositoryKeys.crl(name)) };
    }),
  );
  const differing = seen.filter(({ last, etag }) => last?.etag !== etag);
  const root = differing.find(({ name }) => name === "root");
  return {
    changed: issuers.filter((issuer) => differing.some(({ name }) => name === issuer)),
    rootRestored: root?.last !== undefined && (await restoreRoot(context, root.last, root.etag)),
  };
}

async function restoreRoot(context: WatchContext, last: LastCrl, seen: string | undefined): Promise<boolean> {
  if (last.der === undefined) return false;
  const etag = await context.replaceCrl(repositoryKeys.crl("root"), last.der, seen);
  if (etag === undefined) return false;
  await context.authorities.keepLastCrl("root", { ...last, etag });
  return true;
}
