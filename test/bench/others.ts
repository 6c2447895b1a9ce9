import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKey, type KeyKind } from "../../lambdas/pki/keys.ts";
import { toPem } from "../../lambdas/pki/pem.ts";
import { pkcs12 } from "../../lambdas/pki/pkcs12.ts";
import { authorities, leaf } from "../pki/authorities.ts";
import { type Figure, median } from "./figure.ts";

type Kind = Extract<KeyKind, "rsa2048" | "p256">;
/** Makes one certificate with its file, in a folder that holds the authority as `ca.pem` and `ca.key`. */
type Maker = (folder: string, kind: Kind) => void | Promise<void>;

const { root, issuing } = await authorities("rsa2048");
const installed = (program: string): boolean =>
  spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;

/** A shell line; throws what it says when it fails. */
function shell(folder: string, line: string): void {
  const { status, stderr } = spawnSync("sh", ["-ec", line], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
}

const subject = "/C=JP/O=Example Corporation/OU=Warifu/CN=Yamada Taro/emailAddress=taro.yamada@example.jp";
const opensslKey = { rsa2048: "rsa:2048", p256: "ec -pkeyopt ec_paramgen_curve:P-256" };
const cfsslKey = { rsa2048: { algo: "rsa", size: 2048 }, p256: { algo: "ecdsa", size: 256 } };
const exported = "openssl pkcs12 -export -inkey leaf.key -in leaf.pem -certfile ca.pem -name leaf -passout pass:secret";

/** What this product does for one certificate between the queue and the download, without AWS: key, TBS, lints, signature, file. */
const own: Maker = async (_, kind) => {
  const { pkcs8, spki } = await generateKey(kind);
  const der = await leaf(issuing, spki);
  const certificates = [der, issuing.certificate, root.certificate] as const;
  await pkcs12({ form: "modern", pkcs8, certificates, password: "secret", friendlyName: "leaf" });
};

/** As an administrator's script does: a process for each step. */
const openssl: Maker = (folder, kind) =>
  shell(
    folder,
    [
      `openssl req -new -newkey ${opensslKey[kind]} -nodes -keyout leaf.key -out leaf.csr -subj "${subject}"`,
      "openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 1800 -extfile leaf.ext -out leaf.pem",
      `${exported} -out leaf.p12`,
    ].join("\n"),
  );

const cfssl: Maker = (folder, kind) =>
  shell(
    folder,
    [
      `cfssl gencert -loglevel=5 -ca ca.pem -ca-key ca.key -config cfssl.json ${kind}.json > leaf.json`,
      "cfssljson -bare cfssl < leaf.json && mv cfssl.pem leaf.pem && mv cfssl-key.pem leaf.key",
      `${exported} -out leaf.p12`,
    ].join("\n"),
  );

function folderWithAuthority(): string {
  const folder = mkdtempSync(join(tmpdir(), "warifu-others-"));
  const names = [{ C: "JP", O: "Example Corporation", OU: "Warifu" }];
  const signing = { default: { usages: ["client auth"], expiry: "43200h" } };
  writeFileSync(join(folder, "ca.pem"), toPem("CERTIFICATE", issuing.certificate));
  writeFileSync(join(folder, "ca.key"), toPem("PRIVATE KEY", issuing.keys.pkcs8), { mode: 0o600 });
  writeFileSync(join(folder, "leaf.ext"), "keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n");
  writeFileSync(join(folder, "cfssl.json"), JSON.stringify({ signing }));
  for (const kind of ["rsa2048", "p256"] as const) {
    const request = { CN: "Yamada Taro", names, key: cfsslKey[kind] };
    writeFileSync(join(folder, `${kind}.json`), JSON.stringify(request));
  }
  return folder;
}

/** Median ms of one certificate. */
async function timed(make: Maker, folder: string, kind: Kind, times: number): Promise<number> {
  await make(folder, kind);
  const each: number[] = [];
  for (let at = 0; at < times; at++) {
    const began = performance.now();
    await make(folder, kind);
    each.push(performance.now() - began);
  }
  return median(each);
}

/** What people would use instead, beside our own parts, in this run. */
export async function others(): Promise<readonly Figure[]> {
  const folder = folderWithAuthority();
  const makers = [
    ...(installed("openssl") ? [["openssl, a process for each step", openssl] as const] : []),
    ...(installed("cfssl") && installed("cfssljson") ? [["cfssl, and openssl for the file", cfssl] as const] : []),
  ];
  try {
    const figures: Figure[] = [];
    // P-256 shows what is beside the key; RSA keys scatter so widely that they need more runs.
    for (const [kind, name, times] of [
      ["p256", "P-256", 20],
      ["rsa2048", "RSA-2048", 40],
    ] as const) {
      const ours = await timed(own, folder, kind, times);
      figures.push({ name: `${name}: key, certificate and PKCS#12 by our own parts, median`, value: ours, unit: "ms" });
      for (const [title, make] of makers) {
        const theirs = await timed(make, folder, kind, times);
        figures.push({ name: `… by ${title}`, value: theirs, unit: "ms" });
        figures.push({ name: "… times as long as ours", value: theirs / ours, unit: "ratio" });
      }
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
