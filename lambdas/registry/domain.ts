import { domainToASCII } from "node:url";

const label = "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?";
/** Two labels at least, and no address of IPv4. */
const domain = new RegExp(String.raw`^(?:${label}\.)+(?!\d+$)${label}$`);
/** `domainToASCII` reads its argument as the host of a URL: it ends before these, and decodes `%`. */
const ofUrl = /[/\\?#%@:]/;

/**
 * A mail domain, or suffix of principal names, as it is stored and compared: lower case, IDNA's ASCII form, without a
 * trailing dot. Undefined for what is none.
 */
export function normalDomain(typed: string): string | undefined {
  const text = typed.trim();
  const ascii = ofUrl.test(text) ? "" : domainToASCII(text).replace(/\.$/, "");
  return ascii.length <= 253 && domain.test(ascii) ? ascii : undefined;
}
