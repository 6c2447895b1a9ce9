import { beforeAll, describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import { unsafeHeaders } from "../../lambdas/contract/problem.ts";
import type { Route } from "../../lambdas/contract/route.ts";
import { requester } from "./request.ts";
import { endpoints, fetchPkcs12, operator, revealed, serverCa, subjects } from "./system.ts";
import { adminOrigin, type Company, company, settled, unique, yamada } from "./tenant.ts";

/** Who may call the admin site, and the answer to each of them. */
const principals = ["nobody", "subscriber", "revoked administrator", "another tenant's administrator"] as const;
type Principal = (typeof principals)[number];
/** Bodies that get as far as the thing itself; a route that is not here fails its row. */
const bodies: Readonly<Record<string, unknown>> = {
  registerSubscriber: yamada("a@b.jp", "01"),
  revokeCertificate: {},
  revokeCertificates: { certificateIds: ["t0123456789-c0123456789ab"] },
  cancelRevocations: { certificateIds: ["t0123456789-c0123456789ab"] },
  resendNotices: { certificateIds: ["t0123456789-c0123456789ab"] },
  createImport: { operation: "revoke", fileName: "people.csv" },
};

let own: Company;
let certificateId = "";
const callers = new Map<Principal, typeof fetch>();

beforeAll(async () => {
  own = await company();
  const other = await company();
  const leaver = await company();
  const email = `s-${unique()}@mytest.jp`;
  const { certificates } = await own.call("registerSubscriber", { params: own, body: yamada(email, "01") });
  certificateId = certificates[0]?.certificateId ?? "";
  await settled(own, certificateId);
  const credential = await revealed(email, subjects.subscriberCredential);
  const pfx = await fetchPkcs12(credential);
  await operator("administrator revoke", { administrator: leaver.administratorId });
  callers.set("nobody", requester({ ca: serverCa }));
  callers.set("subscriber", requester({ ca: serverCa, pfx, passphrase: credential.password }));
  callers.set("revoked administrator", leaver.fetch);
  callers.set("another tenant's administrator", other.fetch);
});

/** The route with our tenant's own things in its path, and every header that our page would send. */
async function knock(name: string, route: Route, principal: Principal): Promise<{ status: number; type: string }> {
  const ids: Record<string, string> = { ...own, certificateId } as unknown as Record<string, string>;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, id: string) => ids[id] ?? `${own.tenantId}-x000000000000`);
  const unsafe = {
    "Content-Type": "application/json",
    Origin: adminOrigin,
    [unsafeHeaders.marker]: unsafeHeaders.markerValue,
    [unsafeHeaders.idempotency]: unique(),
  };
  try {
    const answer = await (callers.get(principal) ?? fetch)(adminOrigin + path, {
      method: route.method,
      headers: route.method === "GET" ? {} : unsafe,
      ...(route.body === undefined ? {} : { body: JSON.stringify(bodies[name] ?? {}) }),
    });
    const body = (await answer.json()) as { type?: string };
    return { status: answer.status, type: body.type ?? "" };
  } catch (error) {
    // Without a certificate the connection itself is refused.
    return { status: 0, type: (error as NodeJS.ErrnoException).code ?? "" };
  }
}

describe.each(Object.entries(adminRoutes) as [string, Route][])("%s", (name, route) => {
  it.each(principals)("gives %s nothing of our tenant's", async (principal) => {
    const { status, type } = await knock(name, route, principal);
    if (principal === "nobody") return expect([0, 403]).toContain(status);
    if (principal !== "another tenant's administrator") return expect(status).toBe(403);
    // What has no thing of ours in its path answers about the caller's own tenant.
    if (!route.path.includes("{")) return expect(status).toBeLessThan(500);
    return expect({ status, type }).toEqual({ status: 404, type: "urn:warifu:problem:notFound" });
  });
});

describe("a path that no route has", () => {
  it.each([
    ["GET", `${adminOrigin}/api/nothing`],
    ["DELETE", `${adminOrigin}/api/session`],
    ["POST", `${adminOrigin}/api/services`],
  ])("%s %s does not exist, for an administrator either", async (method, url) => {
    const answer = await own.fetch(url, { method, headers: {} });
    expect([403, 404]).toContain(answer.status);
  });
});

describe("the descriptions", () => {
  it("name every operation of the admin site, for administrators", async () => {
    const answer = await own.fetch(`${adminOrigin}/api/openapi.json`);
    const { paths, openapi } = (await answer.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(openapi).toBe("3.1.0");
    const named = Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
    expect(named.toSorted()).toEqual(Object.keys(adminRoutes).toSorted());
  });

  it("name every operation of the download site, for everybody", async () => {
    const answer = await requester({ ca: serverCa })(`${endpoints.downloadUrl}api/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths).toSorted()).toEqual(
      Object.values(downloadRoutes)
        .map(({ path }) => path)
        .toSorted(),
    );
  });
});
