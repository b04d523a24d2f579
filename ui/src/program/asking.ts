import type { Schemas } from '@/api/client';

export type Asking = Schemas['SourceWanting'];

/** What a program asks for, as it wrote it into the address. What it left out is empty, and the server says so. */
export function askingIn(address: URLSearchParams): Asking {
  const said = (name: string) => address.get(name) ?? '';
  return {
    clientId: said('client_id'),
    redirectUri: said('redirect_uri'),
    responseType: said('response_type'),
    scope: said('scope'),
    state: said('state'),
    codeChallenge: said('code_challenge'),
    codeChallengeMethod: said('code_challenge_method'),
    aud: said('aud'),
    ...(address.has('launch') && { launch: said('launch') }),
    ...(address.has('nonce') && { nonce: said('nonce') }),
  };
}

/** Where a program is at home, as people know places. */
export function homeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
