/** Stamped copies for outsiders bear codes of twenty letters, all that else leaves codes of eighteen. */
const ofSharing = /^[A-Z2-7]{20}$/;

/** Whether a code, as people write it, is one on a stamped copy for outsiders. */
export function isOfSharing(typed: string): boolean {
  return ofSharing.test(typed.replace(/[\s-]/g, '').toUpperCase());
}
