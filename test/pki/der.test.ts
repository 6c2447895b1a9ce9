import { fromBER, Integer, ObjectIdentifier } from "asn1js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitString,
  context,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  setOf,
  tag,
  time,
  utf8String,
} from "../../lambdas/pki/der.ts";
import {
  DerError,
  elementAt,
  integerOf,
  namedBitsOf,
  objectIdentifierOf,
  onlyChildOf,
  textOf,
  timeOf,
  wholeElement,
} from "../../lambdas/pki/der-reader.ts";

const hex = (der: Uint8Array): string => Buffer.from(der).toString("hex");
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const otherReader = (der: Uint8Array) => fromBER(Uint8Array.from(der).buffer).result;

describe("writing DER", () => {
  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])(
    "gives %i octets the shortest length that another reader understands",
    (length) => {
      const der = octetString(new Uint8Array(length));
      expect(elementAt(der, 0).end).toBe(der.length);
      expect(otherReader(der).valueBlock.toJSON()).toMatchObject({ blockLength: length });
    },
  );

  it("writes the same INTEGERs as another library", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 160n }), (value) => {
        const der = integer(value);
        expect(hex(der)).toBe(Buffer.from(Integer.fromBigInt(value).toBER()).toString("hex"));
        expect(integerOf(der, elementAt(der, 0))).toBe(value);
      }),
    );
  });

  it("refuses negative INTEGERs", () => {
    expect(() => integer(-1)).toThrow(RangeError);
  });

  it.each(["1.2.840.113549.1.1.11", "2.5.4.3", "2.999.3", "1.3.6.1.4.1.311.20.2.3", "2.16.840.1.101.3.4.2.1"])(
    "writes %s as another library does",
    (dotted) => {
      const der = objectIdentifier(dotted);
      expect(hex(der)).toBe(Buffer.from(new ObjectIdentifier({ value: dotted }).toBER()).toString("hex"));
      expect(objectIdentifierOf(der, elementAt(der, 0))).toBe(dotted);
    },
  );

  it.each(["1.40.1", "3.1", "1", "1..2", "1.02.3", "1.2.a"])("refuses the object identifier %s", (dotted) => {
    expect(() => objectIdentifier(dotted)).toThrow();
  });

  it("leaves trailing zero bits off a named bit list", () => {
    expect(hex(namedBits(0))).toBe("03020780");
    expect(hex(namedBits(0, 2))).toBe("030205a0");
    expect(hex(namedBits(5, 6))).toBe("03020106");
  });

  it("orders a SET OF by its encodings", () => {
    expect(hex(setOf(utf8String("b"), utf8String("a")))).toBe("31060c01610c0162");
  });
});

describe("time", () => {
  it.each([
    ["2049-12-31T23:59:59Z", "170d3439313233313233353935395a"],
    ["2050-01-01T00:00:00Z", "180f32303530303130313030303030305a"],
    ["2028-02-29T12:00:00Z", "170d3238303232393132303030305a"],
    ["1950-01-01T00:00:00Z", "170d3530303130313030303030305a"],
    ["1949-12-31T23:59:59Z", "180f31393439313233313233353935395a"],
  ])("writes %s in the type of its year", (text, expected) => {
    const der = time(new Date(text));
    expect(hex(der)).toBe(expected);
    expect(timeOf(der, elementAt(der, 0))).toEqual(new Date(text));
  });

  it("cuts fractions of a second off", () => {
    expect(time(new Date("2030-01-01T00:00:00.999Z"))).toEqual(time(new Date("2030-01-01T00:00:00Z")));
  });

  it("refuses what is no date", () => {
    expect(() => time(new Date(Number.NaN))).toThrow(RangeError);
    expect(() => time(new Date("+010000-01-01T00:00:00Z"))).toThrow(RangeError);
  });

  it("comes back to the same second for every second of four digits", () => {
    const date = fc.date({
      min: new Date("1000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (any) => {
        const second = new Date(Math.floor(any.getTime() / 1000) * 1000);
        const der = time(second);
        expect(timeOf(der, elementAt(der, 0))).toEqual(second);
      }),
    );
  });
});

