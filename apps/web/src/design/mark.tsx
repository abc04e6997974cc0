/** The mark of Assay: an A whose bar is a tick. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="2" y="2" width="28" height="28" rx="7" fill="var(--accent)" />
      <path
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        d="M8.5 24 16 7.5 23.5 24M11.7 18.6l3.1 2.9 6.4-7"
      />
    </svg>
  );
}
