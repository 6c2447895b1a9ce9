import type { Message } from "./language.ts";

/** Why a certificate could not be issued, in words for its company. The cause behind it is shown to the provider alone. */
export const failures = {
  profileRefused: {
    ja: "証明書に記載できない値が含まれているため、発行できませんでした。サービス提供会社に、シリアル番号を添えてお問い合わせください。",
    en: "A value cannot stand in a certificate, so it was not issued. Ask your service provider and give the serial number.",
  },
  lintRefused: {
    ja: "発行前の検査に合格しなかったため、発行できませんでした。サービス提供会社に、シリアル番号を添えてお問い合わせください。",
    en: "The certificate did not pass the checks before issuance. Ask your service provider and give the serial number.",
  },
  unfinished: {
    ja: "発行処理が時間内に完了しませんでした。サービス提供会社に、シリアル番号を添えてお問い合わせください。",
    en: "The issuance did not finish in time. Ask your service provider and give the serial number.",
  },
  holderRevoked: {
    ja: "管理者が失効されたため、発行を中止しました。",
    en: "The administrator was revoked, so the certificate was not issued.",
  },
} as const satisfies Record<string, Message>;

export type FailureCode = keyof typeof failures;
