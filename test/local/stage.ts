import { readFileSync } from "node:fs";
import { request, type RequestOptions } from "node:https";
import type { TLSSocket } from "node:tls";
import { run, type Running } from "../../lib/local/run.ts";
import { temporaryFolder } from "./assembly.ts";
import { certify, pem, presenting, type Holder } from "./client-certificates.ts";
import { fixtureAssembly } from "./fixture.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The TLS session was one of before. */
  readonly resumed: boolean;
};
export type Ask = (path: string, options?: RequestOptions, body?: string | Buffer) => Promise<Answer>;

/** The fixture's stack, running, with an authority for administrators and one of them. */
export type Stage = {
  readonly running: Running;
  readonly reports: readonly string[];
  readonly root: Holder;
  readonly admins: Holder;
  readonly administrator: { readonly cert: string; readonly key: string };
  /** Asks the admin site without a certificate, unless the options bring one; rejects with the connection's error. */
  readonly askAdmin: Ask;
  readonly askDownload: Ask;
  end(): Promise<void>;
};

const asking =
  (address: string, ca: Buffer): Ask =>
  (path, options = {}, body) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(address);
      const sent = request({ host: hostname, port, path, ca, agent: false, ...options }, (response) => {
        let text = "";
        const resumed = (response.socket as TLSSocket).isSessionReused();
        response.setEncoding("utf8");
        response.on("data", (part: string) => (text += part));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, resumed }),
        );
      });
      sent.on("error", reject);
      sent.end(body);
    });

export async function stage(clock?: Date): Promise<Stage> {
  const folder = temporaryFolder();
  const reports: string[] = [];
  const root = await certify("CN=Root", undefined, { ca: true });
  const admins = await certify("CN=Admins", root, { ca: true });
  const running = await run({
    dataDirectory: `${folder.path}/data`,
    portBase: 0,
    empty: true,
    assembly: fixtureAssembly(folder.path, pem(root, admins)),
    report: (line) => reports.push(line),
    ...(clock === undefined ? {} : { clock }),
  });
  const ca = readFileSync(running.endpoints.serverCaPem);
  return {
    running,
    reports,
    root,
    admins,
    administrator: await presenting(await certify("C=JP,O=Reiwa,CN=Saburo", admins)),
    askAdmin: asking(running.endpoints.adminUrl, ca),
    askDownload: asking(running.endpoints.downloadUrl, ca),
    end: async () => {
      await running.stop();
      folder[Symbol.dispose]();
    },
  };
}
