/** The ready lines of docs/relying-parties.md in the programs that they are for. */
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { serverExamples } from "../../lambdas/authority/server-examples.ts";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import type { CrlEntry } from "../../lambdas/pki/crl-entry.ts";
import { packed } from "../../lambdas/pki/crl-entries.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { toPem } from "../../lambdas/pki/pem.ts";
import { pkcs12 } from "../../lambdas/pki/pkcs12.ts";
import type { LeafOrder } from "../../lambdas/pki/profile.ts";
import { itWith, program, run } from "../program.ts";
import { authorities, leaf, leafOrder, rsaSigner, type TestAuthority } from "./authorities.ts";
import { testFolder } from "./folder.ts";
import { answerTo, withNginx } from "./nginx.ts";

const openssl = program("openssl", "openssl");
const nginx = program("nginx", "nginx-light");
const openvpn = program("openvpn", "openvpn");
const folder = testFolder();
const password = "abcdefgh2345";

const now = Math.floor(Date.now() / 1000) * 1000;
const validity = { notBefore: new Date(now - 300_000), notAfter: new Date(now + 86_400_000) };
const { root, issuing } = await authorities("rsa2048");
const keys = await generateKey("rsa2048");
const { subject } = leafOrder(issuing, keys.spki);
const provider = "2.999.1";
/** Of the company that the document's lines let in. */
const policies = [provider, `${provider}.7.60466175`];
const certified = (change: Partial<LeafOrder["subject"]> = {}, named: readonly string[] = policies) =>
  leaf(issuing, keys.spki, { ...validity, policies: named, subject: { ...subject, ...change } });
const own = await certified();
const foreign = await certified({ organization: "Example Corporation Other" });
// Of the own company, with somebody else's address in a name; and of another company, with the own one's name in its own.
const names = { email: "mallory@example.jp", commonName: "x,emailAddress=taro@example.jp" };
const sly = await certified(names);
const pretender = await certified({
  ...names,
  organizationalUnits: ["C=JP,O=Example Corporation,"],
  organization: "Another Corporation",
});
// Of others, though under the own company's O: the policy alone tells them apart.
const others = {
  "another company's": await certified({}, [provider, `${provider}.76.466175`]),
  "one that begins with the own company's": await certified({}, [provider, `${policies[1]}0`]),
  "one below the own company's": await certified({}, [provider, `${policies[1]}.1`]),
  "the provider's alone": await certified({}, [provider]),
  none: await certified({}, []),
};
const revoked = await certified({ email: "lost@example.jp" });

const crl = (by: TestAuthority, entries: readonly CrlEntry[]): Promise<Uint8Array> => {
  const order = {
    issuerCertificate: by.certificate,
    number: 1,
    signedAt: new Date(now),
    lifetime: 86_400_000,
    entries: packed(entries),
  };
  return signCrl(crlTbs(order), rsaSigner(by.keys.pkcs8), by.certificate);
};
const entry = { serialNumber: readCertificate(revoked).serialNumber, revokedAt: new Date(now), reason: undefined };
const lists = [await crl(issuing, [entry]), await crl(root, [])];
folder.write("subscribers-all.pem", lists.map((der) => toPem("X509 CRL", der)).join(""));
const chain = [issuing.certificate, root.certificate];
folder.write("subscribers-chain.pem", chain.map((der) => toPem("CERTIFICATE", der)).join(""));
const file = (der: Uint8Array) =>
  pkcs12({ form: "modern", pkcs8: keys.pkcs8, certificates: [der, ...chain], password, friendlyName: "test" });

const document = readFileSync(new URL("../../docs/relying-parties.md", import.meta.url), "utf8");

/** The lines of the document below a heading, of one kind, with this test's files and names. */
function lines(heading: string, kind: string): string {
  const [, section = ""] = document.split(`\n## ${heading}\n`);
  const block = new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, "s").exec(section)?.[1];
  if (block === undefined) throw new Error(`docs/relying-parties.md has no ${kind} lines below ${heading}`);
  return block
    .replaceAll(/\/etc\/(nginx|openvpn)\/(warifu\/)?/g, `${folder.path}/`)
    .replaceAll("/run/openvpn", folder.path)
    .replaceAll("O=Warifu,CN=Warifu Subscribers CA", "O=Test,CN=Test Subscribers CA")
    .replaceAll("Warifu Subscribers CA", "Test Subscribers CA")
    .replaceAll("Reiwa Certificate Service", "Example Corporation");
}

describe("the repository's page", () => {
  it.each(Object.entries(serverExamples))("shows lines of the document: %s", (_, shown) => {
    expect(document).toContain(`\n${shown}\n`);
  });
});

function serverCertificate(): void {
  const [key, certificate] = [join(folder.path, "server.key"), join(folder.path, "server.pem")];
  const made = run(
    openssl,
    "req",
    "-x509",
    "-nodes",
    "-newkey",
    "rsa:2048",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-keyout",
    key,
    "-out",
    certificate,
  );
  expect(made.status).toBe(0);
}

