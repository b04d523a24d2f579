/** What the server sends for navigator.credentials: bytes are base64url. */
interface CreationJSON {
  publicKey: Record<string, unknown> & { challenge: string; user: { id: string } & Record<string, unknown>; excludeCredentials?: { id: string; type: string }[] };
}

interface RequestJSON {
  publicKey: Record<string, unknown> & { challenge: string; allowCredentials?: { id: string; type: string }[] };
}

const bytes = (text: string): ArrayBuffer => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)).buffer;

const text = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const named = (list: { id: string; type: string }[] | undefined) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in window;

/** Makes a passkey and returns what the server wants to see of it. */
export async function makePasskey(options: unknown): Promise<Record<string, unknown>> {
  const { publicKey } = options as CreationJSON;
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) }, excludeCredentials: named(publicKey.excludeCredentials) };
  const made = (await navigator.credentials.create({ publicKey: asked as unknown as PublicKeyCredentialCreationOptions })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return { id: made.id, rawId: text(made.rawId), type: made.type, response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) } };
}

/** Shows a passkey that its holder chooses. */
export async function showPasskey(options: unknown): Promise<Record<string, unknown>> {
  const { publicKey } = options as RequestJSON;
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) };
  const shown = (await navigator.credentials.get({ publicKey: asked as unknown as PublicKeyCredentialRequestOptions })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return {
    id: shown.id,
    rawId: text(shown.rawId),
    type: shown.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      ...(response.userHandle && { userHandle: text(response.userHandle) }),
    },
  };
}
