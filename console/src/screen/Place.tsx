/** Where the visitor is: address, size of their view, what is masked and missing; while driving, ways to elsewhere. */
import { useState } from "preact/hooks";
import { pathOf } from "../names";
import { Icon, icons, type RemoteKey } from "../shared";
import { Menu, MenuItem } from "../ui/Menu";
import { t } from "../words";
import { screen } from "./receiver";
import { can, hand } from "./session";

const KEYS: readonly RemoteKey[] = ["enter", "tab", "back_tab", "escape", "backspace"];

export function Place() {
  const { page } = screen.value;
  if (!page) return null;
  const lacks = page.lacks.map((one) => t(`lack_${one}`)).join(", ");
  return (
    <div class="screen-place">
      {can.value.drive && <Ways />}
      {can.value.drive ? (
        <Address key={page.url} url={page.url} />
      ) : (
        <bdi class="place-url cut" title={page.title}>
          {page.url}
        </bdi>
      )}
      <span class="place-size">
        {page.width} × {page.height}
        {page.touch && ` · ${t("share_phone")}`}
      </span>
      <span class="place-masked cut">
        <Icon d={icons.lock} size={14} />
        {t("share_masked")}
      </span>
      {lacks !== "" && <span class="place-lacks cut">{t("share_lacks", { what: lacks })}</span>}
      {can.value.drive && <Keys />}
    </div>
  );
}

function Ways() {
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={t("share_back")}
        onClick={() => hand.give({ type: "back" })}
      >
        <Icon d={icons.chevronLeft} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t("share_forward")}
        onClick={() => hand.give({ type: "forward" })}
      >
        <Icon d={icons.chevronRight} />
      </button>
    </>
  );
}

/** A path of the same store: the page refuses anything else. */
function Address({ url }: { url: string }) {
  const [path, setPath] = useState(pathOf(url));
  return (
    <form
      class="place-go"
      onSubmit={(event) => {
        event.preventDefault();
        hand.give({ type: "go", path });
      }}
    >
      <input
        class="input"
        aria-label={t("share_go")}
        autocomplete="off"
        spellcheck={false}
        value={path}
        onInput={(event) => setPath(event.currentTarget.value)}
      />
      <button type="submit" class="button button-small">
        {t("share_go_action")}
      </button>
    </form>
  );
}

/** Keys that the agent's own browser needs for itself, and the others for those without a keyboard. */
function Keys() {
  return (
    <Menu
      buttonClass="button button-small"
      face={
        <>
          {t("share_keys")}
          <Icon d={icons.chevronDown} size={16} />
        </>
      }
    >
      {KEYS.map((key) => (
        <MenuItem key={key} onChoose={() => hand.press(key)}>
          {t(`share_key_${key as "enter" | "tab" | "back_tab" | "escape" | "backspace"}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
