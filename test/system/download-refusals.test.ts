import { describe, expect, it } from "vitest";
import { messageText } from "../../lambdas/contract/messages.ts";
import { itWith, program } from "../program.ts";
import { file, folder, run } from "./outside.ts";
import { requester } from "./request.ts";
import { download, endpoints, fetchPkcs12, revealed, serverCa, subjects } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";

const by = await company();
const openssl = program("openssl", "openssl");
const mailOf = () => `taro-${unique()}@mytest.jp`;

/** What the API refuses with, or `undefined` when it does not. */
async function problem(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    return (error as { problem?: { status: number; type: string; title: string; errors?: unknown[] } }).problem;
  }
  return undefined;
}

describe("the download site", () => {
  it("answers a wrong password and an unknown ID alike", async () => {
    const known = await problem(download("signIn", { body: { id: by.email, password: "wrong-password" } }));
    const unknown = await problem(download("signIn", { body: { id: mailOf(), password: "wrong-password" } }));
    expect(known).toMatchObject({ status: 403, type: "urn:warifu:problem:signInFailed" });
    expect(unknown).toEqual(known);
  });

  it("says of a revoked certificate that it is, to whoever has its password or its notice's link", async () => {
    const email = mailOf();
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "11") });
    const { certificateId } = await settled(by, certificates[0]?.certificateId ?? "");
    const { id, password } = await revealed(email, subjects.subscriberCredential);
    await by.call("revokeCertificate", { params: { certificateId }, body: { reason: "keyCompromise" } });
    const revoked = { status: 403, type: "urn:warifu:problem:certificateRevoked" };
    expect(await problem(download("signIn", { body: { id, password } }))).toMatchObject(revoked);
    expect(await problem(download("downloadCertificate", { body: { id, password } }))).toMatchObject(revoked);
    expect(await problem(revealed(email, subjects.subscriberCredential))).toMatchObject(revoked);
    expect(await problem(download("signIn", { body: { id, password: `${password}x` } }))).toMatchObject({
      type: "urn:warifu:problem:signInFailed",
    });
  });

  itWith(openssl, "makes the file for the password itself, however it was typed", async () => {
    const { id, password } = await revealed(by.email, subjects.administratorCredential);
    const typed = { id: ` ${id.toUpperCase()}`, password: ` ${password.toUpperCase()}\u200b` };
    const path = file(folder(), "a.p12", await fetchPkcs12(typed));
    expect(run("openssl", "pkcs12", "-in", path, "-passin", `pass:${password}`, "-nodes", "-legacy")).toContain(
      "BEGIN PRIVATE KEY",
    );
  });

  it("slows guessing down, whatever X-Forwarded-For says, and tells when to come back", async () => {
    const id = mailOf();
    const guess = async (address: string) =>
      requester({ ca: serverCa }, { "X-Forwarded-For": address, "Content-Type": "application/json" })(
        `${endpoints.downloadUrl}api/sign-in`,
        { method: "POST", body: JSON.stringify({ id, password: "guess" }) },
      );
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let at = 0; at < 9 && last?.status !== 429; at++) {
      last = await guess(`203.0.113.${at}`);
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 5)).toEqual([403, 403, 403, 403, 403]);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  it("says what is missing by the field's rule", async () => {
    await expect(download("signIn", { body: { id: "", password: "x".repeat(257) } })).rejects.toMatchObject({
      problem: {
        status: 400,
        errors: [
          { field: "id", code: "required", message: messageText("required", "ja") },
          { field: "password", code: "tooLong", message: messageText("tooLong", "ja", { count: 257, longest: 256 }) },
        ],
      },
    });
  });

  it("knows only the tokens that it gave out, and shows nothing on GET", async () => {
    const token = "A".repeat(32);
    expect(await problem(download("revealNotice", { body: { token } }))).toMatchObject({
      status: 404,
      type: "urn:warifu:problem:noticeUnknown",
    });
    const page = await requester({ ca: serverCa })(`${endpoints.downloadUrl}notice`);
    expect(page.status).toBe(200);
    expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });

  it("hands out links that save a file, are kept by no cache, and end", async () => {
    const credential = await revealed(by.email, subjects.administratorCredential);
    const { url, seconds } = await download("downloadCertificate", {
      body: { id: credential.id, password: credential.password },
    });
    expect([seconds, new URL(url).searchParams.get("X-Amz-Expires")]).toEqual([60, "60"]);
    const answer = await fetch(url);
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="[\w.@-]+\.p12"$/);
    expect(answer.headers.get("Cache-Control")).toContain("no-store");
    const altered = new URL(url);
    altered.searchParams.set("X-Amz-Expires", "6000");
    expect((await fetch(altered)).status).toBe(403);
  });
});
