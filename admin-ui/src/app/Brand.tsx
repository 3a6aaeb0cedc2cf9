/** A gate, half open. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M4 29V13a12 12 0 0 1 24 0v16h-6V14a6 6 0 0 0-12 0v15z" fill="var(--c1)" />
      <path d="M14.5 29V14.5a1.5 1.5 0 0 1 3 0V29z" fill="var(--c2)" />
    </svg>
  );
}
