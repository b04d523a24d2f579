/** What a followed link was exchanged for; only this tab knows it, and only until it has landed. */
const key = 'medward.claim';

export function keepClaim(claim: string): void {
  window.sessionStorage.setItem(key, claim);
}

/** Takes the claim: it is good once. */
export function takeClaim(): string | null {
  const claim = window.sessionStorage.getItem(key);
  window.sessionStorage.removeItem(key);
  return claim;
}

/** Takes the link out of the address, so that neither history nor a bookmark keeps it. */
export function takeLink(): string {
  const link = window.location.hash.slice(1);
  window.history.replaceState(null, '', window.location.pathname);
  return link;
}
