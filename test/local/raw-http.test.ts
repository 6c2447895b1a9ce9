/** Octets on the gateway's wire that no client of good will sends: each is one refused request, never two. */
import { readFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stage, type Stage } from "./stage.ts";

let here: Stage;
beforeAll(async () => {
  here = await stage();
});
afterAll(() => here.end());

const address = () => new URL(here.running.endpoints.downloadUrl);
const crlf = (...lines: readonly string[]) => lines.join("\r\n");

/** All that comes back until the server closes the connection. */
const exchange = (octets: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = address();
    const ca = readFileSync(here.running.endpoints.serverCaPem);
    const socket = connect({ host: hostname, port: Number(port), ca, servername: hostname }, () =>
      socket.write(octets),
    );
    let text = "";
    socket.on("data", (part: Buffer) => (text += part.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
const statuses = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
const smuggled = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";

describe("a request of doubtful length or form", () => {
  const host = () => `Host: ${address().host}`;
  it.each<readonly [string, () => string]>([
    [
      "two ways of telling its length",
      () =>
        crlf(
          "POST /echo/1 HTTP/1.1",
          host(),
          "Content-Length: 5",
          "Transfer-Encoding: chunked",
          "",
          `0\r\n\r\n${smuggled}`,
        ),
    ],
    [
      "two lengths",
      () =>
        crlf("POST /echo/1 HTTP/1.1", host(), "Content-Length: 0", `Content-Length: ${smuggled.length}`, "", smuggled),
    ],
    [
      "two lengths in one line",
      () => crlf("POST /echo/1 HTTP/1.1", host(), `Content-Length: 0, ${smuggled.length}`, "", smuggled),
    ],
    ["a length with a sign", () => crlf("POST /echo/1 HTTP/1.1", host(), "Content-Length: +0", "", smuggled)],
    [
      "another coding behind chunked",
      () => crlf("POST /echo/1 HTTP/1.1", host(), "Transfer-Encoding: chunked, identity", "", smuggled),
    ],
    [
      "a blank before the colon",
      () => crlf("POST /echo/1 HTTP/1.1", host(), "Transfer-Encoding : chunked", "", smuggled),
    ],
    ["a NUL in a header", () => crlf("GET /echo/1 HTTP/1.1", host(), "X-A: a\u0000b", "", "")],
    ["a line break alone in a header", () => crlf("GET /echo/1 HTTP/1.1", host(), "X-A: a\rX-B: b", "", "")],
    ["no Host", () => crlf("GET /echo/1 HTTP/1.1", "X-A: a", "", "")],
    ["a line of another protocol", () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ])("with %s is refused, and the connection ends", async (_, octets) => {
    expect(statuses(await exchange(octets()))).toEqual([400]);
  });

  it.each([
    [
      "another Host",
      () => crlf("POST /echo/1 HTTP/1.1", "Host: evil.example", "Content-Length: 0", "Connection: close", "", ""),
    ],
    [
      "a Host beside another",
      () =>
        crlf("POST /echo/1 HTTP/1.1", "Host: evil.example", host(), "Content-Length: 0", "Connection: close", "", ""),
    ],
    [
      "the address of another site",
      () =>
        crlf(
          "POST https://evil.example/echo/1 HTTP/1.1",
          "Host: evil.example",
          "Content-Length: 0",
          "Connection: close",
          "",
          "",
        ),
    ],
  ])("with %s reaches no function", async (_, octets) => {
    const answered = statuses(await exchange(octets()));
    expect(answered).toHaveLength(1);
    expect([400, 403]).toContain(answered[0]);
  });

  it("with a folded header is one request, whose header is one line", async () => {
    const text = await exchange(
      crlf(
        "POST /echo/1 HTTP/1.1",
        host(),
        "X-Own: a",
        " Host: evil.example",
        "Content-Length: 0",
        "Connection: close",
        "",
        "",
      ),
    );
    const answered = statuses(text);
    expect(answered).toHaveLength(1);
    expect(text).not.toContain('"Host":"evil.example"');
  });
});

describe("the server", () => {
  it("speaks HTTP/1.1 to who offers HTTP/2 as well", async () => {
    const { hostname, port } = address();
    const ca = readFileSync(here.running.endpoints.serverCaPem);
    const options = { host: hostname, port: Number(port), ca, servername: hostname, ALPNProtocols: ["h2", "http/1.1"] };
    const protocol = await new Promise((resolve, reject) => {
      const socket = connect(options, () => {
        resolve(socket.alpnProtocol);
        socket.destroy();
      });
      socket.on("error", reject);
    });
    expect(protocol).toBe("http/1.1");
  });

  it("says nothing in clear", async () => {
    const { hostname, port } = address();
    const text = await new Promise<string>((resolve) => {
      let got = "";
      const socket = connectPlain(Number(port), hostname, () =>
        socket.write("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n"),
      );
      socket.on("data", (part: Buffer) => (got += part.toString("latin1")));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(got));
    });
    expect(text).not.toContain("HTTP/1.1");
  });
});
