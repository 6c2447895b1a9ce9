/** Certificates for lists that are searched in: many are alike, few are revoked or failed. */
import { randomBytes } from "node:crypto";
import type { Certificate, State } from "../../lambdas/certificates/certificate.ts";
import { deviceCodes } from "../../lambdas/contract/fields.ts";
import { newSerial } from "../../lambdas/pki/serial.ts";
import { newId } from "../../lambdas/registry/identifier.ts";
import type { Place } from "../world.ts";

export const start = "2026-11-22T03:00:00.000Z";
const day = 86_400_000;
const after = (days: number) => new Date(Date.parse(start) + days * day).toISOString();
const families = [
  ["山田", "ヤマダ"],
  ["山本", "ヤマモト"],
  ["髙橋", "タカハシ"],
  ["𠮷野", "ヨシノ"],
  ["Smith", "スミス"],
] as const;
const givens = [
  ["太郎", "タロウ"],
  ["花子", "ハナコ"],
] as const;

/** The `at`-th certificate of a list, being issued. */
export function made(place: Place, at: number): Certificate {
  const [familyName, familyNameKana] = families[at % families.length] ?? families[0];
  const [givenName, givenNameKana] = givens[at % 7 === 0 ? 1 : 0] ?? givens[0];
  const primaryEmail = `${familyNameKana === "スミス" ? "Smith" : "p"}-${String(at).padStart(5, "0")}@mytest.jp`;
  return {
    tenantId: place.tenantId,
    certificateId: newId(place.tenantId, "certificate", randomBytes),
    issuer: "subscribers",
    holder: {
      kind: "subscriber",
      subscriberId: newId(place.tenantId, "subscriber", randomBytes),
      ...place,
      organizationName: "本社",
      familyName,
      givenName,
      familyNameKana,
      givenNameKana,
      primaryEmail,
    },
    certificateEmail: at % 11 === 0 ? `device-${at}@mytest.jp` : primaryEmail,
    device: deviceCodes[at % deviceCodes.length] ?? "01",
    serialNumber: newSerial(),
    subject: { commonName: "Yamada Taro", organizationalUnits: ["Warifu"], organization: "Reiwa" },
    key: "p256",
    notBefore: start,
    notAfter: after(365 + (at % 400)),
    requestedAt: after(at % 30),
    correspondence: { language: "ja", companyName: "令和証明書サービス" },
    state: { status: "issuing" },
  };
}

/** What has become of it. */
export function stateOf(at: number): State {
  const issuedAt = after(at % 30);
  if (at % 10 === 1) return { status: "issuing" };
  if (at % 97 === 0) return { status: "failed", error: "lintRefused" };
  if (at % 10 === 2) return { status: "downloaded", issuedAt, downloadedAt: after(31) };
  if (at % 23 === 0) return { status: "revoked", issuedAt, revokedAt: after(40), revocationReason: "unspecified" };
  return { status: "issued", issuedAt };
}
