import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import type { Routes } from "../../lambdas/contract/route.ts";
import { referenced, resourcesOf, synthesize } from "./synthesize.ts";

const template = synthesize();

type Method = {
  readonly route: string;
  readonly integration: Readonly<Record<string, unknown>>;
  readonly authorization: unknown;
};

function methodsOf(api: string): Method[] {
  return resourcesOf(template, "AWS::ApiGateway::Method")
    .filter(([, { RestApiId }]) => referenced(RestApiId)[0] === api)
    .map(([, properties]) => ({
      route: `${String(properties["HttpMethod"])} ${pathOf(properties["ResourceId"])}`,
      integration: properties["Integration"] as Method["integration"],
      authorization: properties["AuthorizationType"],
    }));
}

function pathOf(resource: unknown): string {
  const [id = ""] = referenced(resource);
  const found = template.Resources[id];
  if (found?.Type !== "AWS::ApiGateway::Resource") return "/";
  const parent = pathOf(found.Properties["ParentId"]);
  return `${parent === "/" ? "" : parent}/${String(found.Properties["PathPart"])}`;
}

const sites: readonly [string, Routes, string, string, readonly string[]][] = [
  ["AdminApi", adminRoutes, "AdminApiFunction", "AdminSiteBucket", ["/"]],
  ["DownloadApi", downloadRoutes, "DownloadApiFunction", "DownloadSiteBucket", ["/", "/notice"]],
];

describe.each(sites)("%s", (api, routes, handler, bucket, pages) => {
  const methods = methodsOf(api);
  const [own, files] = [true, false].map((proxy) =>
    methods.filter(({ integration }) => (integration["Type"] === "AWS_PROXY") === proxy),
  ) as [Method[], Method[]];

  it("has exactly the contract's routes, its own description, the site's files and one answer to all else", () => {
    const contract = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
    expect(methods.map(({ route }) => route).toSorted()).toEqual(
      [
        ...contract,
        "GET /api/openapi.json",
        "ANY /{path+}",
        ...[...pages, "/assets/{key+}"].flatMap((path) => [`GET ${path}`, `HEAD ${path}`]),
      ].toSorted(),
    );
  });

  it("asks its one function for every route, and for what does not exist", () => {
    expect(own).toHaveLength(Object.keys(routes).length + 2);
    for (const { integration } of own) {
      expect(referenced(integration["Uri"])).toContain(handler);
    }
  });

  it("lets API Gateway call that function by one permission, however many routes there are", () => {
    const permissions = resourcesOf(template, "AWS::Lambda::Permission").filter(
      ([, { FunctionName }]) => referenced(FunctionName)[0] === handler,
    );
    expect(permissions).toHaveLength(1);
    expect(own.length).toBeGreaterThan(1);
    expect(referenced(permissions[0]?.[1]["SourceArn"])).toContain(api);
  });

  it("serves pages and assets from its own bucket, with headers that the files carry", () => {
    for (const { route, integration } of files) {
      expect(integration["IntegrationHttpMethod"]).toBe(route.split(" ")[0]);
      expect(referenced(integration["Uri"])).toContain(bucket);
      expect(JSON.stringify(integration["Uri"])).toContain(
        route.endsWith(" /assets/{key+}") ? "/assets/{key}" : "/index.html",
      );
      const [found, missing] = integration["IntegrationResponses"] as Record<string, unknown>[];
      expect(found).toMatchObject({ StatusCode: "200", ContentHandling: "CONVERT_TO_BINARY" });
      expect(found?.["ResponseParameters"]).toEqual({
        "method.response.header.Content-Type": "integration.response.header.Content-Type",
        "method.response.header.Content-Encoding": "integration.response.header.Content-Encoding",
        "method.response.header.Cache-Control": "integration.response.header.Cache-Control",
        "method.response.header.Content-Security-Policy": "integration.response.header.x-amz-meta-csp",
        "method.response.header.Strict-Transport-Security": "'max-age=63072000'",
        "method.response.header.X-Content-Type-Options": "'nosniff'",
        "method.response.header.Referrer-Policy": "'no-referrer'",
        "method.response.header.X-Frame-Options": "'DENY'",
        "method.response.header.Cross-Origin-Resource-Policy": "'same-origin'",
        "method.response.header.Cross-Origin-Opener-Policy": "'same-origin'",
      });
      expect(missing).toMatchObject({
        StatusCode: "404",
        SelectionPattern: "4\\d{2}",
        ContentHandling: "CONVERT_TO_TEXT",
      });
    }
  });

  it("passes files on as they are stored, and a function's JSON as text", () => {
    const types = template.Resources[api]?.Properties["BinaryMediaTypes"] as string[];
    expect(types).toEqual(expect.arrayContaining(["text/html", "text/javascript", "text/css"]));
    expect(types).not.toContain("*/*");
    expect(types).not.toContain("application/json");
  });

  it("logs each access by a line without query, header or body", () => {
    const [stage] = resourcesOf(template, "AWS::ApiGateway::Stage").filter(
      ([, { RestApiId }]) => referenced(RestApiId)[0] === api,
    );
    const { DestinationArn, Format } = (stage?.[1] ?? {})["AccessLogSetting"] as {
      DestinationArn: unknown;
      Format: string;
    };
    const types = referenced(DestinationArn).map((id) => template.Resources[id]?.Type);
    expect(types).toContain("AWS::Logs::LogGroup");
    const variables = Object.values(JSON.parse(Format) as Record<string, string>);
    expect(variables).toContain("$context.identity.sourceIp");
    expect(variables).toContain("$context.identity.clientCert.serialNumber");
    expect(Format).not.toMatch(/query|header|body|clientCertPem|\$input|requestOverride/i);
    // What a path's parameters may hold: ids of things, never a token.
    for (const { route } of own) expect(route).not.toMatch(/\{[^}]*(token|password|secret|code)/i);
    expect(resourcesOf(template, "AWS::ApiGateway::Account")).toHaveLength(1);
  });

  it("cannot be reached around its own domain", () => {
    expect(template.Resources[api]?.Properties["DisableExecuteApiEndpoint"]).toBe(true);
  });

  it("has a page and a problem for what API Gateway answers by itself", () => {
    const answers = resourcesOf(template, "AWS::ApiGateway::GatewayResponse")
      .filter(([, { RestApiId }]) => referenced(RestApiId)[0] === api)
      .map(([, properties]) => properties);
    const statuses = Object.fromEntries(
      answers.map(({ ResponseType, StatusCode }) => [String(ResponseType), StatusCode as string | undefined]),
    );
    expect(statuses).toEqual({
      MISSING_AUTHENTICATION_TOKEN: "404",
      REQUEST_TOO_LARGE: undefined,
      THROTTLED: "429",
      // An office that asks too often is asked to wait; it is not forbidden.
      WAF_FILTERED: "429",
      DEFAULT_5XX: undefined,
      // A client certificate that is not let in.
      ...(api === "AdminApi" ? { DEFAULT_4XX: undefined } : {}),
    });
    for (const { ResponseParameters, ResponseTemplates } of answers) {
      expect(ResponseParameters).toMatchObject({
        "gatewayresponse.header.Content-Type": "'text/html; charset=utf-8'",
        "gatewayresponse.header.Cache-Control": "'no-store'",
        "gatewayresponse.header.X-Frame-Options": "'DENY'",
      });
      const templates = ResponseTemplates as Record<string, string>;
      expect(templates["text/html"]).toMatch(/^<!doctype html>/);
      expect(JSON.parse(templates["application/json"] ?? "")).toMatchObject({ type: "about:blank" });
    }
  });
});

