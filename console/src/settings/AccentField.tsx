/** The merchant's colour, with what it becomes: text on it is black or white, whichever reads better. */
import { accent as colours, Icon, icons } from "../shared";
import { Field } from "../ui/Field";
import { lang, t } from "../words";

interface AccentFieldProps {
  value: string;
  onValue: (value: string) => void;
}

export function AccentField({ value, onValue }: AccentFieldProps) {
  const rgb = colours.rgbOf(value.trim());
  return (
    <div class="accent">
      <Field
        label={t("site_accent")}
        value={value}
        onValue={onValue}
        pattern="#[0-9a-fA-F]{6}"
        placeholder="#1f4ed8"
        error={rgb ? undefined : t("site_accent_error")}
      />
      <input
        type="color"
        class="accent-picker"
        aria-label={t("site_accent_pick")}
        value={rgb ? value.trim().toLowerCase() : "#1f4ed8"}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {rgb && <Verdict rgb={rgb} />}
    </div>
  );
}

function Verdict({ rgb }: { rgb: colours.Rgb }) {
  const light = colours.accentTokens(rgb, "light");
  const ratio = colours.contrast(light.onAccent, light.accent);
  const words = new Intl.NumberFormat(lang.value, { maximumFractionDigits: 1 }).format(ratio);
  const shifted = light.strong.join() !== rgb.join();
  return (
    <div class="accent-verdict">
      <span class="accent-sample" style={{ background: css(light.accent), color: css(light.onAccent) }}>
        <Icon d={icons.message} size={16} />
        {t("accent_sample")}
      </span>
      <span class="chip chip-ok">{t("accent_contrast", { ratio: words })}</span>
      {shifted && <span class="quiet">{t("accent_shifted")}</span>}
    </div>
  );
}

function css([red, green, blue]: colours.Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
