import { oid } from "../oids.ts";
import type { Lint } from "./linted.ts";

const LETTERS: ReadonlyMap<string, string> = new Map([
  [oid.emailAddress, "E"],
  [oid.commonName, "C"],
  [oid.organizationalUnitName, "U"],
  [oid.organizationName, "O"],
  [oid.countryName, "J"],
]);

/** E (leaves alone), CN, OU…, O, C: each once but OU, one attribute per RDN. */
export const subjectOrder: Lint = {
  name: "subject-order",
  source: "the product's profile; RFC 5280 §4.1.2.4",
  find: ({ tbs, role }) => {
    if (tbs.subject.some((rdn) => rdn.length !== 1)) return ["an RDN of the subject has not exactly one attribute"];
    const order = tbs.subject.map((rdn) => LETTERS.get(rdn[0]?.type ?? "") ?? "?").join("");
    const expected = role === "leaf" ? /^ECU*OJ$/ : /^CU*OJ$/;
    return expected.test(order)
      ? []
      : ["the subject's attributes are not E, CN, OU, O, C in this order (E in leaves alone)"];
  },
};
