import { createHash } from "node:crypto";
import { folded } from "../contract/folded.ts";

/**
 * The key under which an ID (certificate mail) and a password find their certificate, however they were typed.
 * The password has at least 80 random bits, so one fast hash is enough; the fields are set apart by NUL.
 */
export const loginHash = (mail: string, password: string): string =>
  createHash("sha256")
    .update(`login\0${folded(mail)}\0${folded(password)}`)
    .digest("hex");

/** The hash under which a notice mail's token is kept. */
export const tokenHash = (token: string): string => createHash("sha256").update(`link\0${token}`).digest("hex");

/** The key of an address's budget, whatever the IDs. */
export const addressKey = (address: string): string =>
  createHash("sha256").update(`failures\0\0${address}`).digest("hex");

/** The failure budget's key: one per ID and address, so that a stranger elsewhere locks nobody out. */
export const failureKey = (id: string, address: string): string =>
  createHash("sha256")
    .update(`failures\0${folded(id)}\0${address}`)
    .digest("hex");
