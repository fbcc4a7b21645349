/** A table that scrolls sideways in its own frame where the page is narrow; its rows are the caller's. */
import type { ComponentChildren } from "preact";

interface TableProps {
  heads: readonly string[];
  caption?: string;
  /** Of the table itself, where its cells are laid out in a way of their own. */
  layout?: string;
  /** Names the frame, which then takes the focus: keys scroll it. */
  label?: string;
  children: ComponentChildren;
}

export function Table({ heads, caption, layout, label, children }: TableProps) {
  return (
    <div
      class="table-scroll"
      {...(label === undefined ? {} : { role: "group" as const, "aria-label": label, tabIndex: 0 })}
    >
      <table {...(layout ? { class: layout } : {})}>
        {caption && <caption class="table-title">{caption}</caption>}
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
