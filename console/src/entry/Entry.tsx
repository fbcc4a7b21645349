/** The frame of the screens before the inbox: a card in the middle, the language at its foot. */
import "../style/entry.css";
import type { ComponentChildren } from "preact";
import { Icon, icons } from "../shared";
import { Mark } from "../ui/Mark";
import { chooseLanguage, lang, languageNames, languages } from "../words";

export function Entry({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: string;
  children: ComponentChildren;
}) {
  return (
    <main class="entry">
      <div class="entry-card">
        <p class="entry-brand">
          <Mark />
          Comptoir
        </p>
        <h1>{title}</h1>
        {intro && <p class="entry-intro">{intro}</p>}
        {children}
      </div>
      <nav class="entry-languages">
        <Icon d={icons.language} size={16} />
        {languages.map((one) => (
          <button
            key={one}
            type="button"
            class="link-button"
            lang={one}
            aria-pressed={lang.value === one}
            onClick={() => void chooseLanguage(one)}
          >
            {languageNames[one]}
          </button>
        ))}
      </nav>
    </main>
  );
}