describe("the administrators' domain", () => {
  const domain = template.Resources["AdminDomain"]?.Properties;

  it("asks for a certificate of the administrators' authority, in the version that bootstrap found", () => {
    expect(domain?.["MutualTlsAuthentication"]).toEqual({
      TruststoreUri: { "Fn::Join": ["", ["s3://", { Ref: "TrustBucket" }, "/administrators.pem"]] },
      TruststoreVersion: { "Fn::GetAtt": ["Authorities", "TrustStoreVersion"] },
    });
  });

  it("speaks TLS 1.2 under its own host name and certificate", () => {
    expect(domain).toMatchObject({
      DomainName: { Ref: "AdminHost" },
      RegionalCertificateArn: { Ref: "AdminCertificateArn" },
      SecurityPolicy: "TLS_1_2",
    });
  });

  it("leads to the administrators' API alone", () => {
    const mapped = resourcesOf(template, "AWS::ApiGateway::BasePathMapping").filter(
      ([, { DomainName }]) => referenced(DomainName)[0] === "AdminDomain",
    );
    expect(mapped.map(([, { RestApiId }]) => referenced(RestApiId))).toEqual([["AdminApi"]]);
  });
});

describe("the download domain", () => {
  it("asks nobody for a certificate and shares none with the administrators' domain", () => {
    const domain = template.Resources["DownloadDomain"]?.Properties;
    expect(domain?.["MutualTlsAuthentication"]).toBeUndefined();
    expect(domain).toMatchObject({
      RegionalCertificateArn: { Ref: "DownloadCertificateArn" },
      SecurityPolicy: "TLS_1_2",
    });
  });

  it("stops an address that calls too often", () => {
    const rule = template.Resources["DownloadRateRule"]?.Properties["Rules"];
    expect(rule).toMatchObject([
      { Action: { Block: {} }, Statement: { RateBasedStatement: { AggregateKeyType: "IP" } } },
    ]);
    const [association] = resourcesOf(template, "AWS::WAFv2::WebACLAssociation");
    expect(referenced(association?.[1]["ResourceArn"])).toContain("DownloadApi");
    expect(referenced(association?.[1]["WebACLArn"])).toEqual(["DownloadRateRule"]);
  });
});
