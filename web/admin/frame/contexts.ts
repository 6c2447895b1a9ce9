import { createContext, use, useEffect } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";
import type { Call } from "../../shared/call.ts";
import type { Language, Texts } from "../../shared/texts.ts";

export type Session = Reply<AdminRoutes["getSession"]>;

/** What the reader must hear about beyond the page at hand. */
export type Notice = {
  readonly type: "success" | "error" | "warning";
  readonly header: string;
  readonly content?: string;
};

type Speech = { language: Language; choose: (chosen: Language) => void; suggest: (suggested: Language) => void };
/** The way to a page, for the bar above it: the page itself is last. */
export type Trail = readonly { readonly text: string; readonly href: string }[];
type Notices = { tell: (notice: Notice) => void; clear: () => void };

export const LanguageContext = createContext<Speech | undefined>(undefined);
export const CallContext = createContext<Call<AdminRoutes> | undefined>(undefined);
export const SessionContext = createContext<Session | undefined>(undefined);
export const TrailContext = createContext<((trail: Trail) => void) | undefined>(undefined);
export const NoticesContext = createContext<Notices | undefined>(undefined);

function given<V>(value: V | undefined, name: string): V {
  if (value === undefined) throw new Error(`${name} is used outside its provider (web/admin/site.tsx)`);
  return value;
}

export const useSpeech = (): Speech => given(use(LanguageContext), "useSpeech");
/** A page's words in the reader's language. */
export const useWords = <T>(words: Texts<T>): T => words[useSpeech().language];
export const useCall = (): Call<AdminRoutes> => given(use(CallContext), "useCall");
export const useSession = (): Session => given(use(SessionContext), "useSession");
export const useNotices = (): Notices => given(use(NoticesContext), "useNotices");

/** The company and the signed-in administrator as they are called in the reader's language. */
export function useNames(): { readonly company: string; readonly administrator: string } {
  const { tenant, administrator } = useSession();
  return useSpeech().language === "ja"
    ? { company: tenant.name, administrator: administrator.name }
    : { company: tenant.englishName, administrator: administrator.englishName };
}

/** Shows the way to this page while it is mounted. */
export function useTrail(trail: Trail): void {
  const show = given(use(TrailContext), "useTrail");
  const written = JSON.stringify(trail);
  useEffect(() => {
    show(JSON.parse(written) as Trail);
    return () => show([]);
  }, [show, written]);
}
