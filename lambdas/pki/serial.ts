/**
 * Certificate serial numbers. In the product a serial number is lower-case hex of 16 octets, as in the
 * DER of the certificate; the octets are random (RFC 5280 §4.1.2.2 allows up to 20, positive).
 */
import { randomBytes } from "node:crypto";
import { unsignedInteger } from "./der.ts";

const OCTETS = 16;

/** A new serial number: 16 CSPRNG octets, first octet 01 to 7f so that it is positive and always 16 long. */
export function newSerial(): string {
  for (;;) {
    const octets = randomBytes(OCTETS);
    const first = octets.readUInt8(0) & 0x7f;
    if (first === 0) continue;
    octets.writeUInt8(first, 0);
    return octets.toString("hex");
  }
}

/** True for what `newSerial` makes and for nothing else; for input at the edge. */
export const isSerial = (text: string): boolean => /^[0-7][0-9a-f]{31}$/.test(text) && !text.startsWith("00");

/** DER INTEGER of a serial number in hex (any even number of digits). Throws RangeError. */
export function serialInteger(serialNumber: string): Uint8Array {
  if (!/^([0-9a-f]{2}){1,20}$/.test(serialNumber))
    throw new RangeError("a serial number is lower-case hex of 1 to 20 octets");
  return unsignedInteger(Buffer.from(serialNumber, "hex"));
}

/** The number itself, as other programs print it in decimal. */
export const serialValue = (serialNumber: string): bigint => BigInt(`0x${serialNumber}`);
