/** Content types of a site's files by ending; an ending that is not here fails the build. */
const mediaTypes = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
} as const satisfies Record<string, string>;

export const siteMediaTypes: readonly string[] = Object.values(mediaTypes);

/** What a file is served as; text says its encoding. */
export function contentTypeOf(ending: string): string {
  const type = (mediaTypes as Readonly<Record<string, string>>)[ending];
  if (type === undefined) throw new Error(`a site file ends in "${ending}": name its type in lib/build/media-types.ts`);
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}
