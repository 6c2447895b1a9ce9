import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { read, truth, unused } from "./resources/provider.ts";
import type { Stack } from "./stack.ts";
import { fetchObject } from "./stored-object.ts";

/** A distribution of one bucket. `host` with port, as the alias has it. */
export type PlannedDistribution = {
  readonly host: string;
  readonly bucket: string;
  readonly defaultObject: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

/** CloudFront's managed policies by id. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const headersPolicies: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // SecurityHeadersPolicy
  "67f7725c-6f97-4210-82d7-5512b31e9d03": {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "X-XSS-Protection": "1; mode=block",
  },
};

const shape = z.strictObject({
  DistributionConfig: z.strictObject({
    Enabled: truth.pipe(z.literal(true)),
    Aliases: z.tuple([z.string()]),
    DefaultRootObject: z.string().optional(),
    DefaultCacheBehavior: z.strictObject({
      AllowedMethods: z.array(z.enum(["GET", "HEAD"])),
      // This machine serves plain http only.
      ViewerProtocolPolicy: z.literal("allow-all"),
      TargetOriginId: z.string(),
      ResponseHeadersPolicyId: z.enum(Object.keys(headersPolicies)).optional(),
      Compress: truth.pipe(z.literal(false)),
      // Nothing is cached here.
      CachePolicyId: unused,
      CachedMethods: unused,
    }),
    Origins: z.tuple([
      z.strictObject({ Id: z.string(), DomainName: z.string(), S3OriginConfig: unused, OriginAccessControlId: unused }),
    ]),
    Comment: unused,
    HttpVersion: unused,
    IPV6Enabled: unused,
    ViewerCertificate: unused,
    PriceClass: unused,
  }),
  Tags: unused,
});

/** Reads the distributions of a stack. Throws with the resource's name for a form that this machine does not know. */
export function planDistributions(stack: Stack): readonly PlannedDistribution[] {
  return stack.ofType("AWS::CloudFront::Distribution").map((one) => {
    const { Aliases, DefaultRootObject, Origins, DefaultCacheBehavior } = read(shape, one).DistributionConfig;
    const bucket = stack
      .ofType("AWS::S3::Bucket")
      .find(({ attributes }) => attributes["RegionalDomainName"] === Origins[0].DomainName);
    if (!bucket)
      throw new Error(
        `${one.logicalId} (${one.type}): its origin ${Origins[0].DomainName} is not a bucket of the stack`,
      );
    const { ResponseHeadersPolicyId = "" } = DefaultCacheBehavior;
    return {
      host: Aliases[0],
      bucket: bucket.physicalId,
      defaultObject: DefaultRootObject,
      headers: headersPolicies[ResponseHeadersPolicyId] ?? {},
    };
  });
}

const passedOn = [
  "content-type",
  "content-length",
  "content-encoding",
  "cache-control",
  "etag",
  "last-modified",
  "content-disposition",
  "accept-ranges",
  "content-range",
];
const asked = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "range"];

/** The plain HTTP server of a distribution, reading the bucket at each request; not listening yet. */
export function distribution(
  { host, bucket, defaultObject, headers }: PlannedDistribution,
  objects: S3Client,
  report: (line: string) => void,
): Server {
  const agent = new Agent({ keepAlive: true });
  const refuse = (response: ServerResponse, status: number, text: string): void => {
    response
      .writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" })
      .end(`${text}\n`);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method } = request;
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "Only GET and HEAD are served here.");
    }
    const path = decodeURIComponent(new URL(request.url ?? "/", `http://${host}`).pathname).slice(1);
    const conditions = Object.fromEntries(
      asked.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      }),
    );
    const found = await fetchObject(objects, agent, { bucket, key: path || defaultObject || "" }, method, conditions);
    const status = found.statusCode ?? 502;
    if (![200, 206, 304, 412, 416].includes(status)) {
      found.resume();
      return refuse(
        response,
        status === 404 || status === 403 ? 404 : 502,
        status === 404 || status === 403 ? "Not found." : "The bucket cannot be read.",
      );
    }
    for (const name of passedOn) {
      const value = found.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead(status, headers);
    found.pipe(response);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (error instanceof URIError) return refuse(response, 400, "The address is not percent-encoded UTF-8.");
      report(`${request.method} ${request.url} → 502: ${error instanceof Error ? error.message : String(error)}`);
      return response.headersSent ? void response.destroy() : refuse(response, 502, "The bucket cannot be read.");
    });
  });
  server.on("close", () => agent.destroy());
  return server;
}
