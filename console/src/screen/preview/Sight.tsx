/** The picture, scaled to fit, with a box around whatever is masked, left out or shown; or why there is none. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon, icons } from "../../shared";
import { announce } from "../../ui/announcer";
import { t } from "../../words";
import { useScale } from "../scale";
import { hidden } from "./Legend";
import { behind, boxes, drawn, size, view } from "./session";

export function Sight({ host }: { host: RefObject<HTMLDivElement> }) {
  const room = useRef<HTMLDivElement>(null);
  const scale = useScale(room, size.value);
  const { width, height } = size.value;
  const standing = drawn.value && width > 0;
  const colorScheme = view.value?.seen?.page.dark ? "dark" : "light";
  const { title, text } = words();
  useEffect(() => announce(title), [title]);
  return (
    <section class="stage preview-stage" aria-label={t("preview_picture")}>
      <div ref={room} class="stage-room">
        <div
          class="stage-frame"
          hidden={!standing}
          style={{ inlineSize: `${width * scale}px`, blockSize: `${height * scale}px` }}
        >
          <div
            ref={host}
            class="stage-picture"
            style={{
              inlineSize: `${width}px`,
              blockSize: `${height}px`,
              transform: `scale(${scale})`,
              colorScheme,
            }}
          />
          <div class="stage-sheet" aria-hidden="true">
            {boxes.value.map(({ node, rank, x, y, width: wide, height: high }) => (
              <span
                key={node}
                class={`preview-box box-${rank}`}
                hidden={hidden.value.has(rank)}
                style={{
                  transform: `translate(${x * scale}px, ${y * scale}px)`,
                  inlineSize: `${wide * scale}px`,
                  blockSize: `${high * scale}px`,
                }}
              />
            ))}
          </div>
        </div>
        {!standing && (
          <div class="stage-nothing">
            <span class="empty-icon">
              <Icon d={icons.eye} size={28} />
            </span>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
          </div>
        )}
      </div>
      {standing && <Page />}
    </section>
  );
}

function words(): { title: string; text: string } {
  const now = view.value;
  const said = (key: "none" | "waiting" | "asking" | "left" | "off" | "refused" | "coming") => ({
    title: t(`preview_${key}`),
    text: t(`preview_${key}_text`),
  });
  if (!now) return said("none");
  if (now.stage === "left") return said("left");
  if (now.fault) return said("refused");
  if (now.stage !== "open") return said(now.stage);
  return said(now.seen?.page.rule === "off" ? "off" : "coming");
}

/** Address, what may be done there, what cannot be shown; whether the picture is of the settings before. */
function Page() {
  const page = view.value?.seen?.page;
  if (!page) return null;
  const lacks = page.lacks.map((one) => t(`lack_${one}`)).join(", ");
  return (
    <p class="screen-place" role="status">
      <bdi class="place-url cut">{page.url}</bdi>
      <span class="place-size">
        {page.width} × {page.height}
      </span>
      {page.rule === "see_only" && <span>{t("preview_see_only")}</span>}
      {lacks !== "" && <span class="place-lacks">{t("share_lacks", { what: lacks })}</span>}
      {behind.value && <strong>{t("preview_behind")}</strong>}
    </p>
  );
}
