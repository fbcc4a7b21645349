/** The panel from head to composer. Opening, closing and the page around it are desk.tsx's. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useAround } from "./around";
import { Composer, type Prefill } from "./Composer";
import { Head } from "./Head";
import { Banner, VisitsJoined } from "./parts";
import { Transcript } from "./Transcript";
import { turnInPlay } from "./transcript";

interface PanelProps {
  close(): void;
  prefill: Prefill | undefined;
}

export function Panel({ close, prefill }: PanelProps) {
  const { chat, config, full, t } = useAround();
  const { over, ...drop } = useDrop((files) => chat.share(files));
  const { view } = chat;
  const { link, log } = view;
  return (
    <section
      class={full ? "panel full" : "panel"}
      role="dialog"
      aria-modal={full}
      aria-label={t("panel_label", { site: config.name })}
      tabIndex={-1}
      {...drop}
    >
      <Head close={close} />
      {(link === "lost" || link === "ended" || (link === "connecting" && log.last > 0)) && <Banner />}
      <Transcript />
      {chat.visitsToJoin().length > 0 && <VisitsJoined />}
      <Composer asks={turnInPlay(view)?.turn.asks} prefill={prefill} />
      {over && <p class="drop">{t("drop_here")}</p>}
    </section>
  );
}

/** Files dragged over the panel; leaving a child for another is not leaving. */
function useDrop(take: (files: FileList) => void) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  const enter = (step: number) => (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  useEffect(() => {
    if (!over) depth.current = 0;
  }, [over]);
  return {
    over,
    onDragEnter: enter(1),
    onDragLeave: enter(-1),
    onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) take(event.dataTransfer.files);
    },
  };
}
