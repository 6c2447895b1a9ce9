import type { Actor } from "../transaction/audit.ts";
import type { Language } from "../contract/language.ts";

/** The part of an ARN that people know: a user's name, or that of a role's session. */
const operatorName = (arn: string): string => /[^/:]+$/.exec(arn)?.[0] ?? arn;

/** Who acted, as a tenant reads it: an operator is the service provider, with a name to ask for. */
export function actedBy(actor: Actor, language: Language): string {
  switch (actor.kind) {
    case "administrator":
      return actor.name;
    case "operator":
      return language === "ja"
        ? `サービス提供会社（担当: ${operatorName(actor.name)}）`
        : `the service provider (${operatorName(actor.name)})`;
    case "holder":
      return language === "ja" ? "証明書の利用者" : "the certificate’s holder";
    case "system":
      return language === "ja" ? "システム（自動処理）" : "the system";
  }
}
