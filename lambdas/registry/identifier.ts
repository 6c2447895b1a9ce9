const letters = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Fills an array with random octets. */
export type Random = (octets: number) => Uint8Array;

/** `count` characters of [0-9a-z], without bias: octets from 252 up are thrown away. */
function characters(count: number, random: Random): string {
  let made = "";
  while (made.length < count) {
    for (const octet of random(count * 2)) {
      if (octet < 252 && made.length < count) made += letters[octet % 36];
    }
  }
  return made;
}

export const newTenantId = (random: Random): string => `t${characters(10, random)}`;

export type Noun = "service" | "organization" | "administrator" | "subscriber" | "certificate" | "notice" | "import";
const initials: Record<Noun, string> = {
  service: "s",
  organization: "o",
  administrator: "a",
  subscriber: "u",
  certificate: "c",
  notice: "n",
  import: "j",
};

/** A tenant's own thing. It carries the tenant in front, so that an operator's command needs no look-up to find it. */
export const newId = (tenantId: string, noun: Noun, random: Random): string =>
  `${tenantId}-${initials[noun]}${characters(12, random)}`;

/** Names one request of an operator, which comes without a key of its own. */
export const newActId = (random: Random): string => characters(26, random);

/** The tenant that an id belongs to. For operators only: a tenant's caller is known from its certificate, never from an id. */
export const tenantOf = (id: string): string => id.split("-", 1)[0] ?? "";
