import type { Device } from "../contract/fields.ts";
import type { Pkcs12Form } from "../pki/pkcs12.ts";

/**
 * The PKCS#12 form that each device opens. Windows 10 1709 and later read the modern one; iOS,
 * macOS and Android up to 13 read the legacy one alone, and so does who knows what behind その他.
 */
export const pkcs12Forms: Readonly<Record<Device, Pkcs12Form>> = {
  "01": "modern",
  "11": "legacy",
  "12": "legacy",
  "20": "legacy",
  "99": "legacy",
};
