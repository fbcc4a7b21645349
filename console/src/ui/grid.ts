/**
 * The roles of a grid whose rows are laid out as cards: a `<table>` would bring its own layout along.
 * Rows hold the focus, cells do not; what stands in them does.
 */
export const grid = (label: string) => ({
  role: "grid" as const,
  "aria-label": label,
  "aria-multiselectable": true,
});

/** Rows that belong together within a grid. */
export const rows = (label: string) => ({ role: "rowgroup" as const, "aria-label": label });

export const row = { role: "row" } as const;

export const selectable = (selected: boolean) => ({ role: "row" as const, "aria-selected": selected });

export const cell = { role: "gridcell" } as const;
