import type { Issuer } from "../certificates/certificate.ts";
import { readCrlHeader } from "../pki/crl-reader.ts";
import { DerError } from "../pki/der-reader.ts";
import { pemOf } from "../pki/pem.ts";
import { signedPart } from "../pki/signature.ts";
import { authorityNames, type AuthorityName } from "./authority.ts";
import { repositoryPage } from "./page.ts";
import type { FindAuthority } from "./cached.ts";
import { repositoryKeys, served, type Served } from "./repository.ts";

export type RefreshContext = {
  readonly brand: string;
  readonly authority: FindAuthority;
  readonly findObject: (key: string) => Promise<{ readonly bytes: Uint8Array; readonly etag: string } | undefined>;
  /** Puts an object over the one that was read under `etag`. Returns the new ETag; undefined when another writer was faster. */
  readonly replaceObject: (
    key: string,
    bytes: Uint8Array,
    headers: Served,
    etag: string | undefined,
  ) => Promise<string | undefined>;
};

const attempts = 5;

/**
 * Makes again what the repository derives from the published CRLs, after a CRL of the issuer or of the root was
 * published: the PEM of all CRLs for servers, and the page for people. Throws when the root's CRL is not published yet.
 */
export async function refreshRepository(context: RefreshContext, issuer: Issuer): Promise<void> {
  await Promise.all([
    refresh(context, "allCrls", repositoryKeys.allCrls(issuer), () => allCrls(context, issuer)),
    refresh(context, "page", repositoryKeys.page, () => page(context)),
  ]);
}

/**
 * Replaces an object by what is made of the published CRLs. The object is read before the CRLs are, so
 * that two writers never replace a newer object by an older one.
 */
async function refresh(
  context: RefreshContext,
  kind: keyof typeof served,
  key: string,
  make: () => Promise<Buffer>,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = await context.findObject(key);
    const content = await make();
    if (before !== undefined && Buffer.compare(before.bytes, content) === 0) return;
    if ((await context.replaceObject(key, content, served[kind], before?.etag)) !== undefined) return;
  }
  throw new Error(`${key} was replaced by others ${attempts} times while it was made`);
}

async function allCrls(context: RefreshContext, issuer: Issuer): Promise<Buffer> {
  const lists = await Promise.all(
    [issuer, "root" as const].map(async (name) => {
      const found = await context.findObject(repositoryKeys.crl(name));
      if (found === undefined) throw new Error(`the CRL of ${name} is not published yet`);
      // Throws for what is no CRL: servers refuse a file with it in, so the file stays as it is.
      readCrlHeader(signedPart(found.bytes));
      return pemOf("X509 CRL", found.bytes);
    }),
  );
  return Buffer.concat(lists);
}

async function page(context: RefreshContext): Promise<Buffer> {
  const authorities = await Promise.all(
    authorityNames.map(async (name) => ({
      ...(await context.authority(name)),
      crl: await publishedCrl(context, name),
    })),
  );
  return Buffer.from(repositoryPage(context.brand, authorities));
}

/** The header of an authority's CRL; undefined before the first one is published, and while something else is in its place. */
async function publishedCrl(context: RefreshContext, name: AuthorityName) {
  const found = await context.findObject(repositoryKeys.crl(name));
  try {
    return found && readCrlHeader(signedPart(found.bytes));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
