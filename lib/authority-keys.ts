import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { named } from "./named.ts";

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

  /** For the functions that issue certificates and CRLs. */
  grantSignIssuing(grantee: IGrantable): void {
    sign(grantee, this.subscribers, this.administrators);
  }

  /** For the bootstrap alone. */
  grantSignRoot(grantee: IGrantable): void {
    sign(grantee, this.root);
  }

  grantPublicKeys(grantee: IGrantable): void {
    for (const key of [this.root, this.subscribers, this.administrators]) key.grant(grantee, "kms:GetPublicKey");
  }

  private key(name: string, description: string): Key {
    const key = new Key(this, name, {
      description,
      keySpec: KeySpec.RSA_4096,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    return named(key, name);
  }
}

/** Digests with SHA-256 only: no other algorithm can be talked out of the key. */
function sign(grantee: IGrantable, ...keys: readonly Key[]): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ["kms:Sign"],
      resources: keys.map((key) => key.keyArn),
      conditions: {
        StringEquals: { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256", "kms:MessageType": "DIGEST" },
      },
    }),
  );
}
