import { hash } from "node:crypto";
import { type Signing, signing } from "./signing.ts";

/**
 * Signs requests by AWS Signature Version 4; gives the headers that a request needs besides its own. `headers` have
 * lower-case names and one-line values without outer or repeated blanks, `host` among them; all are signed. POST to `/`
 * alone: that is where these services are.
 */
export function requestSigner({ credentials, region, service }: Signing) {
  const at = signing({ credentials, region, service });
  return (headers: Readonly<Record<string, string>>, body: string, now: Date): Record<string, string> => {
    const signer = at(now);
    const signed: Record<string, string> = { ...headers, "x-amz-date": signer.date };
    if (credentials.sessionToken) signed["x-amz-security-token"] = credentials.sessionToken;
    const names = Object.keys(signed).toSorted();
    const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
    const list = names.join(";");
    const signature = signer.request(`POST\n/\n\n${lines}\n${list}\n${hash("sha256", body)}`);
    signed["authorization"] =
      `AWS4-HMAC-SHA256 Credential=${signer.credential}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  };
}
