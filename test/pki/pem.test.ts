import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromPem, toPem } from "../../lambdas/pki/pem.ts";
import { authorities } from "./authorities.ts";

const { root, issuing } = await authorities();

describe("toPem", () => {
  it("writes what node reads and writes itself", () => {
    const pem = toPem("CERTIFICATE", root.certificate);
    expect(new X509Certificate(pem).toString()).toBe(pem);
  });
});

describe("fromPem", () => {
  it("reads every block with the label, whatever stands around", () => {
    const text = `subject=x\r\n${toPem("CERTIFICATE", root.certificate).replaceAll("\n", "\r\n")}${toPem("PUBLIC KEY", root.keys.spki)}${toPem("CERTIFICATE", issuing.certificate)}`;
    expect(fromPem("CERTIFICATE", text).map((der) => Buffer.from(der).toString("hex"))).toEqual(
      [root.certificate, issuing.certificate].map((der) => Buffer.from(der).toString("hex")),
    );
  });

  it("says which block is missing", () => {
    expect(() => fromPem("X509 CRL", toPem("CERTIFICATE", root.certificate))).toThrow('no PEM block "X509 CRL"');
  });

  it("gives back any octets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (octets) => {
        expect(fromPem("X509 CRL", toPem("X509 CRL", octets))).toEqual([octets]);
      }),
    );
  });
});
