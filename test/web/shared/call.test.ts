import { describe, expect, it } from "vitest";
import { type AdminRoutes, adminRoutes } from "../../../lambdas/contract/admin.ts";
import { unsafeHeaders } from "../../../lambdas/contract/problem.ts";
import { caller, Refused } from "../../../web/shared/call.ts";
import type { Language } from "../../../web/shared/texts.ts";

const row = { certificateId: "t0123456789-c000000000000" };

/** A client whose answers are given; `sent` keeps what it asked. */
function client(answer: () => Response | Promise<Response>, language: Language = "ja") {
  const sent: Request[] = [];
  const call = caller<AdminRoutes>(adminRoutes, {
    base: "https://admin.example",
    language: () => language,
    fetch: async (input, init) => {
      sent.push(new Request(input instanceof Request ? input : String(input), init));
      return answer();
    },
  });
  return { call, sent };
}

const refusalOf = async (work: Promise<unknown>): Promise<Refused> => {
  const cause = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (cause instanceof Refused) return cause;
  throw new Error("the call was not refused");
};

describe("call", () => {
  it("fills the path, and asks only for what is given in the query", async () => {
    const { call, sent } = client(() => Response.json({ rows: [] }));
    const params = { serviceId: "a/b", organizationId: "o" };
    await call("listCertificates", { params, query: { sort: "status", limit: 50, cursor: undefined } });
    expect(sent[0]?.url).toBe(
      "https://admin.example/api/services/a%2Fb/organizations/o/certificates?sort=status&limit=50",
    );
  });

  it("says the reader's language", async () => {
    const { call, sent } = client(() => Response.json({ services: [] }), "en");
    await call("listServices");
    expect(sent[0]?.headers.get("accept-language")).toBe("en");
  });

  it("carries the marker, the key and JSON on an unsafe call, and none of them on a safe one", async () => {
    const { call, sent } = client(() => Response.json(row));
    const params = { certificateId: row.certificateId };
    await call("revokeCertificate", { params, body: { reason: "superseded" }, idempotencyKey: "key-0001" });
    await call("getCertificate", { params });
    const [unsafe, safe] = sent;
    expect(unsafe?.headers.get(unsafeHeaders.marker)).toBe(unsafeHeaders.markerValue);
    expect(unsafe?.headers.get(unsafeHeaders.idempotency)).toBe("key-0001");
    expect(unsafe?.headers.get("content-type")).toBe("application/json");
    expect(await unsafe?.json()).toEqual({ reason: "superseded" });
    for (const name of [unsafeHeaders.marker, unsafeHeaders.idempotency, "content-type"])
      expect(safe?.headers.has(name)).toBe(false);
  });

  it("sends no body where the route has none", async () => {
    const { call, sent } = client(() => Response.json(row));
    await call("cancelRevocation", { params: { certificateId: row.certificateId } });
    expect(sent[0]?.method).toBe("DELETE");
    expect(sent[0]?.headers.get(unsafeHeaders.marker)).toBe(unsafeHeaders.markerValue);
    expect(await sent[0]?.text()).toBe("");
  });

  it("makes a fresh key for each unsafe call that brings none", async () => {
    const { call, sent } = client(() => Response.json(row));
    const parts = { params: { certificateId: row.certificateId }, body: {} };
    await call("revokeCertificate", parts);
    await call("revokeCertificate", parts);
    const keys = sent.map((request) => request.headers.get(unsafeHeaders.idempotency));
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });

  it("throws the problem that the server answers", async () => {
    const problem = { type: "about:blank", title: "登録済み", status: 409, detail: "再発行をご利用ください。" };
    const { call } = client(() => Response.json(problem, { status: 409 }));
    const refused = await refusalOf(call("listServices"));
    expect(refused.problem).toEqual(problem);
    expect(refused.message).toBe("再発行をご利用ください。");
  });

  it("makes a problem of a gateway's answer that is none", async () => {
    for (const answer of [
      () => new Response("<html>", { status: 502 }),
      () => Response.json({ message: "Forbidden" }, { status: 403 }),
    ]) {
      const { call } = client(answer);
      expect((await refusalOf(call("listServices"))).problem?.status).toBe(answer().status);
    }
  });

  it("throws a refusal without a problem when there is no connection or the answer breaks off", async () => {
    const offline = client(() => Promise.reject(new TypeError("Failed to fetch")));
    expect((await refusalOf(offline.call("listServices"))).problem).toBeUndefined();
    const broken = client(() => new Response("{"));
    expect((await refusalOf(broken.call("listServices"))).problem).toBeUndefined();
  });

  it("lets an abort through as what it is", async () => {
    const { call } = client(() => Promise.reject(new DOMException("left", "AbortError")));
    await expect(call("listServices")).rejects.toThrow(DOMException);
  });
});
