/** Milliseconds that the first CRLs may take on a slow machine. */
const patience = 120_000;

const answers = async (url: string): Promise<Response | undefined> => {
  const response = await fetch(url);
  return response.ok ? response : undefined;
};

/** The files of the same origin that a page links to. */
function linkedFrom(page: string, pageUrl: string): readonly string[] {
  const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => new URL(href, pageUrl));
  return links.filter(({ origin }) => origin === new URL(pageUrl).origin).map(({ href }) => href);
}

/**
 * Waits until the repository serves its page and everything that the page links to: certificates and CRLs of the three
 * authorities, which are first published a moment after the start. Throws with the missing addresses after `patience`.
 */
export async function repositoryReady(pageUrl: string, limit = patience): Promise<void> {
  const deadline = Date.now() + limit;
  for (;;) {
    const page = await answers(pageUrl);
    const files = page === undefined ? [] : linkedFrom(await page.text(), pageUrl);
    const served = await Promise.all(files.map(async (url) => (await answers(url)) !== undefined));
    const missing = page === undefined ? [pageUrl] : files.filter((_, at) => !served[at]);
    if (missing.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(
        `The repository does not serve ${missing.join(", ")}; see logs/BootstrapFunction.log and logs/CrlPublisherFunction.log in the data folder`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
