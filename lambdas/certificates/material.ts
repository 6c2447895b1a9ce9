import type { Write } from "../transaction/write.ts";

/** Written once, before anything is signed. The sealed parts vanish when the key is destroyed. */
export type Material = {
  readonly sealedKey: Uint8Array | undefined;
  readonly sealedPassword: Uint8Array | undefined;
  /** SHA-256 under which the ID and password are looked up (`access/login.ts`). */
  readonly loginHash: string;
  readonly tbs: Uint8Array;
  readonly destroyedAt?: string;
};

export type Materials = {
  /** Undefined for a tombstone, too. */
  find(tenantId: string, certificateId: string): Promise<Material | undefined>;
  /** Keeps the material unless there is one already; says whether it was kept. */
  keep(tenantId: string, certificateId: string, material: Material): Promise<boolean>;
  /** Writes a tombstone in the material's place, so that a failed issuance can never be signed. Fails if material exists. */
  retire(tenantId: string, certificateId: string): Write;
  /** Removes private key and password, and notes when; the TBS stays, as what was signed. Fails if there is no key. */
  destroyKey(tenantId: string, certificateId: string, now: Date): Write;
};
