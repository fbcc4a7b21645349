/** The keyboard's help, by Ctrl+/ or from the account menu. */
import { t } from "../words";
import { Dialog } from "./Dialog";
import { keysHelp } from "./keymap";

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("help_title")} onClose={onClose}>
      <dl class="keys">
        {keysHelp.map((one) => (
          <div key={one.chord}>
            <dt>
              <kbd>{one.chord}</kbd>
            </dt>
            <dd>{t(one.does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
