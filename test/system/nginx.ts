/** An nginx that lets in only holders of a live certificate: the relying party that customers run. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { program } from "../program.ts";
import { file, run } from "./outside.ts";
import { until } from "./system.ts";

/** PEM files: the authorities, and the CRLs of all of them. */
type Trust = { readonly chain: string; readonly crls: string };

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const configuration = (at: string, port: number, trust: Trust): string => `
daemon off; master_process off; pid ${at}/nginx.pid; error_log ${at}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${at}/t1; proxy_temp_path ${at}/t2; fastcgi_temp_path ${at}/t3; uwsgi_temp_path ${at}/t4; scgi_temp_path ${at}/t5;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${at}/server.pem; ssl_certificate_key ${at}/server.key;
    ssl_client_certificate ${trust.chain};
    ssl_verify_client on; ssl_verify_depth 2; ssl_crl ${trust.crls};
    location / { return 200 "in"; }
  }
}`;

export async function nginxWith(at: string, trust: Trust) {
  run(
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-keyout",
    `${at}/server.key`,
    "-out",
    `${at}/server.pem`,
  );
  const port = await freePort();
  const url = `https://127.0.0.1:${port}/`;
  const { path } = program("nginx", "nginx-light");
  const start = async (by: Trust) => {
    const child = spawn(path, ["-p", at, "-c", file(at, "nginx.conf", configuration(at, port, by))], {
      stdio: "ignore",
    });
    await until("nginx to answer", async () => answers(url));
    return child;
  };
  const end = async (child: ReturnType<typeof spawn>) => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  let running = await start(trust);
  return {
    /** What curl is answered that shows the certificate of this p12. */
    visit: (p12: string, password: string): string =>
      run(
        "curl",
        "-sk",
        "--cert-type",
        "P12",
        "--cert",
        `${p12}:${password}`,
        "-w",
        "%{http_code}",
        "-o",
        "/dev/null",
        url,
      ),
    /** Reads the CRLs again; nginx does so only when it starts. */
    reload: async (by: Trust) => {
      await end(running);
      running = await start(by);
    },
    stop: () => end(running),
  };
}

/** Without a certificate nginx answers 400; before it listens, curl fails. */
function answers(url: string): boolean {
  try {
    return run("curl", "-sk", "-o", "/dev/null", "-w", "%{http_code}", url) === "400";
  } catch {
    return false;
  }
}
