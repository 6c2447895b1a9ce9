import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "oxlint";

/** The business by its floors: a folder of lambdas/ imports from floors below its own, not from beside or above. */
export const floors: readonly (readonly string[])[] = [
  ["admin", "operator"],
  ["aws"],
  ["imports"],
  ["issuance", "downloads"],
  ["revocation", "exports"],
  ["registration", "notices", "authority"],
  ["http"],
  ["certificates", "archive"],
  ["registry", "access"],
  ["transaction", "async", "telemetry"],
];

/** What is deployed: the files directly in lambdas/, but for the two that others may import. */
const entries = readdirSync(join(import.meta.dirname, "lambdas"))
  .filter((name) => name.endsWith(".ts") && name !== "environment.ts" && name !== "refusal.ts")
  .map((name) => `**/${name}`);
const allButContract = ["**/lambdas/**", "!**/lambdas/contract/**"];
const allButPure = ["*", "!@peculiar/*", "!asn1js", "!pkijs", "!reflect-metadata", "!node:crypto", "!node:buffer"];
const pure = "pki is pure: its own files, node:crypto, node:buffer, node:util and the X.509 libraries.";
const apart = "lib/local/aws is a package of its own and imports nothing of the product.";

/** Walls by name: what a room may not import, and the reason that the lint gives. */
export const walls = {
  test: { group: ["**/test/**"], message: "Nothing but tests imports tests." },
  absolute: { group: ["/**"], message: "Import by a path relative to this file." },
  sdk: {
    group: ["@aws-sdk/**", "@smithy/**"],
    message: "Only lambdas/aws, bin, lib/local and lib/operator/sign-call.ts speak to AWS.",
  },
  cdk: { group: ["aws-cdk-lib", "aws-cdk-lib/**", "constructs"], message: "Only lib and bin know the CDK." },
  web: { group: ["**/web/**"], message: "Only web imports web." },
  classic: { regex: "^zod$", message: "What is deployed uses zod/mini: the other half is 50 kB more to load." },
  node: { group: ["node:*"], message: "Browsers have no Node." },
  stack: { regex: "^\\.\\.?/(.*/)?(lib|bin)/", message: "Only lib, bin and tests import the stack and the commands." },
  local: { group: ["**/local/**"], message: "Only bin and tests import the local run." },
  services: { group: ["**/local/aws/**"], message: "Only lib/local and tests import the AWS of one machine." },
  outside: { group: ["../**"], message: apart },
  outsideFolder: { group: ["../../**"], message: apart },
  contract: {
    group: [...allButContract, "!**/lambdas/imports/files/**", "!**/lambdas/registration/rules.ts"],
    message: "web knows of lambdas the contract, how files are read and registration's rules.",
  },
  shared: {
    group: ["../**", "!**/contract/**", "!**/registration/rules.ts", "node:*"],
    message: "Pages import this too: it knows the contract and registration's rules, and no Node.",
  },
  settings: {
    group: [...allButContract, "!**/environment.ts"],
    message: "lib knows the contract and environment.ts alone.",
  },
  answers: {
    group: [...allButContract, "!**/operator/run.ts", "!**/operator/signed-call.ts"],
    message: "lib/operator knows what the operator function answers.",
  },
  entries: { group: entries, message: "Nothing imports an entry." },
  environment: { group: ["**/environment.ts"], message: "Only entries and lib read the environment; pass the value." },
  aws: {
    group: ["**/aws/**"],
    message: "Declare a port in the business's own words; the entry brings the AWS-backed one.",
  },
  http: { group: ["**/http/**"], message: "Only entries, admin and http know HTTP." },
  pki: { group: ["**/pki/**"], message: "http knows no certificates." },
  above: { group: ["../**", "node:*"], message: "The contract is data for browsers too: zod/mini and its own files." },
  impure: { group: [...allButPure, "!node:util", "!./**"], message: pure },
  impureLints: { group: [...allButPure, "!node:util", "!./**", "!../*.ts"], message: pure },
} as const;

const deployed = ["stack", "web", "cdk", "classic"] as const;
const inside = [...deployed, "entries", "sdk", "aws", "environment"] as const;

