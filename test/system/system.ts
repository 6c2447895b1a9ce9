/** The product that runs for all system tests. */
import { inject } from "vitest";
import { product } from "./product.ts";

export const system = product(inject("endpoints"));
export const { endpoints, serverCa, ask, operator, mails, mail, download, revealed, fetchPkcs12 } = system;
export { type Mail, subjects, until } from "./product.ts";
