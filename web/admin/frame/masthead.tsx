import TopNavigation from "@cloudscape-design/components/top-navigation";
import { Link } from "wouter";
import { useNames, useSession, useSpeech, useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

const languages = [
  ["ja", "日本語"],
  ["en", "English"],
] as const;

/** The bar over every page: brand, company, who is signed in, language. */
export function Masthead() {
  const { brand } = useSession();
  const { company, administrator } = useNames();
  const t = useWords(frameWords);
  return (
    <Bar>
      <Link href="/" className="masthead-brand">
        {t.siteName(brand)}
      </Link>
      <span className="masthead-person">
        <span>{company}</span>
        <span>{t.signedIn(administrator)}</span>
      </span>
    </Bar>
  );
}

/** The bar while it is not known whose site it is. */
export function UnnamedMasthead() {
  const t = useWords(frameWords);
  return (
    <Bar>
      <span className="masthead-brand">{t.unnamedSite}</span>
    </Bar>
  );
}

function Bar({ children }: { readonly children: React.ReactNode }) {
  const { language, choose } = useSpeech();
  const t = useWords(frameWords);
  return (
    <div id="masthead">
      <TopNavigation>
        <div className="masthead">
          {children}
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
