/** A part of the screen in a chunk of its own, fetched when it is first shown. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { icons } from "../shared";
import { t } from "../words";
import { Empty, Spinner } from "./pieces";

interface LazyProps<Props> {
  /** Chunks are remembered by it. */
  name: string;
  load: () => Promise<ComponentType<Props>>;
  props: Props;
}

const fetched = new Map<string, ComponentType<never>>();

/** A screen of its own chunk. One that was fetched before is shown at once. */
export function Lazy<Props extends object>({ name: key, load, props }: LazyProps<Props>) {
  const [found, setFound] = useState<{ key: string; failed: boolean }>();
  useEffect(() => {
    if (fetched.has(key)) return;
    load().then(
      (loaded) => {
        fetched.set(key, loaded as ComponentType<never>);
        setFound({ key, failed: false });
      },
      () => setFound({ key, failed: true }),
    );
  }, [key]);
  const Known = fetched.get(key) as ComponentType<Props> | undefined;
  if (Known) return <Known {...props} />;
  if (found?.key === key && found.failed) {
    // The release changed while the page was open: its chunks have other names now.
    return (
      <div class="page">
        <Empty icon={icons.alert} title={t("chunk_gone")}>
          <button type="button" class="button" onClick={() => location.reload()}>
            {t("reload")}
          </button>
        </Empty>
      </div>
    );
  }
  return <Spinner label={t("loading")} />;
}
