/** What each deployed function is given through its environment: the stack sets exactly these, the entry reads exactly these. */
const business = ["REGISTRY_TABLE", "CERTIFICATES_TABLE", "ACCESS_TABLE", "AUDIT_TABLE"] as const;
/** What both issuers are given; each has its own authority's key and publication queue besides. */
const issuing = [
  ...business,
  "MATERIALS_TABLE",
  "ORDERS_TABLE",
  "LEDGER_TABLE",
  "AUTHORITIES_TABLE",
  "SEALING_KEY",
  "MAIL_QUEUE",
  "REPOSITORY_URL",
  "CERTIFICATE_POLICY",
] as const;

const publishing = ["LEDGER_TABLE", "AUTHORITIES_TABLE", "REPOSITORY_BUCKET", "CRL_LIFETIME_HOURS", "BRAND"] as const;

export const environments = {
  "admin-api": [
    ...business,
    "ORDERS_TABLE",
    "MATERIALS_TABLE",
    "LEDGER_TABLE",
    "AUTHORITIES_TABLE",
    "ADMISSIONS_TABLE",
    "IMPORTS_TABLE",
    "UPLOADS_BUCKET",
    "PACKAGE_LINKS_FUNCTION",
    "IMPORT_QUEUE",
    "ISSUANCE_QUEUE",
    "MAIL_QUEUE",
    "PUBLICATION_QUEUE",
    "ADMIN_URL",
    "BRAND",
  ],
  "download-api": [
    ...business,
    "MATERIALS_TABLE",
    "AUTHORITIES_TABLE",
    "SEALING_KEY",
    "DOWNLOADS_BUCKET",
    "REPOSITORY_URL",
    "BRAND",
    "KEY_RETENTION_DAYS",
  ],
  issuer: [...issuing, "SUBSCRIBERS_KEY", "IMPORTS_TABLE", "PUBLICATION_QUEUE"],
  "administrators-issuer": [...issuing, "ADMINISTRATORS_KEY", "ADMISSIONS_TABLE", "ADMINISTRATORS_PUBLICATION_QUEUE"],
  "crl-publisher": [...publishing, "SUBSCRIBERS_KEY"],
  "administrators-crl-publisher": [...publishing, "ADMINISTRATORS_KEY"],
  mailer: [
    "REGISTRY_TABLE",
    "CERTIFICATES_TABLE",
    "ACCESS_TABLE",
    "DOWNLOAD_URL",
    "ADMIN_URL",
    "BRAND",
    "SENDER",
    "CONFIGURATION_SET",
  ],
  nightly: [
    ...business,
    "DOWNLOADS_BUCKET",
    "MATERIALS_TABLE",
    "LEDGER_TABLE",
    "ADMISSIONS_TABLE",
    "IMPORTS_TABLE",
    "IMPORT_QUEUE",
    "ROW_QUEUE",
    "PACKAGE_QUEUE",
    "ISSUANCE_QUEUE",
    "ADMINISTRATORS_ISSUANCE_QUEUE",
    "MAIL_QUEUE",
    "PUBLICATION_QUEUE",
    "ADMINISTRATORS_PUBLICATION_QUEUE",
  ],
  operator: [
    ...business,
    "ORDERS_TABLE",
    "MATERIALS_TABLE",
    "LEDGER_TABLE",
    "AUTHORITIES_TABLE",
    "ADMISSIONS_TABLE",
    "IMPORTS_TABLE",
    "UPLOADS_BUCKET",
    "PACKAGE_LINKS_FUNCTION",
    "IMPORT_QUEUE",
    "SEALING_KEY",
    "ADMINISTRATORS_ISSUANCE_QUEUE",
    "MAIL_QUEUE",
    "PUBLICATION_QUEUE",
    "ADMINISTRATORS_PUBLICATION_QUEUE",
    "NIGHTLY_QUEUE",
    "REPOSITORY_BUCKET",
    "DEAD_LETTER_QUEUES",
    "ARCHIVE_BUCKET",
    "BRAND",
    "CERTIFICATE_POLICY",
  ],
  importer: [
    "REGISTRY_TABLE",
    "AUTHORITIES_TABLE",
    "ACCESS_TABLE",
    "AUDIT_TABLE",
    "IMPORTS_TABLE",
    "UPLOADS_BUCKET",
    "IMPORT_QUEUE",
    "ROW_QUEUE",
    "PACKAGE_QUEUE",
    "MAIL_QUEUE",
  ],
  "row-worker": [
    "REGISTRY_TABLE",
    "CERTIFICATES_TABLE",
    "ORDERS_TABLE",
    "LEDGER_TABLE",
    "AUTHORITIES_TABLE",
    "AUDIT_TABLE",
    "IMPORTS_TABLE",
    "ISSUANCE_QUEUE",
    "PUBLICATION_QUEUE",
    "BRAND",
  ],
  packager: [
    ...business,
    "MATERIALS_TABLE",
    "AUTHORITIES_TABLE",
    "IMPORTS_TABLE",
    "SEALING_KEY",
    "KEY_RETENTION_DAYS",
    "PACKAGES_BUCKET",
    "MAIL_QUEUE",
  ],
  "package-links": [
    "REGISTRY_TABLE",
    "ACCESS_TABLE",
    "AUDIT_TABLE",
    "IMPORTS_TABLE",
    "PACKAGES_BUCKET",
    "PACKAGE_QUEUE",
    "MAIL_QUEUE",
  ],
  bootstrap: [
    "AUTHORITIES_TABLE",
    "ROOT_KEY",
    "SUBSCRIBERS_KEY",
    "ADMINISTRATORS_KEY",
    "REPOSITORY_BUCKET",
    "TRUST_BUCKET",
    "PUBLICATION_QUEUE",
    "ADMINISTRATORS_PUBLICATION_QUEUE",
    "REPOSITORY_URL",
    "BRAND",
  ],
  "audit-exporter": ["REGISTRY_TABLE", "AUDIT_TABLE", "ARCHIVE_BUCKET"],
  "site-publisher": ["ADMIN_SITE_BUCKET", "DOWNLOAD_SITE_BUCKET", "UPLOADS_BUCKET"],
} as const satisfies Record<string, readonly string[]>;

export type Entry = keyof typeof environments;
export type Environment<E extends Entry> = Readonly<Record<(typeof environments)[E][number], string>>;

/** Reads an entry's environment once, at start; a missing name stops the function with that name. */
export function environmentOf<E extends Entry>(entry: E, source = process.env): Environment<E> {
  const read: Record<string, string> = {};
  for (const name of environments[entry]) {
    const value = source[name];
    if (value === undefined || value === "") throw new Error(`${entry}: environment variable ${name} is missing`);
    read[name] = value;
  }
  return read as Environment<E>;
}
