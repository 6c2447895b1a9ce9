/** All lint rules, in the order of the fields in the certificate. */
import { authorityInfoAccess } from "./authority-info-access.ts";
import { authorityKeyIdentifier } from "./authority-key-identifier.ts";
import { basicConstraints } from "./basic-constraints.ts";
import { certificatePolicies } from "./certificate-policies.ts";
import { derEncoding } from "./der-encoding.ts";
import { distributionPoint } from "./distribution-point.ts";
import { duplicateExtensions } from "./duplicate-extensions.ts";
import { extendedKeyUsage } from "./extended-key-usage.ts";
import { issuer } from "./issuer.ts";
import { keyUsage } from "./key-usage.ts";
import { knownExtensions } from "./known-extensions.ts";
import type { Lint } from "./linted.ts";
import { publicKey } from "./public-key.ts";
import { serial } from "./serial.ts";
import { signatureAlgorithm } from "./signature-algorithm.ts";
import { subjectAlternativeName } from "./subject-alternative-name.ts";
import { subjectKeyIdentifier } from "./subject-key-identifier.ts";
import { subjectOrder } from "./subject-order.ts";
import { subjectText } from "./subject-text.ts";
import { subjectTypes } from "./subject-types.ts";
import { timeEncoding } from "./time-encoding.ts";
import { validityInsideAuthority } from "./validity-inside-authority.ts";
import { validity } from "./validity.ts";
import { version } from "./version.ts";

export const rules: readonly Lint[] = [
  derEncoding,
  version,
  serial,
  signatureAlgorithm,
  issuer,
  timeEncoding,
  validity,
  validityInsideAuthority,
  subjectOrder,
  subjectTypes,
  subjectText,
  publicKey,
  duplicateExtensions,
  knownExtensions,
  basicConstraints,
  keyUsage,
  extendedKeyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
  authorityKeyIdentifier,
  distributionPoint,
  authorityInfoAccess,
  certificatePolicies,
];
