import { DerError } from "../pki/der-reader.ts";
import { readPublishedCrl } from "../pki/crl-publication.ts";
import type { Crl } from "../pki/crl-reader.ts";
import { ProfileError } from "../pki/profile-error.ts";
import type { LastCrl } from "./authority.ts";

/** What is stored at a CRL's address: the authority's list, if it is one, and what is wrong with it. */
export type AtAddress = {
  /** A list of this authority; undefined when there is none, or something else. */
  readonly crl: Crl | undefined;
  /** Why the object is not the list that was last put there, or a later one; undefined when it is. */
  readonly fault: string | undefined;
};

/**
 * Judges the object at a CRL's address. Nothing in it is believed before its signature is checked: anybody who can write
 * to the bucket could otherwise stop revocations, or raise the CRL number. `last` is read before the object is.
 */
export function judge(bytes: Uint8Array | undefined, certificate: Uint8Array, last: LastCrl | undefined): AtAddress {
  if (bytes === undefined) return { crl: undefined, fault: last && `there is nothing, and CRL ${last.number} was put` };
  let crl: Crl;
  try {
    crl = readPublishedCrl(bytes, certificate);
  } catch (error) {
    if (!(error instanceof DerError) && !(error instanceof ProfileError)) throw error;
    return { crl: undefined, fault: `it is no CRL of this authority (${error.message})` };
  }
  const older = last !== undefined && crl.number < last.number;
  return { crl, fault: older ? `it is CRL ${crl.number}, and CRL ${last.number} was put` : undefined };
}
