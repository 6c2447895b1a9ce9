/** What a sealed secret is bound to; it opens for nothing else. */
export type SealContext = {
  readonly tenant: string;
  readonly certificate: string;
  readonly part: "key" | "password";
};
export type Seal = (context: SealContext, plaintext: Uint8Array) => Promise<Uint8Array>;
export type Open = (context: SealContext, sealed: Uint8Array) => Promise<Uint8Array>;
