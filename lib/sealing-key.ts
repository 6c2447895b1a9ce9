import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";

/** What is sealed for a certificate: the encryption context's `part`. */
export type SealedPart = "key" | "password";

/** Seals private keys and passwords; who may open which part is decided by the encryption context. */
export class SealingKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = withLogicalId(
      new Key(this, "Key", {
        description: "Seals subscribers' private keys and passwords",
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
        pendingWindow: Duration.days(30),
      }),
      "SealingKey",
    );
  }

  get seal(): Need {
    return this.allow("kms:Encrypt", "key", "password");
  }

  open(...parts: readonly SealedPart[]): Need {
    return this.allow("kms:Decrypt", ...parts);
  }

  private allow(action: string, ...parts: readonly SealedPart[]): Need {
    const conditions = { StringEquals: { "kms:EncryptionContext:part": parts.length === 1 ? parts[0] : parts } };
    return { value: this.key.keyArn, rights: [{ actions: [action], resources: [this.key.keyArn], conditions }] };
  }
}
