import { ArnFormat, Duration, RemovalPolicy, Stack, Tags } from "aws-cdk-lib";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";
import type { Need, Right } from "./needs.ts";

export type Issuer = "subscribers" | "administrators";
export type AuthorityName = "root" | Issuer;
/** One for each issuing authority. */
export type PerIssuer<T> = Readonly<Record<Issuer, T>>;

/** Tags of a key by which rights to it are given: what it signs for, and the stack that it is of. */
const kindTag = "warifu:authority";
const stackTag = "warifu:stack";

const actions = { readPublic: "kms:GetPublicKey", sign: "kms:Sign" } as const;

/** SHA-256 digests only: the keys sign nothing by any other algorithm. */
const digestsOnly = { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256", "kms:MessageType": "DIGEST" };

/**
 * The signing keys of the three authorities. They never leave KMS; RSA, because its signatures are
 * deterministic: the same TBS gives the same certificate on a retry. Rights go by what a key signs for, so that they
 * hold for an authority's next key too.
 * https://docs.aws.amazon.com/kms/latest/developerguide/abac.html
 */
export class AuthorityKeys extends Construct {
  readonly root: Key;
  readonly subscribers: Key;
  readonly administrators: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.root = this.key("RootKey", "root", "Signs the issuing authorities' certificates and the root CRL");
    this.subscribers = this.key("SubscribersKey", "subscribers", "Signs subscribers' certificates and their CRL");
    this.administrators = this.key(
      "AdministratorsKey",
      "administrators",
      "Signs administrators' certificates and their CRL",
    );
  }

  /** Rights to every key of that kind, and the address of the one that is in use. */
  allow(kind: AuthorityName, ...rights: readonly (keyof typeof actions)[]): Need {
    return { value: this[kind].keyArn, rights: rights.map((right) => this.right(kind, right)) };
  }

  private right(kind: AuthorityName, right: keyof typeof actions): Right {
    const stack = Stack.of(this);
    const tags = {
      [`aws:ResourceTag/${kindTag}`]: kind,
      [`aws:ResourceTag/${stackTag}`]: stack.stackName,
    };
    return {
      actions: [actions[right]],
      resources: [
        stack.formatArn({
          service: "kms",
          resource: "key",
          resourceName: "*",
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      ],
      conditions: { StringEquals: right === "sign" ? { ...tags, ...digestsOnly } : tags },
    };
  }

  private key(name: string, kind: AuthorityName, description: string): Key {
    const key = new Key(this, name, {
      description,
      keySpec: KeySpec.RSA_4096,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    Tags.of(key).add(kindTag, kind);
    Tags.of(key).add(stackTag, Stack.of(this).stackName);
    return withLogicalId(key, name);
  }
}