describe("reading DER", () => {
  it.each([
    ["an indefinite length", "30800000"],
    ["a length that is not minimal", "308101ff"],
    ["a long form with leading zero", "30820001ff"],
    ["a content that is cut off", "3002ff"],
    ["nothing", ""],
    ["a tag of several octets", "1f8101"],
    ["octets after the end", "300000"],
  ])("refuses %s", (_, text) => {
    expect(() => wholeElement(bytes(text))).toThrow(DerError);
  });

  it.each([
    ["a month 13", "170d3236313330313030303030305a"],
    ["a 30th of February", "170d3236303233303030303030305a"],
    ["an hour 24", "170d3236303130313234303030305a"],
    ["no seconds", "170b323630313031303030305a"],
    ["another zone", "1711323630313031303030303030 2b30393030".replace(" ", "")],
  ])("refuses a time with %s", (_, text) => {
    expect(() => timeOf(bytes(text), elementAt(bytes(text), 0))).toThrow(DerError);
  });

  it.each([
    ["negative", "0201ff"],
    ["padded", "02020001"],
    ["empty", "0200"],
  ])("refuses an INTEGER that is %s", (_, text) => {
    expect(() => integerOf(bytes(text), elementAt(bytes(text), 0))).toThrow(DerError);
  });

  it.each([
    ["cut off", "060186"],
    ["empty", "0600"],
    ["padded", "06032b8001"],
  ])("refuses an OBJECT IDENTIFIER that is %s", (_, text) => {
    expect(() => objectIdentifierOf(bytes(text), elementAt(bytes(text), 0))).toThrow(DerError);
  });

  it("reads named bits", () => {
    expect(namedBitsOf(namedBits(0), elementAt(namedBits(0), 0))).toBe(0x80);
    expect(namedBitsOf(namedBits(5, 6), elementAt(namedBits(5, 6), 0))).toBe(0x06);
  });

  it.each([
    ["trailing zero bits", "03020080"],
    ["ones among the unused bits", "03020781"],
    ["no bits", "030100"],
    ["nine bits", "0303078080"],
    ["eight unused bits", "03020880"],
    ["39 unused bits", "03022780"],
  ])("refuses named bits with %s", (_, text) => {
    expect(() => namedBitsOf(bytes(text), elementAt(bytes(text), 0))).toThrow(DerError);
  });

  it("finds the only child, and refuses a second one or none", () => {
    const [one, two, none] = [context(0, integer(5)), context(0, integer(5), integer(6)), context(0)];
    expect(onlyChildOf(one, elementAt(one, 0), tag.integer)).toEqual(elementAt(one, 2));
    expect(() => onlyChildOf(two, elementAt(two, 0), tag.integer)).toThrow(DerError);
    expect(() => onlyChildOf(none, elementAt(none, 0), tag.integer)).toThrow(DerError);
  });

  it("reads text in the encoding of its type alone", () => {
    const text = (der: Uint8Array): string | undefined => textOf(der, elementAt(der, 0));
    expect(text(utf8String("営業部"))).toBe("営業部");
    expect(text(bytes("1e0255b6"))).toBe("営");
    expect(text(bytes("0c01ff"))).toBeUndefined();
    expect(text(bytes("040161"))).toBeUndefined();
  });

  it("never throws anything but DerError, whatever the octets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
        try {
          wholeElement(octets);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads a slice of a larger buffer by its own offsets", () => {
    const large = Buffer.concat([Buffer.alloc(7), context(0, bitString(Uint8Array.of(1)), integer(5))]);
    const der = large.subarray(7);
    const element = elementAt(der, elementAt(der, 0).content + 4);
    expect(integerOf(der, element)).toBe(5n);
  });
});
