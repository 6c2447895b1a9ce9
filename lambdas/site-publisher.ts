import { readFile } from "node:fs/promises";
import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { s3 } from "./aws/s3.ts";
import { putObject } from "./aws/objects.ts";
import { uploadsOrigin } from "./aws/links.ts";
import { environmentOf } from "./environment.ts";
import { answerCloudFormation } from "./http/cloudformation.ts";

const environment = environmentOf("site-publisher");
const store = s3();
const buckets = { admin: environment.ADMIN_SITE_BUCKET, download: environment.DOWNLOAD_SITE_BUCKET };

/** One built file: where it lies in the bundle, and how it is served. */
type SiteFile = {
  readonly path: string;
  readonly key: string;
  readonly contentType: string;
  readonly contentEncoding?: string;
  readonly cacheControl: string;
  /** `{uploads}` is replaced by the origin that files are uploaded to. */
  readonly csp?: string;
};

/**
 * Puts a site's files into its bucket. Assets carry their hash in the name and come first, pages
 * last, so that no page is served before what it asks for; older assets stay for open tabs.
 */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerCloudFormation(event, async () => {
    const site: unknown = event.ResourceProperties["Site"];
    if (site !== "admin" && site !== "download") throw new Error(`there is no site "${String(site)}"`);
    if (event.RequestType !== "Delete") await publish(site);
    return { physicalId: `site-${site}` };
  });

async function publish(site: keyof typeof buckets): Promise<void> {
  const root = new URL(`site/${site}/`, import.meta.url);
  const files = JSON.parse(await readFile(new URL("manifest.json", root), "utf8")) as readonly SiteFile[];
  const uploads = await uploadsOrigin(store, environment.UPLOADS_BUCKET);
  const isPage = ({ key }: SiteFile) => key.endsWith(".html");
  for (const file of [...files.filter((one) => !isPage(one)), ...files.filter(isPage)]) {
    await putObject(store, buckets[site], file.key, await readFile(new URL(file.path, root)), {
      type: file.contentType,
      cache: file.cacheControl,
      ...(file.contentEncoding === undefined ? {} : { encoding: file.contentEncoding }),
      ...(file.csp === undefined ? {} : { metadata: { csp: file.csp.replace("{uploads}", uploads) } }),
    });
  }
}
