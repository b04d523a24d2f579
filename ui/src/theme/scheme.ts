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

interface SchemeChoice {
  scheme: Scheme;
  choose: (scheme: Scheme) => void;
}

export const SchemeContext = createContext<SchemeChoice>({ scheme: 'light', choose: () => undefined });

export const useScheme = () => use(SchemeContext);
