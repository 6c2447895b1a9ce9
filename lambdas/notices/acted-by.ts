import type { Actor } from "../transaction/audit.ts";
import type { Language } from "../contract/language.ts";

/** Who acted, as a tenant reads it: an operator is the service provider, with a name to ask for. */
export function actedBy(actor: Actor, language: Language): string {
  switch (actor.kind) {
    case "administrator":
      return actor.name;
    case "operator":
      return language === "ja" ? `サービス提供会社（担当: ${actor.name}）` : `the service provider (${actor.name})`;
    case "holder":
      return language === "ja" ? "証明書の利用者" : "the certificate’s holder";
    case "system":
      return language === "ja" ? "システム（自動処理）" : "the system";
  }
}
