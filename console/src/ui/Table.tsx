/** A table that scrolls sideways in its own frame where the page is narrow; its rows are the caller's. */
import type { ComponentChildren } from "preact";

interface TableProps {
  heads: readonly string[];
  caption?: string;
  /** Of the table itself, where its cells are laid out in a way of their own. */
  layout?: string;
  children: ComponentChildren;
}

export function Table({ heads, caption, layout, children }: TableProps) {
  return (
    <div class="table-scroll">
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
