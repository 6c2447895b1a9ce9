import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AuthorityName } from "../../lambdas/authority/authority.ts";
import { refreshRepository, type RefreshContext } from "../../lambdas/authority/refresh.ts";
import { repositoryKeys } from "../../lambdas/authority/repository.ts";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { noEntries } from "../../lambdas/pki/crl-entries.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { fromPem } from "../../lambdas/pki/pem.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";

const { root, issuing } = await authorities("rsa2048");
const of = (name: AuthorityName) => (name === "root" ? root : issuing);
const signedAt = new Date("2026-11-22T03:00:00Z");

/** The repository's bucket, consistent and put only over what was read, as S3 is; and the publisher's context over it. */
function repository(change: Partial<RefreshContext> = {}) {
  const objects = new Map<string, Uint8Array>();
  const etagOf = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
  const context: RefreshContext = {
    brand: "割符 <PKI>",
    authority: async (name) => ({ name, certificate: of(name).certificate }),
    findObject: async (key) => {
      const bytes = objects.get(key);
      return bytes && { bytes, etag: etagOf(bytes) };
    },
    replaceObject: async (key, bytes, _, etag) => {
      const before = objects.get(key);
      if ((before && etagOf(before)) !== etag) return undefined;
      objects.set(key, bytes);
      return etagOf(bytes);
    },
    ...change,
  };
  const publish = async (name: AuthorityName, number: number) => {
    const by = of(name);
    const order = { issuerCertificate: by.certificate, number, signedAt, lifetime: 24 * 3_600_000, entries: noEntries };
    const der = await signCrl(crlTbs(order), rsaSigner(by.keys.pkcs8), by.certificate);
    objects.set(repositoryKeys.crl(name), der);
  };
  const text = (key: string) => Buffer.from(objects.get(key) ?? "").toString("utf8");
  /** Numbers and issuers of the lists in the servers' file. */
  const lists = () =>
    fromPem("X509 CRL", text(repositoryKeys.allCrls("subscribers")))
      .map(readCrl)
      .map(({ issuer, number }) => [/CN=([^,]+)/.exec(issuer)?.[1], Number(number)]);
  return { context, objects, publish, text, lists };
}

describe("refreshRepository", () => {
  it("puts the CRLs of the issuing authority and of the root in one PEM, the issuing authority's first", async () => {
    const { context, publish, lists } = repository();
    await publish("root", 3);
    await publish("subscribers", 7);
    await refreshRepository(context, "subscribers");
    expect(lists()).toEqual([
      ["Test Subscribers CA", 7],
      ["Test Root CA", 3],
    ]);
    await publish("root", 4);
    await refreshRepository(context, "subscribers");
    expect(lists()).toEqual([
      ["Test Subscribers CA", 7],
      ["Test Root CA", 4],
    ]);
  });

  it("never replaces a newer list by an older one, however two publishers overtake each other", async () => {
    const { context, objects, publish, lists } = repository();
    await publish("root", 1);
    await publish("subscribers", 1);
    let overtaken = false;
    const slow: RefreshContext = {
      ...context,
      // The slow one has read CRL 1 when the other publishes CRL 2 and everything that follows from it.
      findObject: async (key) => {
        const found = await context.findObject(key);
        if (key === repositoryKeys.crl("subscribers") && !overtaken) {
          overtaken = true;
          await publish("subscribers", 2);
          await refreshRepository(context, "subscribers");
        }
        return found;
      },
    };
    await refreshRepository(slow, "subscribers");
    expect(overtaken).toBe(true);
    expect(lists()[0]).toEqual(["Test Subscribers CA", 2]);
    const page = objects.get(repositoryKeys.page) ?? new Uint8Array();
    expect(Buffer.from(page).toString()).toContain("<dt>失効リスト番号 / CRL number</dt><dd>2</dd>");
  });

  it("puts nothing when nothing has changed", async () => {
    const put: string[] = [];
    const { context, publish } = repository();
    const counting: RefreshContext = {
      ...context,
      replaceObject: async (key, ...rest) => (put.push(key), context.replaceObject(key, ...rest)),
    };
    await publish("root", 1);
    await publish("subscribers", 1);
    await refreshRepository(counting, "subscribers");
    await refreshRepository(counting, "subscribers");
    expect(put.toSorted()).toEqual(["crl/subscribers-all.pem", "index.html"]);
  });

  it("fails when the root's CRL is not there: a server that got one list alone would refuse everyone", async () => {
    const { context, objects, publish } = repository();
    await publish("subscribers", 1);
    await expect(refreshRepository(context, "subscribers")).rejects.toThrow("the CRL of root is not published yet");
    expect(objects.has(repositoryKeys.allCrls("subscribers"))).toBe(false);
  });
});

describe("the page", async () => {
  const { context, publish, text } = repository();
  await publish("root", 1);
  await publish("subscribers", 12);
  await refreshRepository(context, "subscribers");
  const page = text(repositoryKeys.page);
  const read = readCertificate(root.certificate);

  it("names what is to be compared as the manual does", () => {
    for (const label of [
      "証明書シリアル番号",
      "認証局DN",
      "証明書有効期間 (JST)",
      "フィンガープリント (SHA-1)",
      "機関キー識別子 (KeyID)",
    ]) {
      expect(page).toContain(`<dt>${label}`);
    }
    expect(page).toContain("<dd>CN=Test Root CA, O=Test, C=JP</dd>");
  });

  it("shows the SHA-1 fingerprint with colons, and in the groups of Windows' warning", () => {
    const hex = read.sha1.toUpperCase();
    expect(page).toContain(hex.replaceAll(/..(?=.)/g, "$&:"));
    expect(page).toContain(`Windows: ${hex.replaceAll(/.{8}(?=.)/g, "$& ")}`);
  });

  it("says when each CRL was issued and until when it may be kept, in Japan's time", () => {
    expect(page).toContain("<dt>失効リスト発行日時 (JST) / thisUpdate</dt><dd>2026/11/22 11:55:00</dd>");
    expect(page).toContain("<dt>失効リスト次回発行期限 (JST) / nextUpdate</dt><dd>2026/11/23 11:55:00</dd>");
  });

  it("tells servers which two files they need, whom to let in, and to fetch hourly", () => {
    for (const told of [
      "/ca/subscribers-chain.pem",
      "/crl/subscribers-all.pem",
      "ssl_crl",
      "rfc822Name",
      "1 時間に 1 回以上",
      "組織名（O）の両方を照合するか、自社の証明書ポリシー",
      "compare both the issuer and the O of the certificate, or your company's policy",
      "<dt>nginx（発行者と組織名 / issuer and O）</dt><dd><pre>map &#34;$ssl_client_i_dn $ssl_client_s_dn&#34; $holder {",
      "&#34;$X509_0_O&#34; = &#39;Reiwa Certificate Service&#39;",
      "-policy 2.999.1.7.60466175 -explicit_policy -policy_check holder.pem</pre>",
    ])
      expect(page).toContain(told);
  });

  it("escapes the brand", () => {
    expect(page).toContain("<title>割符 &#60;PKI&#62; リポジトリ</title>");
  });
});
