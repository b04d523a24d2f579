/** The sign of the product: a cross whose foot is a keyhole. */
export function Sign({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mw-primary-solid)" />
      <path fill="#fff" d="M13.2 6.5h5.6v6.7h6.7v5.6h-5.2l2.2 6.7H9.5l2.2-6.7H6.5v-5.6h6.7z" />
    </svg>
  );
}
