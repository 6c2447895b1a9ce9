import { CfnCondition, CfnParameter, Fn } from "aws-cdk-lib";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";

/** What differs between two installations of the same template. */
export class Parameters extends Construct {
  readonly adminHost: string;
  readonly downloadHost: string;
  readonly repositoryHost: string;
  readonly adminCertificateArn: string;
  readonly downloadCertificateArn: string;
  readonly repositoryCertificateArn: string;
  readonly senderAddress: string;
  readonly brand: string;
  /** Object identifier of the provider's certificate policy, or "none". */
  readonly policy: string;
  /** Hours until nextUpdate of the issuing authorities' CRLs. */
  readonly crlLifetimeHours: string;
  /** Days until a certificate's key is destroyed, counted from its first download. */
  readonly keyRetentionDays: string;

  /** How S3 locks the audit's files, and for how many days. */
  readonly auditLockMode: string;
  readonly auditRetentionDays: string;
  /** Whether concurrency is kept for what must not stand still; an account may have too little to keep any. */
  readonly keepsConcurrency: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const host = { allowedPattern: "^[a-z0-9.-]+(:[0-9]+)?$", constraintDescription: "a host name in lower case" };
    const certificate = {
      allowedPattern: "^arn:[^:]+:acm:[^:]+:[0-9]*:certificate/.+$",
      constraintDescription: "the ARN of an ACM certificate",
    };
    this.adminHost = this.text("AdminHost", "Host name of the administrators' site", host);
    this.downloadHost = this.text("DownloadHost", "Host name of the download site", host);
    this.repositoryHost = this.text("RepositoryHost", "Host name in the certificates' CRL and CA addresses", host);
    this.adminCertificateArn = this.text(
      "AdminCertificateArn",
      "Certificate of AdminHost, in this region",
      certificate,
    );
    this.downloadCertificateArn = this.text(
      "DownloadCertificateArn",
      "Certificate of DownloadHost, in this region; not the administrators' one (HTTP/2 connection coalescing)",
      certificate,
    );
    this.repositoryCertificateArn = this.text(
      "RepositoryCertificateArn",
      "Certificate of RepositoryHost, in us-east-1",
      certificate,
    );
    this.senderAddress = this.text("SenderAddress", "Mail address that notices come from", {
      allowedPattern: "^[^@ ]+@[^@ ]+$",
      constraintDescription: "a mail address",
    });
    // The authorities' names are made of it and must fit the 64 characters of a CN (RFC 5280 appendix A.1).
    this.brand = this.text("Brand", "The provider's name on pages, in mails and in certificates", {
      default: "Warifu",
      minLength: 1,
      maxLength: 40,
      allowedPattern: "^[^\\s\\p{C}]+( [^\\s\\p{C}]+)*$",
      constraintDescription: "1 to 40 visible characters, with single blanks inside at most",
    });
    this.policy = this.text(
      "CertificatePolicy",
      "Object identifier of the provider's certificate policy; those below it are its companies' own",
      {
        default: "none",
        // X.660: below 0 and 1 the second arc ends at 39.
        allowedPattern: "^(none|([01]\\.[1-3]?[0-9]|2\\.(0|[1-9][0-9]*))(\\.(0|[1-9][0-9]*))+)$",
        constraintDescription: "dotted numbers, such as 1.2.392.200000.1, or none",
      },
    );
    // Three hours without a new list raise an alarm: six leave time to act on it.
    this.crlLifetimeHours = this.text(
      "CrlLifetimeHours",
      "Hours that a relying party may keep a CRL (its nextUpdate); a new one is signed every hour and after each revocation",
      {
        default: "24",
        allowedPattern: "^([6-9]|[1-9][0-9]|1[0-5][0-9]|16[0-8])$",
        constraintDescription: "a whole number of hours, 6 to 168",
      },
    );
    this.keyRetentionDays = this.text(
      "KeyRetentionDays",
      "Days from the first download until a private key is destroyed",
      {
        default: "14",
        allowedPattern: "^[1-9][0-9]{0,3}$",
        constraintDescription: "a whole number of days, 1 to 9999",
      },
    );
    // Nobody, not AWS either, shortens COMPLIANCE: the bucket stays, and is paid for, until the last file's days are over.
    this.auditLockMode = this.text("AuditLockMode", "S3 Object Lock of the audit's files: GOVERNANCE or COMPLIANCE", {
      default: "GOVERNANCE",
      allowedPattern: "^(GOVERNANCE|COMPLIANCE)$",
      constraintDescription: "GOVERNANCE or COMPLIANCE",
    });
    this.auditRetentionDays = this.text("AuditRetentionDays", "Days for which the audit's files are locked", {
      default: "2557",
      allowedPattern: "^[1-9][0-9]{0,4}$",
      constraintDescription: "a whole number of days, 1 to 36500 (S3's limit is 100 years)",
    });
    const keeps = this.text(
      "KeepConcurrency",
      "yes keeps Lambda concurrency for issuing, CRLs and the nightly work, if the account's quota is 200 or more",
      { default: "no", allowedPattern: "^(yes|no)$", constraintDescription: "yes or no" },
    );
    const condition = new CfnCondition(this, "KeepsConcurrency", { expression: Fn.conditionEquals(keeps, "yes") });
    this.keepsConcurrency = withLogicalId(condition, "KeepsConcurrency");
  }

  get adminUrl(): string {
    return Fn.join("", ["https://", this.adminHost, "/"]);
  }

  get downloadUrl(): string {
    return Fn.join("", ["https://", this.downloadHost, "/"]);
  }

  /** Plain http: a CRL is fetched before any certificate can be trusted (RFC 5280 4.2.1.13). */
  get repositoryUrl(): string {
    return Fn.join("", ["http://", this.repositoryHost, "/"]);
  }

  private text(
    name: string,
    description: string,
    rules: {
      default?: string;
      minLength?: number;
      maxLength?: number;
      allowedPattern?: string;
      constraintDescription?: string;
    },
  ): string {
    return withLogicalId(new CfnParameter(this, name, { type: "String", description, ...rules }), name).valueAsString;
  }
}
