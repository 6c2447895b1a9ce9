import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";

const kmsRights = {
  readPublic: { actions: ["kms:GetPublicKey"] },
  /** SHA-256 digests only: the key signs nothing by any other algorithm. */
  sign: {
    actions: ["kms:Sign"],
    conditions: {
      StringEquals: { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256", "kms:MessageType": "DIGEST" },
    },
  },
};

/**
 * The signing keys of the three authorities. They never leave KMS; RSA, because its signatures are
 * deterministic: the same TBS gives the same certificate on a retry.
 */
export class AuthorityKeys extends Construct {
  readonly root: Key;
  readonly subscribers: Key;
  readonly administrators: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.root = this.key("RootKey", "Signs the issuing authorities' certificates and the root CRL");
    this.subscribers = this.key("SubscribersKey", "Signs subscribers' certificates and their CRL");
    this.administrators = this.key("AdministratorsKey", "Signs administrators' certificates and their CRL");
  }

  allow(key: Key, ...rights: readonly (keyof typeof kmsRights)[]): Need {
    return { value: key.keyArn, rights: rights.map((right) => ({ ...kmsRights[right], resources: [key.keyArn] })) };
  }

  private key(name: string, description: string): Key {
    const key = new Key(this, name, {
      description,
      keySpec: KeySpec.RSA_4096,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    return withLogicalId(key, name);
  }
}
