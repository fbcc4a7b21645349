/**
 * The picture, scaled to fit, under a sheet that takes every pointer: nothing of it is ever clicked
 * in this tab. Over it the visitor's pointer, boxes for fields, and what was refused.
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon, icons } from "../shared";
import { t } from "../words";
import { FieldBox } from "./FieldBox";
import type { Point } from "./hand";
import { wordsOf } from "./phases";
import { screen } from "./receiver";
import { useScale } from "./scale";
import { acted, field, hand, mode, phase, pointer, refused, size } from "./session";
import type { Phase } from "./state";

interface StageProps {
  name: string;
  host: RefObject<HTMLDivElement>;
}

/** Phases in which a picture stands, be it an old one. */
const PICTURED: ReadonlySet<Phase["name"]> = new Set([
  "sharing",
  "control_asked",
  "driving",
  "suspended",
  "away",
  "watching",
]);

export function Stage({ name, host }: StageProps) {
  const room = useRef<HTMLDivElement>(null);
  const scale = useScale(room, size.value);
  const { width, height } = size.value;
  const pictured = PICTURED.has(phase.value.name) && width > 0;
  const phone = screen.value.page?.touch === true;
  // What the frame's element prefers is what the page in it is asked for: the visitor's choice, not ours.
  const colorScheme = screen.value.page?.dark ? "dark" : "light";
  return (
    <section class="stage" aria-label={t("share_picture", { name })} data-region>
      <div ref={room} class="stage-room">
        <div
          class={phone ? "stage-frame stage-phone" : "stage-frame"}
          hidden={!pictured}
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
          <Sheet scale={scale} />
          <VisitorPointer scale={scale} />
          {field.value && <FieldBox key={field.value.node} field={field.value} scale={scale} name={name} />}
          <Refused scale={scale} name={name} />
          <Veil name={name} />
        </div>
        {!pictured && <Nothing name={name} />}
      </div>
      {pictured && (
        <p class="stage-never">
          <Icon d={icons.lock} size={14} />
          {t("share_never_type", { name })}
        </p>
      )}
    </section>
  );
}

/** Takes the pointer, the wheel and the keys; the frame below gets none of them. */
function Sheet({ scale }: { scale: number }) {
  const at = (event: MouseEvent): Point => {
    const rect = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const point = { x: (event.clientX - rect.left) / scale, y: (event.clientY - rect.top) / scale };
    acted.value = point;
    return point;
  };
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = sheet.current;
    if (!element) return;
    // Not passive: a wheel over the page must not scroll this tab.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const factor = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1;
      hand.wheel(at(event), event.deltaX * factor, event.deltaY * factor);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [scale]);
  const now = mode.value;
  return (
    <div
      ref={sheet}
      class={`stage-sheet sheet-${now}`}
      tabIndex={now === "drive" ? 0 : -1}
      role="application"
      aria-label={t(now === "drive" ? "share_picture_drive" : "share_picture_point")}
      onPointerMove={(event) => hand.move(at(event))}
      onPointerLeave={() => hand.leave()}
      onClick={(event) => hand.click(at(event))}
      onContextMenu={(event) => {
        event.preventDefault();
        hand.click(at(event), "right");
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (hand.key(event.key)) event.preventDefault();
      }}
    />
  );
}

function VisitorPointer({ scale }: { scale: number }) {
  const seen = pointer.value;
  if (!seen) return null;
  const touch = screen.value.page?.touch === true;
  const kind = touch ? "visitor-pointer visitor-finger" : "visitor-pointer";
  return (
    <span
      class={seen.pressed ? `${kind} visitor-pressed` : kind}
      aria-hidden="true"
      style={{ transform: `translate(${seen.x * scale}px, ${seen.y * scale}px)` }}
    >
      {!touch && (
        <svg width="18" height="18" viewBox="0 0 18 18" focusable="false" aria-hidden="true">
          <path d="M2 1.5 15.5 8 9 9.6 6.2 16Z" />
        </svg>
      )}
    </span>
  );
}

function Refused({ scale, name }: { scale: number; name: string }) {
  const said = refused.value;
  if (!said) return null;
  const { x, y } = acted.peek();
  const { width, height } = size.value;
  return (
    <span
      key={said.turn}
      class={`stage-refused${x > width / 2 ? " refused-start" : ""}${y > height / 2 ? " refused-above" : ""}`}
      style={{ transform: `translate(${x * scale}px, ${y * scale}px)` }}
    >
      <span class="refused-words">{t(`refused_${said.failure}`, { name })}</span>
    </span>
  );
}

/** Over the last picture: why it does not move. */
function Veil({ name }: { name: string }) {
  const now = phase.value;
  const words = veilWords(now, name);
  if (!words) return null;
  return (
    <div class="stage-veil">
      <p>{words}</p>
    </div>
  );
}

function veilWords(now: Phase, name: string): string | undefined {
  if (now.name === "suspended") return t("share_loading");
  if (now.name === "away") return t("share_away", { name });
  if (!("hindrance" in now) || !now.hindrance) return undefined;
  if (now.hindrance === "unshowable" && screen.value.unshowable === "too_large")
    return t("share_unshowable_too_large");
  return t(`share_${now.hindrance}`, { name });
}

function Nothing({ name }: { name: string }) {
  const now = phase.value;
  const { title, text, tone } = wordsOf(now, name);
  const loading = PICTURED.has(now.name);
  return (
    <div class="stage-nothing">
      <span class={`empty-icon nothing-${tone}`}>
        <Icon d={tone === "trouble" ? icons.wifiOff : icons.screen} size={28} />
      </span>
      <p class="empty-title">{loading ? t("share_loading") : title}</p>
      {text && !loading && <p class="empty-text">{text}</p>}
    </div>
  );
}
