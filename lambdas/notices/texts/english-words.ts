import { deviceNames } from "../../contract/device-names.ts";
import type { RevocationReason } from "../../contract/shapes.ts";
import type { ListedCertificate } from "./facts.ts";
import { japanDate } from "./japan-time.ts";
import { signature, terms, words } from "./layout.ts";

/** What the English mails share. */
export type Addressed = { readonly brand: string; readonly recipientName: string; readonly companyName: string };
export const devices = deviceNames.en;
export const reasons: Readonly<Record<RevocationReason, string>> = {
  unspecified: "Not specified",
  keyCompromise: "Key compromise (device lost or stolen, private key leaked)",
  affiliationChanged: "Affiliation or details changed",
  superseded: "Superseded by a new certificate",
  cessationOfOperation: "No longer used",
  privilegeWithdrawn: "Privilege withdrawn",
};

export const greeting = ({ companyName, recipientName }: Addressed) => words(`${companyName}\nDear ${recipientName},`);

export const sender = ({ brand }: Addressed) => signature(brand, "This mail was sent automatically.");

/** One certificate as a titled list; `more` is added below. */
export const listed = (one: ListedCertificate, more: readonly (readonly [string, string])[] = []) =>
  terms(one.name, [
    ["Common name", one.commonName],
    ["Serial number", one.serialNumber],
    ["Certificate e-mail address", one.certificateEmail],
    ["Device", devices[one.device]],
    ["Valid until", japanDate(one.notAfter)],
    ...more,
  ]);
