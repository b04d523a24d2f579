/* eslint-disable @typescript-eslint/no-deprecated -- only one overload of createElement is */
/**
 * The nonce that the server put into this page. Styles made at run time carry
 * it, for the content security policy drops all others.
 */
export function pageNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}

/**
 * Gives the nonce to every style element that a script makes. Some parts of the
 * component library (scroll lock, measuring) make them without. What arrives as
 * markup stays outside the policy all the same.
 */
export function lendNonce(nonce: string | undefined): void {
  if (!nonce) return;
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
