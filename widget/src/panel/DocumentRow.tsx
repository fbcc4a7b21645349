/**
 * A document in the transcript: an image by its preview, anything else by name,
 * both to download. Addresses are signed for 10 minutes and asked for when needed.
 */
import { useEffect, useState } from "preact/hooks";
import { bytes } from "../shared/format";
import { Icon } from "../shared/icon";
import { download, file } from "../shared/icons";
import type { DocumentAddress, DocumentRef, Refusal } from "../shared/protocol";
import { useAround } from "./around";

/** Asked again a little before the server's 10 minutes are over. */
const FRESH_MS = 9 * 60_000;

export function DocumentRow({ document }: { document: DocumentRef }) {
  const { lang, t } = useAround();
  const { address, gone, refresh, stale } = useAddress(document);
  const size = bytes(document.bytes, lang);
  const follow = (event: MouseEvent) => {
    const link = event.currentTarget as HTMLAnchorElement;
    if (address && !stale()) return;
    event.preventDefault();
    void refresh().then((now) => {
      if (!now) return;
      link.href = now.download;
      link.click();
    });
  };
  const href = address?.download;
  const common = { rel: "noopener", target: "_blank", onClick: follow };
  if (address?.preview)
    return (
      <a class="picture" href={href} {...common} aria-label={t("file_download", { name: document.name })}>
        <img
          src={address.preview}
          alt={t("file_image", { name: document.name })}
          loading="lazy"
          onError={() => void (stale() && refresh())}
        />
      </a>
    );
  return (
    <a
      class="file"
      href={href}
      {...common}
      aria-label={t("file_download", { name: `${document.name}, ${size}` })}
    >
      <span class="file-icon">
        <Icon d={file} />
      </span>
      <span class="file-words">
        <bdi>{document.name}</bdi>
        <small>{gone ? t("file_gone") : size}</small>
      </span>
      <Icon d={download} size={18} />
    </a>
  );
}

function useAddress(document: DocumentRef) {
  const { chat } = useAround();
  const [got, setGot] = useState<{ address: DocumentAddress; at: number }>();
  const [gone, setGone] = useState(false);
  const refresh = async () => {
    try {
      const address = await (await chat.reach()).address(document.id);
      setGot({ address, at: Date.now() });
      return address;
    } catch (refusal) {
      // Only the server can say that it is gone; unanswered, it is asked again after the cut.
      setGone((refusal as Partial<Refusal>).code === "not_found");
      return undefined;
    }
  };
  const connected = chat.view.link === "open";
  useEffect(() => {
    if (!got) void refresh();
  }, [document.id, connected]);
  return { address: got?.address, gone, refresh, stale: () => !got || Date.now() - got.at > FRESH_MS };
}
