/**
 * The files of one feed on their way to the server, one after the other: the first is kept there as a
 * preview, each further one is put to it. What the preview then says is the screens' business.
 */
import { asRefusal, remove } from "../../api";
import { explained } from "../../refusals";
import type { FeedPreview, SiteId } from "../../shared";
import { type Upload, upload } from "../../upload";
import { t } from "../../words";

/** A file as the merchant knows it. */
export interface FeedFile {
  name: string;
  bytes: number;
}

/** A feed that is looked at: what the server makes of it, and the files it was read from. */
export interface LookedAt {
  preview: FeedPreview;
  files: readonly FeedFile[];
}

export interface Sending {
  name: string;
  /** Of all files together, from 0 to 1. */
  share: number;
}

/** A further file was one too many; the others stay. */
export class TooManyFiles extends Error {
  constructor(
    readonly file: string,
    readonly most: number,
  ) {
    super(`${file} is one file too many`);
  }
}

/**
 * Sends `files` into the catalog of `lang`, or to `before`. `came` is told of each that arrived, so that
 * whoever adds to a preview knows what lies there even when a later file is refused.
 */
export function sendFeed(
  site: SiteId,
  to: { lang: string; before?: LookedAt | undefined },
  files: readonly File[],
  tell: { sending: (sending: Sending) => void; came?: (all: LookedAt) => void },
): Upload<LookedAt> {
  const all = files.reduce((bytes, file) => bytes + file.size, 0) || 1;
  let flying: Upload<FeedPreview> | undefined;
  let isCancelled = false;
  const one = async (file: File, sent: number, looked: LookedAt | undefined): Promise<LookedAt> => {
    const put = looked ? `with=${looked.preview.id}` : `lang=${to.lang}`;
    const says = (share: number) =>
      tell.sending({ name: file.name, share: (sent + share * file.size) / all });
    says(0);
    flying = upload<FeedPreview>(`/sites/${site}/catalog/previews?${put}`, file, says);
    if (isCancelled) flying.cancel();
    const before = looked?.files ?? [];
    try {
      const preview = await flying.done;
      return { preview, files: [...before, { name: file.name, bytes: file.size }] };
    } catch (failure) {
      if (looked && isOneTooMany(failure)) throw new TooManyFiles(file.name, before.length);
      throw failure;
    }
  };
  const send = async (): Promise<LookedAt> => {
    let looked = to.before;
    let sent = 0;
    try {
      for (const file of files) {
        looked = await one(file, sent, looked);
        sent += file.size;
        tell.came?.(looked);
      }
    } catch (failure) {
      if (!to.before && looked) letGo(site, looked);
      throw failure;
    }
    if (!looked) throw new Error("no file was given");
    return looked;
  };
  const cancel = () => {
    isCancelled = true;
    flying?.cancel();
  };
  return { done: send(), cancel };
}

/** Other values may be refused of a file that is put to others; they have their own sentence. */
export function isOneTooMany(failure: unknown): boolean {
  const { code, fields } = asRefusal(failure);
  return code === "invalid_value" && !!fields?.some((fault) => fault.code === "too_many_files");
}

/** What nobody wants any more goes by itself after an hour; this only makes it sooner. */
export function letGo(site: SiteId, { preview }: LookedAt): void {
  remove(`/sites/${site}/catalog/previews/${preview.id}`).catch(() => undefined);
}

export function sendingFault(failure: unknown): string {
  if (failure instanceof TooManyFiles) return t("feed_too_many", { name: failure.file, files: failure.most });
  return explained(asRefusal(failure));
}
