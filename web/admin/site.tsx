import { I18nProvider } from "@cloudscape-design/components/i18n";
import { startTransition, Suspense, use, useEffect, useMemo, useState } from "react";
import { Router } from "wouter";
import { adminRoutes, type AdminRoutes } from "../../lambdas/contract/admin.ts";
import { caller } from "../shared/call.ts";
import { browserLanguage, chosenLanguage, keepLanguage, type Language } from "../shared/texts.ts";
import { builtInTexts } from "./frame/built-in-texts.ts";
import { CallContext, LanguageContext } from "./frame/contexts.ts";
import { useHashPath } from "./frame/hash-address.ts";
import { SignedIn } from "./frame/signed-in.tsx";
import { useColours } from "./frame/colours.ts";
import { WaitingPage } from "./frame/waiting.tsx";

/** The whole site: language, the typed client, and the routes by hash. */
export function Site() {
  const [language, setLanguage] = useState<Language>(() => chosenLanguage() ?? browserLanguage());
  const [spoken] = useState(() => ({ now: language }));

  useColours();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const speech = useMemo(() => {
    spoken.now = language;
    return {
      language,
      /** The reader's own choice, kept for next time. */
      choose: (chosen: Language) => {
        keepLanguage(chosen);
        startTransition(() => setLanguage(chosen));
      },
      /** The administrator's language as registered, unless this reader chose another on this browser. */
      suggest: (suggested: Language) => startTransition(() => setLanguage(chosenLanguage() ?? suggested)),
    };
  }, [language, spoken]);

  const call = useMemo(() => caller<AdminRoutes>(adminRoutes, { base: "", language: () => spoken.now }), [spoken]);

  return (
    <LanguageContext value={speech}>
      <CallContext value={call}>
        <Suspense
          fallback={
            <main>
              <WaitingPage />
            </main>
          }
        >
          <BuiltInLanguage language={language}>
            <Router hook={useHashPath}>
              <SignedIn />
            </Router>
          </BuiltInLanguage>
        </Suspense>
      </CallContext>
    </LanguageContext>
  );
}

function BuiltInLanguage({ language, children }: { readonly language: Language; readonly children: React.ReactNode }) {
  return (
    <I18nProvider locale={language} messages={use(builtInTexts(language))}>
      {children}
    </I18nProvider>
  );
}
