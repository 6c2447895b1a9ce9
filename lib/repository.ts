import { Duration } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { AuthorityName, Issuer } from "./authority-keys.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";
import type { Parameters } from "./parameters.ts";
import { privateBucket } from "./private-bucket.ts";

/** CA certificates and CRLs at the addresses that certificates name. */
export class Repository extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, parameters: Parameters) {
    super(scope, id);
    this.bucket = privateBucket(this, "RepositoryBucket");
    // A revocation is published within 60 s, so the cache keeps a CRL for only a few of them.
    const fresh = new CachePolicy(this, "Fresh", {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(10),
      maxTtl: Duration.seconds(10),
    });
    this.distribution = withLogicalId(
      new Distribution(this, "Distribution", {
        domainNames: [parameters.repositoryHost],
        certificate: Certificate.fromCertificateArn(this, "Certificate", parameters.repositoryCertificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        httpVersion: HttpVersion.HTTP2_AND_3,
        defaultRootObject: "index.html",
        comment: "CA certificates and CRLs",
        defaultBehavior: {
          origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
          // A client fetches the CRL while it checks a TLS certificate, so it must be served without TLS.
          viewerProtocolPolicy: ViewerProtocolPolicy.ALLOW_ALL,
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
          cachePolicy: fresh,
          compress: false,
          responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
        },
      }),
      "RepositoryDistribution",
    );
  }

  get read(): Need {
    return this.allow();
  }

  /** To publish the authorities' certificates and the root's CRL. */
  get publishAuthorities(): Need {
    return this.allow("ca/*", "crl/root.crl");
  }

  /** To publish an issuer's CRL and what is made of it, and to put back the other CRLs that are watched. */
  publishCrls(issuer: Issuer, watched: readonly AuthorityName[]): Need {
    return this.allow(...watched.map((name) => `crl/${name}.crl`), `crl/${issuer}-all.pem`, "index.html");
  }

  /** To read everything, and to put these. Without ListBucket S3 answers 403 instead of 404 for a missing object. */
  private allow(...put: readonly string[]): Need {
    const objects = (keys: readonly string[]) => keys.map((key) => this.bucket.arnForObjects(key));
    return {
      value: this.bucket.bucketName,
      rights: [
        { actions: ["s3:GetObject"], resources: objects(["*"]) },
        ...(put.length === 0 ? [] : [{ actions: ["s3:PutObject"], resources: objects(put) }]),
        { actions: ["s3:ListBucket"], resources: [this.bucket.bucketArn] },
      ],
    };
  }
}
