import type { DownloadRoutes } from "../../lambdas/contract/download.ts";
import type { Reply } from "../../lambdas/contract/route.ts";
import type { Failure } from "./call.ts";
import type { Language } from "../shared/texts.ts";
import type { Texts } from "./texts.ts";

export type Credential = { readonly id: string; readonly password: string };
type Problem = Failure | { readonly kind: "missing" } | undefined;

/**
 * What the page shows, and all that it remembers. ID and password live here alone: closing or
 * reloading the page forgets them, and no storage, cookie or address ever holds them.
 */
export type View =
  | {
      readonly page: "notice";
      /** Read from the address once; absent after a reload. */
      readonly token: string | undefined;
      readonly revealed: Reply<DownloadRoutes["revealNotice"]> | undefined;
      readonly problem: Problem;
    }
  | {
      readonly page: "sign-in";
      readonly typed: Credential;
      readonly shown: boolean;
      readonly problem: Problem;
    }
  | {
      readonly page: "certificate";
      readonly credential: Credential;
      readonly shown: boolean;
      readonly certificate: Reply<DownloadRoutes["signIn"]>;
      /** The file's link, and until when it works in the clock's milliseconds. */
      readonly link: (Reply<DownloadRoutes["downloadCertificate"]> & { readonly until: number }) | undefined;
      readonly problem: Problem;
    };

export type ViewOf<P extends View["page"]> = Extract<View, { page: P }>;

export const emptyNotice: ViewOf<"notice"> = {
  page: "notice",
  token: undefined,
  revealed: undefined,
  problem: undefined,
};
export const emptySignIn: ViewOf<"sign-in"> = {
  page: "sign-in",
  typed: { id: "", password: "" },
  shown: false,
  problem: undefined,
};

/** What every page is given to draw itself and to act. */
export type Site = {
  readonly language: Language;
  readonly texts: Texts;
  readonly brand: string;
  readonly repositoryUrl: string | undefined;
  /** A call is under way: buttons wait. */
  readonly busy: boolean;
  /** Shows another view. */
  readonly show: (view: View) => void;
  /** Remembers a view without drawing it again, for what the reader is typing. */
  readonly keep: (view: View) => void;
  /** Draws the waiting state, runs, then shows what came of it, unless the reader has moved on. */
  readonly work: (run: () => Promise<View>) => void;
  /** Puts the page's address without loading anything. */
  readonly address: (path: "/" | "/notice") => void;
  /** Shows a short thing for a moment, and says it to a screen reader. */
  readonly say: (text: string) => void;
};
