import { SignatureV4 } from "@smithy/signature-v4";
import { type Asked, boundTo, expiresSeconds, type OperatorCall, stsOf } from "../../lambdas/operator/signed-call.ts";

/** What the SDK's clients have in their configuration. */
export type Signing = Pick<ConstructorParameters<typeof SignatureV4>[0], "credentials" | "region" | "sha256">;

export type Target = {
  readonly functionName: string;
  readonly region: string;
  /** A local run's own. */
  readonly sts?: string | undefined;
};

/**
 * The call with a presigned `sts:GetCallerIdentity`, by which the function learns from AWS who calls. It needs no
 * permission. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function signCall(signing: Signing, target: Target, asked: Asked): Promise<OperatorCall> {
  const address = new URL(target.sts ?? stsOf(target.region));
  const request = {
    method: "GET",
    protocol: address.protocol,
    hostname: address.hostname,
    path: "/",
    query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
    headers: { host: address.host, ...boundTo(target.functionName, asked) },
  };
  const presigned = await new SignatureV4({ ...signing, service: "sts" }).presign(request, {
    expiresIn: expiresSeconds,
  });
  const signed = (name: string): string => String(presigned.query?.[name] ?? "");
  const token = signed("X-Amz-Security-Token");
  return {
    ...asked,
    identity: {
      credential: signed("X-Amz-Credential"),
      date: signed("X-Amz-Date"),
      signature: signed("X-Amz-Signature"),
      ...(token === "" ? {} : { token }),
    },
  };
}
