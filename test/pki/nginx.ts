/** A real nginx on a socket in a test's folder, which asks for client certificates and says what it thinks of them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Program } from "../program.ts";
import type { TestFolder } from "./folder.ts";

/** Runs nginx while `use` runs; `http` makes the content of its http block, relative paths in it are the folder's. */
export async function withNginx(
  nginx: Program,
  folder: TestFolder,
  http: (socketPath: string) => string,
  use: (socketPath: string) => Promise<void>,
): Promise<void> {
  const socketPath = join(folder.path, "nginx.sock");
  const configuration = folder.write("nginx.conf", configurationOf(folder.path, http(socketPath)));
  const child = spawn(nginx.path, ["-p", folder.path, "-e", "stderr", "-c", configuration], { stdio: "ignore" });
  try {
    await untilListening(socketPath);
    await use(socketPath);
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** A server with `server.pem`, `server.key`, `trusted.pem` (authorities) and `crls.pem`, whose every answer is `$ssl_client_verify`. */
export const verdictServer = (socketPath: string): string => `
  server {
    listen unix:${socketPath} ssl;
    ssl_certificate server.pem; ssl_certificate_key server.key;
    ssl_client_certificate trusted.pem; ssl_crl crls.pem; ssl_verify_client optional; ssl_verify_depth 2;
    error_page 495 496 =200 /refused;
    location / { return 200 "$ssl_client_verify"; }
  }`;

const configurationOf = (folder: string, http: string): string => `
  daemon off; master_process off; pid ${folder}/nginx.pid;
  events {}
  http {
    access_log off;
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
    ${http}
  }`;

export type NginxAnswer = {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Asks over the socket with the client's p12. */
export function answerTo(socketPath: string, pfx: Uint8Array, passphrase: string): Promise<NginxAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath,
        path: "/",
        pfx: Buffer.from(pfx),
        passphrase,
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        let body = "";
        response
          .setEncoding("utf8")
          .on("data", (part: string) => (body += part))
          .on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }))
          .on("error", reject);
      },
    );
    asked.on("error", reject).end();
  });
}

/** Resolves as soon as something listens on the socket. */
async function untilListening(socketPath: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; await pause(20)) {
    const socket = connect(socketPath);
    const listening = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (listening) return;
    if (Date.now() > deadline)
      throw new Error("nginx does not listen; its configuration is nginx.conf in the test's folder");
  }
}
