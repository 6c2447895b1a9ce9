import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { named } from "./named.ts";

/** What is sealed of a certificate; the encryption context's `part` says which. */
export type SealedPart = "key" | "password";

/** Seals private keys and passwords; who may open which part is decided by the encryption context. */
export class SealingKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = named(
      new Key(this, "Key", {
        description: "Seals subscribers' private keys and passwords",
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
        pendingWindow: Duration.days(30),
      }),
      "SealingKey",
    );
  }

  grantSeal(grantee: IGrantable): void {
    this.grant(grantee, "kms:Encrypt", "key", "password");
  }

  grantOpen(grantee: IGrantable, ...parts: readonly SealedPart[]): void {
    this.grant(grantee, "kms:Decrypt", ...parts);
  }

  private grant(grantee: IGrantable, action: string, ...parts: readonly SealedPart[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [action],
        resources: [this.key.keyArn],
        conditions: { StringEquals: { "kms:EncryptionContext:part": parts.length === 1 ? parts[0] : parts } },
      }),
    );
  }
}
