import { readCertificate } from "../pki/certificate.ts";
import type { Authorities, Authority, AuthorityName } from "./authority.ts";

export type FindAuthority = (name: AuthorityName) => Promise<Authority>;

/** Reads an authority once per process: its certificate never changes. */
export function cachedAuthorities(authorities: Pick<Authorities, "findAuthority">): FindAuthority {
  const known = new Map<AuthorityName, Authority>();
  return async (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = await authorities.findAuthority(name);
    if (found === undefined) throw new Error(`the authority ${name} has no certificate yet: bootstrap has not run`);
    known.set(name, found);
    return found;
  };
}

/** The last second of an authority's validity, read from its certificate once. */
export function cachedEnd(find: FindAuthority, name: AuthorityName): () => Promise<Date> {
  let end: Date | undefined;
  return async () => (end ??= readCertificate((await find(name)).certificate).notAfter);
}
