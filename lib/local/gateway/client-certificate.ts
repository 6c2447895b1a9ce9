import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { clockShift } from "../aws/clock.ts";

/** A client certificate in the form of an event's `requestContext.identity.clientCert`. */
export type ClientCertificate = {
  readonly clientCertPem: string;
  readonly subjectDN: string;
  readonly issuerDN: string;
  readonly serialNumber: string;
  readonly validity: { readonly notBefore: string; readonly notAfter: string };
};

/** The certificates of a trust store. */
export type TrustStore = readonly X509Certificate[];

/** Reads a bundle of PEM certificates. Throws if it contains none. */
export function trustStoreOf(pem: string): TrustStore {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g);
  if (!blocks) throw new Error("the trust store holds no PEM certificate");
  return blocks.map((block) => new X509Certificate(block));
}

const issuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isCurrent = (certificate: X509Certificate): boolean =>
  new Date(certificate.validFrom).getTime() <= Date.now() && Date.now() <= new Date(certificate.validTo).getTime();

/**
 * True if a chain leads from the certificate to a self-signed one of the store through certificates of the store only.
 * API Gateway looks for the issuer in the store: an intermediate that the client sends is not enough.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
function isTrusted(certificate: X509Certificate, store: TrustStore, depth = 4): boolean {
  if (!isCurrent(certificate) || depth === 0) return false;
  return store.some(
    (issuer) =>
      issuedBy(certificate, issuer) &&
      isCurrent(issuer) &&
      (issuedBy(issuer, issuer) || isTrusted(issuer, store, depth - 1)),
  );
}

const outOfTime = new Set(["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED"]);
const clientAuth = "1.3.6.1.5.5.7.3.2";

/**
 * TLS has accepted the certificate. It judges by the system's clock: in a run with a clock of its own, a certificate that
 * TLS refuses for its time alone is for `isTrusted` to judge, which looks at signatures and time, and for a client's.
 */
const isAccepted = ({ authorized, authorizationError }: TLSSocket, { keyUsage }: X509Certificate): boolean =>
  authorized ||
  (clockShift() !== 0 && outOfTime.has(String(authorizationError)) && (keyUsage ?? []).includes(clientAuth));

/** RFC 4514 string, which begins with the last attribute, as API Gateway's event has it. */
const distinguishedName = (lines: string): string => lines.split("\n").toReversed().join(",");

/** The certificate that the client of a connection presented. */
export function presented(socket: TLSSocket): X509Certificate | undefined {
  return socket.getPeerX509Certificate();
}

/** The clients of accepted connections: as with a TLS handshake, each connection is checked once. */
const admitted = new WeakMap<TLSSocket, ClientCertificate>();

/** The client of a connection in the form of the event; undefined if the store does not trust its certificate. */
export function clientOf(socket: TLSSocket, store: TrustStore): ClientCertificate | undefined {
  const known = admitted.get(socket);
  if (known !== undefined) return known;
  const certificate = presented(socket);
  if (!certificate || !isAccepted(socket, certificate) || !isTrusted(certificate, store)) return undefined;
  const client = describe(certificate);
  admitted.set(socket, client);
  return client;
}

function describe(certificate: X509Certificate): ClientCertificate {
  return {
    clientCertPem: certificate.toString(),
    subjectDN: distinguishedName(certificate.subject),
    issuerDN: distinguishedName(certificate.issuer),
    // API Gateway writes the octets in lower case, with colons.
    serialNumber: (certificate.serialNumber.toLowerCase().match(/../g) ?? []).join(":"),
    validity: { notBefore: certificate.validFrom, notAfter: certificate.validTo },
  };
}
