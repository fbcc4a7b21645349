/** Comptoir's mark. */

/** A counter with a bell on it, in two strokes. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <rect x="0" y="0" width="24" height="24" rx="7" fill="var(--accent)" />
      <path
        d="M7 14a5 5 0 0 1 10 0M5.5 17h13M12 9V7.2"
        fill="none"
        stroke="var(--on-accent)"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
  );
}
