import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { loginHash } from "../../lambdas/access/login.ts";
import { access } from "../../lambdas/aws/access.ts";
import { signIn } from "../../lambdas/downloads/sign-in.ts";
import { refusal, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

const context = { ...by.context, access: access(by.client, "AccessTable") };
const password = "correct-horse";
const certificate = await by.certificate(here);
const id = certificate.certificateEmail;
const material = {
  sealedKey: Buffer.from("key"),
  sealedPassword: Buffer.from("password"),
  tbs: Buffer.from("tbs"),
  loginHash: loginHash(id, password),
};
await by.context.materials.keep(here.tenantId, certificate.certificateId, material);
await by.context.commit([context.access.addCredential(material.loginHash, certificate)]);

const seconds = (count: number) => (by.clock.now = new Date(by.clock.now.getTime() + count * 1000));
const attempt = (given: string, address = "192.0.2.1", name = id) =>
  signIn(context, { id: name, password: given, address });
const wrong = async (address?: string) => {
  const { kind, facts } = (await refusal(attempt("wrong", address))) as { kind: string; facts: object };
  return kind === "tooManyTries" ? facts : kind;
};

describe("a credential that somebody writes into the table", () => {
  it("opens no certificate whose own login it is not", async () => {
    await by.context.commit([context.access.addCredential(loginHash("mallory@mytest.jp", "chosen"), certificate)]);
    expect(await refusal(attempt("chosen", "192.0.2.9", "mallory@mytest.jp"))).toMatchObject({ kind: "signInFailed" });
  });
});

describe("signing in", () => {
  // Every test a day later: what was counted before is forgotten.
  beforeEach(() => seconds(2 * 86_400));

  it("takes five tries without delay, then makes the wait longer and longer, up to a quarter of an hour", async () => {
    for (let tries = 1; tries <= 5; tries++) expect(await wrong()).toBe("signInFailed");
    for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      expect(await wrong()).toEqual({ seconds: wait });
      seconds(wait - 0.5);
      expect(await wrong()).toEqual({ seconds: 1 });
      seconds(0.5);
      expect(await wrong()).toBe("signInFailed");
    }
    expect(await wrong("192.0.2.2")).toBe("signInFailed");
  });

  it("answers five of two hundred wrong tries side by side, and no more", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => wrong()));
    expect(answers.filter((answer) => answer === "signInFailed")).toHaveLength(5);
    expect(answers.filter((answer) => answer !== "signInFailed")).toEqual(
      Array.from({ length: 195 }, () => ({ seconds: 1 })),
    );
    expect(await wrong()).toEqual({ seconds: 1 });
  });

  it("answers no try with the right password that comes sixth, and gives back what right ones cost, side by side too", async () => {
    for (let tries = 1; tries <= 2; tries++) expect(await wrong()).toBe("signInFailed");
    for (let round = 1; round <= 5; round++) {
      await Promise.all([1, 2, 3].map(() => attempt(password)));
    }
    for (let tries = 1; tries <= 5; tries++) await wrong();
    expect(await refusal(attempt(password))).toMatchObject({ kind: "tooManyTries" });
  });

  it("slows down who tries ID after ID from one address, and makes nobody there wait for more than a second", async () => {
    const other = "192.0.2.77";
    const name = (at: number) => `nobody-${at}@mytest.jp`;
    for (let from = 0; from < 300; from += 50) {
      const tries = Array.from({ length: 50 }, (_, at) => refusal(attempt("wrong", other, name(from + at))));
      expect((await Promise.all(tries)).every((one) => (one as { kind: string }).kind === "signInFailed")).toBe(true);
    }
    const tooMany = { kind: "tooManyTries", facts: { seconds: 1 } };
    expect(await refusal(attempt("wrong", other, name(300)))).toMatchObject(tooMany);
    expect(await refusal(attempt(password, other))).toMatchObject(tooMany);
    expect((await attempt(password)).certificate.certificateId).toBe(certificate.certificateId);
    seconds(1);
    expect((await attempt(password, other)).certificate.certificateId).toBe(certificate.certificateId);
    for (let at = 301; at < 310; at++) {
      expect(await refusal(attempt("wrong", other, name(at)))).toMatchObject({ kind: "signInFailed" });
      expect(await refusal(attempt("wrong", other, name(at)))).toMatchObject(tooMany);
      seconds(1);
    }
  });

  it("forgets after a day without another one, though the count still stands in the table", async () => {
    for (let tries = 1; tries <= 5; tries++) await wrong();
    expect(await wrong()).toEqual({ seconds: 1 });
    seconds(86_400);
    for (let tries = 1; tries <= 5; tries++) expect(await wrong()).toBe("signInFailed");
    expect(await wrong()).toEqual({ seconds: 1 });
  });

  it("forgets at once with the right password, which has to wait like a wrong one", async () => {
    for (let tries = 1; tries <= 5; tries++) await wrong();
    expect(await refusal(attempt(password))).toMatchObject({ kind: "tooManyTries" });
    seconds(1);
    expect((await attempt(password)).certificate.certificateId).toBe(certificate.certificateId);
    for (let tries = 1; tries <= 5; tries++) expect(await wrong()).toBe("signInFailed");
  });

  it("takes ID and password as a phone or the clipboard gives them, and counts none of these tries", async () => {
    const fullWidth = (text: string) =>
      text.replaceAll(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
    const typed = [` ${password} `, `\u200b${password}`, "Correct-horse", "correct- horse", fullWidth(password)];
    for (const given of [...typed, ...typed]) {
      expect((await attempt(given)).certificate.certificateId).toBe(certificate.certificateId);
    }
    for (const name of [`${id} `, id.toUpperCase(), fullWidth(id), `\ufeff${id}`]) {
      expect((await attempt(password, "192.0.2.1", name)).certificate.certificateId).toBe(certificate.certificateId);
    }
    // One budget, however the ID is typed.
    for (let tries = 1; tries <= 5; tries++) {
      const name = [id, id.toUpperCase(), ` ${id}`, fullWidth(id), `${id}\u200b`][tries - 1];
      expect(await refusal(attempt("wrong", "192.0.2.1", name))).toMatchObject({ kind: "signInFailed" });
    }
    expect(await wrong()).toEqual({ seconds: 1 });
  });

  it("opens a certificate to its last second, then tells so whoever has its password, and nobody else", async () => {
    const { notAfter } = certificate;
    by.clock.now = new Date(Date.parse(notAfter) + 999);
    expect((await attempt(password)).certificate.certificateId).toBe(certificate.certificateId);
    by.clock.now = new Date(Date.parse(notAfter) + 1000);
    expect(await refusal(attempt(password))).toMatchObject({ kind: "certificateExpired" });
    for (let tries = 1; tries <= 5; tries++) expect(await wrong()).toBe("signInFailed");
    expect(await wrong()).toEqual({ seconds: 1 });
  });

  it("makes nobody wait who gives the right password of an expired certificate", async () => {
    by.clock.now = new Date(Date.parse(certificate.notAfter) + 5 * 86_400_000);
    for (let tries = 1; tries <= 8; tries++) {
      expect(await refusal(attempt(password))).toMatchObject({ kind: "certificateExpired" });
    }
  });

  it("tells whoever has the password that the private key was destroyed", async () => {
    const due = new Date(by.clock.now.getTime() + 1000);
    const { tenantId, certificateId } = certificate;
    await by.context.commit([by.context.materials.destroyKey(tenantId, certificateId, due)]);
    by.clock.now = new Date(start);
    for (let tries = 1; tries <= 8; tries++) {
      expect(await refusal(attempt(password))).toMatchObject({ kind: "keyDestroyed" });
    }
  });

  it("tells whoever has the password that the certificate was revoked, expired or not, and nobody else", async () => {
    const revokedAt = by.clock.now.toISOString();
    const state = { status: "revoked", issuedAt: start, revokedAt, revocationReason: "superseded" } as const;
    await by.context.commit([by.context.certificates.move(certificate, ["issued"], state)]);
    for (const days of [0, 400]) {
      by.clock.now = new Date(Date.parse(start) + days * 86_400_000);
      for (let tries = 1; tries <= 8; tries++) {
        expect(await refusal(attempt(password))).toMatchObject({ kind: "certificateRevoked" });
      }
      expect(await wrong()).toBe("signInFailed");
      expect(await refusal(attempt(password, "192.0.2.1", "nobody@mytest.jp"))).toMatchObject({ kind: "signInFailed" });
    }
  });
});
