/** What a sealed secret is bound to; it opens for nothing else. */
export type SealContext = {
  readonly tenant: string;
  readonly certificate: string;
  readonly part: "key" | "password";
};

/**
 * Shows that handing a secret out was recorded before. Whatever opens a secret or signs a link to one takes it, and
 * `exports` alone makes it: a road past the audit does not compile.
 */
export type Permit = { readonly permit: unique symbol };

export type Seal = (context: SealContext, plaintext: Uint8Array) => Promise<Uint8Array>;
export type Open = (permit: Permit, context: SealContext, sealed: Uint8Array) => Promise<Uint8Array>;
/** A bearer link to a stored file, valid for `seconds`. */
export type LinkTo = (permit: Permit, key: string, fileName: string, seconds: number) => Promise<string>;
