/** One icon of icons.ts, in the colour of the text around it. Named only when nothing beside it is. */

interface IconProps {
  d: string;
  /** In px; 20 by default. */
  size?: number;
  /** Its accessible name; absent = decoration. */
  label?: string;
}

export function Icon({ d, size = 20, label }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      focusable="false"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" })}
    >
      <path d={d} />
    </svg>
  );
}
