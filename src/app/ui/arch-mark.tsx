/** Alcove's mark: an arch within an arch. */
export function ArchMark({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.4" aria-hidden="true">
      <path d="M2.5 16.5V9a6.5 6.5 0 0 1 13 0v7.5M6 16.5V9a3 3 0 0 1 6 0v7.5M.5 16.5h17" />
    </svg>
  );
}
