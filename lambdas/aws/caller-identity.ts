import * as z from "zod/mini";

/** What STS answers, as far as it is used. */
const answered = z.object({
  GetCallerIdentityResponse: z.object({
    GetCallerIdentityResult: z.object({ Account: z.string(), Arn: z.string() }),
  }),
});
const refusal = z.object({ Error: z.object({ Code: z.string().check(z.regex(/^\w{1,64}$/)) }) });

/** Far more than STS answers. */
const most = 16_384;
const patience = 5_000;

type Presigned = {
  readonly credential: string;
  readonly date: string;
  readonly signature: string;
  readonly token?: string | undefined;
};

/**
 * `sts:GetCallerIdentity` with somebody else's presigned request. Address, action and headers are ours; of the caller are
 * the four values of the signature alone.
 */
export const callerIdentity =
  (sts: string, expiresSeconds: number) =>
  async ({ credential, date, signature, token }: Presigned, headers: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams({
      Action: "GetCallerIdentity",
      Version: "2011-06-15",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": credential,
      "X-Amz-Date": date,
      "X-Amz-Expires": String(expiresSeconds),
      "X-Amz-SignedHeaders": ["host", ...Object.keys(headers)].toSorted().join(";"),
      ...(token === undefined ? {} : { "X-Amz-Security-Token": token }),
      "X-Amz-Signature": signature,
    });
    const response = await fetch(`${sts}/?${query.toString()}`, {
      headers: { ...headers, accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    if (text.length > most) throw new Error(`STS answered ${text.length} characters`);
    if (response.status >= 400 && response.status < 500) {
      const code = refusal.safeParse(parsed(text));
      return { refused: code.success ? code.data.Error.Code : String(response.status) };
    }
    if (!response.ok) throw new Error(`STS answered ${response.status}`);
    const { Account, Arn } = answered.parse(parsed(text)).GetCallerIdentityResponse.GetCallerIdentityResult;
    return { account: Account, arn: Arn };
  };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
