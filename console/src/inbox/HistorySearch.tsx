/** Searching History by text and visitor's name, as one types. */
import { useEffect, useRef, useState } from "preact/hooks";
import { searchHistory } from "../lists";
import { Icon, icons } from "../shared";
import { dispatch, search } from "../state/store";
import { t } from "../words";

const DEBOUNCE_MS = 200;

export function HistorySearch() {
  const [text, setText] = useState(search.peek()?.q ?? "");
  const asked = useRef(search.peek()?.q ?? "");
  useEffect(() => {
    const q = text.trim();
    if (q === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = q;
      if (q === "") dispatch({ type: "search_cleared" });
      else void searchHistory(q);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="list-head search-field">
      <Icon d={icons.search} size={18} />
      <input
        id="history-search"
        type="search"
        class="input"
        aria-label={t("history_search")}
        placeholder={t("history_search_hint")}
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </div>
  );
}