/** Rooms by their files, each with its walls; of two that hold a file the last counts. */
export const rooms: readonly (readonly [files: string, ...(keyof typeof walls)[]])[] = [
  ["lib/*.ts", "sdk", "web", "local", "settings"],
  ["lib/build/**", "sdk", "web", "local", "settings"],
  ["lib/operator/**", "sdk", "cdk", "web", "local", "answers"],
  ["lib/operator/sign-call.ts", "cdk", "web", "local", "answers"],
  ["lib/local/**", "cdk", "web", "settings"],
  ["lib/local/aws/*.ts", "sdk", "cdk", "web", "outside"],
  ["lib/local/aws/*/**", "sdk", "cdk", "web", "outsideFolder"],
  ["bin/**", "web", "services"],
  ["lambdas/*.ts", ...deployed, "entries", "sdk"],
  ["lambdas/admin/**", ...inside],
  ["lambdas/operator/**", ...inside, "http"],
  ["lambdas/aws/**", ...deployed, "entries", "environment", "http"],
  ["lambdas/imports/**", ...inside, "http"],
  ["lambdas/imports/files/**", ...inside, "http", "shared"],
  ["lambdas/issuance/**", ...inside, "http"],
  ["lambdas/revocation/**", ...inside, "http"],
  ["lambdas/downloads/**", ...inside, "http"],
  ["lambdas/archive/**", ...inside, "http"],
  ["lambdas/exports/**", ...inside, "http"],
  ["lambdas/registration/**", ...inside, "http"],
  ["lambdas/registration/rules.ts", ...inside, "http", "shared"],
  ["lambdas/notices/**", ...inside, "http"],
  ["lambdas/authority/**", ...inside, "http"],
  ["lambdas/http/**", ...inside, "pki"],
  ["lambdas/certificates/**", ...inside, "http"],
  ["lambdas/registry/**", ...inside, "http"],
  ["lambdas/access/**", ...inside, "http"],
  ["lambdas/transaction/**", ...inside, "http"],
  ["lambdas/async/**", ...inside, "http"],
  ["lambdas/telemetry/**", ...inside, "http"],
  ["lambdas/contract/**", ...deployed, "entries", "sdk", "above"],
  ["lambdas/pki/**", "impureLints"],
  ["lambdas/pki/*.ts", "impure"],
  ["web/**", "sdk", "cdk", "contract", "node", "stack", "classic"],
];

const upwards = (folder = "") =>
  floors
    .slice(0, floors.findIndex((floor) => floor.includes(folder)) + 1)
    .flatMap((floor) => floor.filter((other) => other !== folder))
    .map((other) => ({
      regex: `^(\\.\\./)+${other}/`,
      message: `${other} is not below ${folder} (floors in oxlint.config.ts).`,
    }));
type Restriction = { "no-restricted-imports": ["error", { patterns: object[] }] };
const restricted = (names: readonly (keyof typeof walls)[], folder?: string): Restriction => ({
  "no-restricted-imports": ["error", { patterns: [...names.map((name) => walls[name]), ...upwards(folder)] }],
});

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise", "node"],
  categories: { correctness: "error", suspicious: "error" },
  env: { es2024: true, node: true },
  ignorePatterns: ["/build", "/cdk.out", "/.local", "node_modules"],
  rules: {
    "typescript/consistent-return": "off",
    eqeqeq: "error",
    "max-lines": ["error", { max: 250, skipBlankLines: false, skipComments: false }],
    "no-console": "off",
    "no-else-return": "error",
    "no-empty": "error",
    "no-eval": "error",
    "no-implied-eval": "error",
    "no-param-reassign": "error",
    ...restricted(["test", "absolute", "sdk", "cdk"]),
    "no-shadow": "off",
    "no-throw-literal": "error",
    "no-underscore-dangle": "off",
    "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    "no-var": "error",
    "prefer-const": "error",
    "require-await": "off",
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    "node/no-new-require": "error",
    "promise/always-return": "off",
    "typescript/await-thenable": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-namespace": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-unsafe-argument": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-unsafe-call": "error",
    "typescript/no-unsafe-member-access": "error",
    "typescript/no-unsafe-return": "error",
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/only-throw-error": "error",
    "typescript/prefer-readonly": "error",
    "typescript/require-await": "off",
    "typescript/return-await": ["error", "in-try-catch"],
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/use-unknown-in-catch-callback-variable": "error",
    "no-new": "off",
    "unicorn/require-post-message-target-origin": "off",
    "unicorn/consistent-function-scoping": "off",
    "typescript/no-unnecessary-type-parameters": "off",
    "import/no-named-as-default": "off",
  },
  overrides: [
    ...rooms.map(([files, ...names]) => ({
      files: [files],
      rules: restricted(["test", "absolute", ...names], /^lambdas\/([a-z-]+)\//.exec(files)?.[1]),
    })),
    {
      files: ["test/**"],
      rules: {
        "no-restricted-imports": "off",
        "max-lines": ["error", { max: 400 }],
        "typescript/unbound-method": "off",
      },
    },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
