import { createContext, use } from 'react';
import type { Scheme } from './antd';

const storageKey = 'medward.scheme';

export function rememberedScheme(): Scheme {
  const kept = localStorage.getItem(storageKey);
  if (kept === 'light' || kept === 'dark') return kept;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function applyScheme(scheme: Scheme): void {
  document.documentElement.dataset.theme = scheme;
  localStorage.setItem(storageKey, scheme);
}

/** Follows the colours that are chosen in another window. Returns what ends it. */
export function watchScheme(choose: (scheme: Scheme) => void): () => void {
  const follow = ({ key, newValue }: StorageEvent) => {
    if (key === storageKey && (newValue === 'light' || newValue === 'dark')) choose(newValue);
  };
  window.addEventListener('storage', follow);
  return () => window.removeEventListener('storage', follow);
}

interface SchemeChoice {
  scheme: Scheme;
  choose: (scheme: Scheme) => void;
}

export const SchemeContext = createContext<SchemeChoice>({ scheme: 'light', choose: () => undefined });

export const useScheme = () => use(SchemeContext);
