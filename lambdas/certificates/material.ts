import type { Write } from "../transaction/write.ts";
import type { Certificate, CertificateKey } from "./certificate.ts";

/** Written once, before anything is signed. The sealed parts vanish when the key is destroyed. */
export type Material = {
  readonly sealedKey: Uint8Array | undefined;
  readonly sealedPassword: Uint8Array | undefined;
  /** SHA-256 under which the ID and password are looked up (`access/login.ts`). */
  readonly loginHash: string;
  readonly tbs: Uint8Array;
  /** From when on the key is no longer kept: known from the first download on. */
  readonly destroyAt?: string;
  readonly destroyedAt?: string;
};

export type Materials = {
  /** Undefined for a tombstone, too. */
  find(tenantId: string, certificateId: string): Promise<Material | undefined>;
  /** Keeps the material unless there is one already; says whether it was kept. */
  keep(tenantId: string, certificateId: string, material: Material): Promise<boolean>;
  /** Writes a tombstone in the material's place, so that a failed issuance can never be signed. Fails if material exists. */
  retire(tenantId: string, certificateId: string): Write;
  /**
   * Removes private key and password of an issuance that fails after its material was stored, so that nothing is left to
   * hand out; the TBS stays, as what a signature may have been made of. Fails if there is no key.
   */
  withdraw(tenantId: string, certificateId: string, now: Date): Write;
  /** From this instant on the private key is not kept any longer; fails if it is gone already. */
  destroyKeyFrom(certificate: Certificate, at: Date): Write;
  /** Certificates whose private keys are not to be kept any longer at the instant. */
  listKeysDue(at: string): Promise<readonly CertificateKey[]>;
  /** Removes private key and password, and notes when; fails unless they are there and due at the instant. */
  destroyKey(tenantId: string, certificateId: string, at: Date, now: Date): Write;
};
