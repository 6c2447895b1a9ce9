import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { repositoryReady } from "../../lib/local/repository-ready.ts";
import { portOf } from "../port.ts";

const page = '<link href="data:,"><a href="/ca/root.crt">root</a> <a href="/crl/root.crl">CRL</a>';

describe("waiting for the repository", () => {
  let server: Server;
  let url: string;
  /** What is served now, by path. */
  let served: Map<string, string>;
  beforeEach(async () => {
    served = new Map();
    server = createServer((request, response) => {
      const body = served.get(request.url ?? "");
      response.writeHead(body === undefined ? 404 : 200).end(body);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${portOf(server)}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("ends when the page and every file that it links to are served", async () => {
    let ready = false;
    const waiting = repositoryReady(url).then(() => (ready = true));
    for (const [path, body] of [
      ["/", page],
      ["/ca/root.crt", "certificate"],
    ] as const) {
      served.set(path, body);
      await once(server, "request");
      await once(server, "request");
      expect(ready).toBe(false);
    }
    served.set("/crl/root.crl", "CRL");
    await waiting;
  });

  it("names what is missing in the end", async () => {
    await expect(repositoryReady(url, 100)).rejects.toThrow(`does not serve ${url};`);
    served.set("/", page);
    served.set("/ca/root.crt", "certificate");
    await expect(repositoryReady(url, 100)).rejects.toThrow(`does not serve ${url}crl/root.crl;`);
  });
});