describe("the lines for nginx", () => {
  itWith(
    nginx,
    "let the own company's holders in by their mail address, and nobody else",
    async () => {
      serverCertificate();
      const http = (socketPath: string) =>
        lines("nginx", "nginx")
          .replace("listen 443 ssl", `listen unix:${socketPath} ssl`)
          .replace("proxy_pass http://127.0.0.1:8080", 'return 200 "$holder"');
      await withNginx(nginx, folder, http, async (socketPath) => {
        const seen = async (der: Uint8Array) => {
          const { status, body } = await answerTo(socketPath, await file(der), password);
          return status === 200 ? body : status;
        };
        expect(await seen(own)).toBe("taro.yamada@example.jp");
        expect(await seen(sly)).toBe("mallory@example.jp");
        expect(await seen(foreign)).toBe(403);
        expect(await seen(pretender)).toBe(403);
        expect(await seen(revoked)).toBe(400);
      });
    },
    60_000,
  );

  itWith(openssl, "take a list that its authority has signed, and no other", () => {
    const check = /^openssl crl .*$/m.exec(lines("nginx", "sh"))?.[0] ?? "";
    const checked = (pem: string) => {
      folder.write("fetched.pem", pem);
      return run({ ...openssl, path: "/bin/sh" }, "-euc", `cd ${folder.path}; ${check}`).status;
    };
    const good = readFileSync(join(folder.path, "subscribers-all.pem"), "utf8");
    expect(checked(good)).toBe(0);
    expect(checked("<html>Bad gateway</html>")).not.toBe(0);
    const damaged = Buffer.from(lists[0] ?? "");
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
    expect(checked(toPem("X509 CRL", damaged))).not.toBe(0);
  });
});

describe("the line for openssl", () => {
  const judged = (der: Uint8Array, change: (line: string) => string = (same) => same) => {
    folder.write("holder.pem", toPem("CERTIFICATE", der));
    const line = change(lines("openssl, by the policy", "sh"));
    return run({ ...openssl, path: "/bin/sh" }, "-euc", `cd ${folder.path}; ${line}`);
  };

  itWith(openssl, "accepts the policy of the own company alone", () => {
    expect(judged(own)).toMatchObject({ status: 0, text: expect.stringContaining("OK") as string });
    expect(judged(revoked).text).toContain("certificate revoked");
    for (const [name, other] of Object.entries(others)) {
      expect(judged(other).status, name).not.toBe(0);
      expect(judged(other).text, name).toContain("no explicit policy");
    }
  });

  itWith(openssl, "refuses by -explicit_policy, as the document says", () => {
    const without = (line: string) => line.replace("-explicit_policy", "");
    expect(judged(others["another company's"], without).status).toBe(0);
  });
});

describe("the lines for OpenVPN", () => {
  /** OpenVPN with these options; one without a value has "". */
  const started = (options: Readonly<Record<string, string>>) => {
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, ...value.split(" ")]);
    return spawn(openvpn.path, words.filter(Boolean), { stdio: ["ignore", "pipe", "ignore"] });
  };

  /** What a server says that was configured with the lines, when this holder comes. */
  async function verdict(der: Uint8Array, heading = "OpenVPN"): Promise<string> {
    const port = await freePort();
    chmodSync(folder.write("own-company", lines(heading, "sh")), 0o700);
    const common = { dev: "null", proto: "udp", verb: "3" };
    const server = started({
      config: folder.write("server.conf", lines(heading, "")),
      ...common,
      "tls-server": "",
      dh: "none",
      local: "127.0.0.1",
      lport: String(port),
      cert: join(folder.path, "server.pem"),
      key: join(folder.path, "server.key"),
    });
    const client = started({
      ...common,
      "tls-client": "",
      nobind: "",
      remote: `127.0.0.1 ${port}`,
      pkcs12: folder.write("holder.p12", await file(der)),
      askpass: folder.write("password", password),
      ca: join(folder.path, "server.pem"),
    });
    try {
      let log = "";
      for await (const part of server.stdout) {
        log += String(part);
        const said = /\[([^\]]+)\] Peer Connection Initiated|error=(certificate revoked)|(VERIFY SCRIPT ERROR)/.exec(
          log,
        );
        const verdict = said?.slice(1).find((group) => group !== undefined);
        if (verdict !== undefined) return verdict;
      }
      throw new Error(log);
    } finally {
      const ended = [server, client].map((child) => once(child, "exit"));
      server.kill("SIGKILL");
      client.kill("SIGKILL");
      await Promise.all(ended);
    }
  }

  itWith(
    openvpn,
    "let the own company's holders in under their mail address, and nobody else",
    async () => {
      serverCertificate();
      expect(await verdict(own)).toBe("taro.yamada@example.jp");
      expect(await verdict(sly)).toBe("mallory@example.jp");
      expect(await verdict(foreign)).toBe("VERIFY SCRIPT ERROR");
      expect(await verdict(pretender)).toBe("VERIFY SCRIPT ERROR");
      expect(await verdict(revoked)).toBe("certificate revoked");
    },
    120_000,
  );

  itWith(
    openvpn,
    "let holders in by the own company's policy, and nobody else",
    async () => {
      serverCertificate();
      const byPolicy = (der: Uint8Array) => verdict(der, "OpenVPN, by the policy");
      expect(await byPolicy(own)).toBe("taro.yamada@example.jp");
      for (const [name, other] of Object.entries(others))
        expect(await byPolicy(other), name).toBe("VERIFY SCRIPT ERROR");
      expect(await byPolicy(revoked)).toBe("certificate revoked");
    },
    120_000,
  );
});

/** A UDP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}
