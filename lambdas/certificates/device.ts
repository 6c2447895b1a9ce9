import type { Certificate } from "./certificate.ts";
import type { Device } from "../contract/fields.ts";
import type { Pkcs12Form } from "../pki/pkcs12.ts";
import type { Pkcs12Choice } from "../registry/tenant.ts";

/**
 * The PKCS#12 form that each device opens. Windows 10 1709 and later read the modern one; iOS,
 * macOS and Android up to 13 read the legacy one alone, and so does who knows what behind その他.
 */
const pkcs12Forms: Readonly<Record<Device, Pkcs12Form>> = {
  "01": "modern",
  "11": "legacy",
  "12": "legacy",
  "20": "legacy",
  "99": "legacy",
};

/**
 * The form of a certificate's file: what its service chose, else what its device opens. Administrators have
 * no service, and theirs is the legacy one on every device: it may be a Mac.
 */
export function pkcs12FormOf({ holder, device }: Certificate, choice: Pkcs12Choice): Pkcs12Form {
  if (holder.kind === "administrator") return "legacy";
  return choice === "auto" ? pkcs12Forms[device] : choice;
}
