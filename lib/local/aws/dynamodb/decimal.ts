import { invalid } from "./parameters.ts";

/** An exact number: ±0.d₁d₂d₃… × 10^exponent, without leading or trailing zeros; no digits is zero. */
type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: number };

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
const PLAIN = /^(?:0|-?[1-9]\d{0,36}|-?[1-9]\d{0,17}\.\d{0,17}[1-9])$/;

function parse(text: string): Decimal {
  const match = FORM.exec(text);
  const whole = match?.[2] ?? "";
  const all = whole + (match?.[3] ?? "");
  if (match === null || all === "") {
    throw invalid(`The parameter cannot be converted to a numeric value${text === "" ? "" : `: ${text}`}`);
  }
  const trimmed = all.replace(/^0+/, "");
  const digits = trimmed.replace(/0+$/, "");
  if (digits === "") return { negative: false, digits, exponent: 0 };
  const exponent = whole.length + Number(match[4] ?? 0) - (all.length - trimmed.length);
  return bounded({ negative: match[1] === "-", digits, exponent });
}

// Developer guide, "Data types: number": 38 significant digits, magnitudes 1E-130 to 9.99…E+125.
function bounded(number: Decimal): Decimal {
  if (number.exponent - 1 > 125) {
    throw invalid("Number overflow. Attempting to store a number with magnitude larger than supported range");
  }
  if (number.exponent - 1 < -130) {
    throw invalid("Number underflow. Attempting to store a number with magnitude smaller than supported range");
  }
  if (number.digits.length > 38) throw invalid("Attempting to store more than 38 significant digits in a Number");
  return number;
}

function format({ negative, digits, exponent }: Decimal): string {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent <= 0) return `${sign}0.${"0".repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return sign + digits + "0".repeat(exponent - digits.length);
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** The canonical form of a number, which is stored and returned; refuses invalid and out-of-range ones. */
export function normalizeNumber(text: string): string {
  return PLAIN.test(text) ? text : format(parse(text));
}

/** Negative, zero or positive as a is below, at or above b. */
export function compareNumbers(a: string, b: string): number {
  return Buffer.compare(encodeNumber(a), encodeNumber(b));
}

/** a + b exactly, or a − b; refuses a result that needs more than 38 digits. */
export function addNumbers(a: string, b: string, subtract = false): string {
  const [left, right] = [parse(a), parse(b)];
  const scale = Math.min(left.exponent - left.digits.length, right.exponent - right.digits.length);
  const integer = ({ negative, digits, exponent }: Decimal): bigint => {
    const size = BigInt(digits === "" ? "0" : digits + "0".repeat(exponent - digits.length - scale));
    return negative ? -size : size;
  };
  const sum = subtract ? integer(left) - integer(right) : integer(left) + integer(right);
  return format(parse(`${sum}e${scale}`));
}

/** How many bytes a number takes in an item: one per two digits, one more, and one for a sign. */
export function numberSize(text: string): number {
  const { digits, negative } = parse(text);
  return 1 + Math.ceil(digits.length / 2) + (negative ? 1 : 0);
}

/** Bytes whose order is the order of the numbers: sign and exponent, then two digits in each byte; negatives inverted. */
export function encodeNumber(text: string): Buffer {
  const { negative, digits, exponent } = parse(text);
  if (digits === "") return Buffer.from([0x80]);
  const power = 0x8200 + exponent;
  const bytes = [power >> 8, power & 0xff];
  for (let i = 0; i < digits.length; i += 2) bytes.push(Number(digits.slice(i, i + 2).padEnd(2, "0")) + 1);
  if (!negative) return Buffer.from(bytes);
  // Longer is smaller below zero, so a terminator above every inverted byte ends it.
  return Buffer.from([...bytes.map((byte) => 0xff - byte), 0xff]);
}
