/** A round mark before a name: an agent's first letter, or an icon. Decoration: the name stands beside it. */
import { Icon } from "../shared/icon";

export function Avatar({ name, icon }: { name?: string; icon?: string }) {
  return (
    <span class="avatar" aria-hidden="true">
      {icon ? <Icon d={icon} size={18} /> : [...(name ?? "?")][0]?.toLocaleUpperCase()}
    </span>
  );
}
