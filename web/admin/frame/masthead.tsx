import TopNavigation from "@cloudscape-design/components/top-navigation";
import { Link } from "wouter";
import { useSession, useSpeech, useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

const languages = [
  ["ja", "日本語"],
  ["en", "English"],
] as const;

/** The bar over every page: brand, company, who is signed in, language. */
export function Masthead() {
  const { brand, tenant, administrator } = useSession();
  const { language, choose } = useSpeech();
  const t = useWords(frameWords);
  return (
    <div id="masthead">
      <TopNavigation>
        <div className="masthead">
          <Link href="/" className="masthead-brand">
            {t.siteName(brand)}
          </Link>
          <span className="masthead-person">
            <span>{language === "ja" ? tenant.name : tenant.englishName}</span>
            <span>{t.signedIn(administrator.name)}</span>
          </span>
          <span className="masthead-languages" role="group" aria-label={t.languages}>
            {languages.map(([code, name]) => (
              <button
                key={code}
                type="button"
                lang={code}
                aria-pressed={code === language}
                onClick={() => choose(code)}
              >
                {name}
              </button>
            ))}
          </span>
        </div>
      </TopNavigation>
    </div>
  );
}
