import { createContext, use, useEffect, useMemo, useRef, type ReactNode } from 'react';

export interface Shortcut {
  /** Keys as on the keyboard, e.g. “mod+k”, “?”, or two in turn: “g p”. mod is Ctrl, or ⌘ on a Mac. */
  keys: string;
  says: string;
  run: () => unknown;
}

interface Registry {
  add: (shortcuts: Shortcut[]) => () => void;
  all: () => Shortcut[];
}

const RegistryContext = createContext<Registry | undefined>(undefined);
const secondKeyWithin = 1200;

/** Listens to the keyboard for every shortcut that a component below has given. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const given = useRef<Shortcut[][]>([]);
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcuts) => {
        given.current.push(shortcuts);
        return () => {
          given.current = given.current.filter((one) => one !== shortcuts);
        };
      },
      all: () => given.current.flat(),
    }),
    [],
  );

  useEffect(() => {
    let first = { key: '', at: 0 };
    const onKeyDown = (event: KeyboardEvent) => {
      const key = nameOf(event);
      const typing = isTyping(event.target) && !key.startsWith('mod+');
      if (typing || event.altKey || event.defaultPrevented) return;
      const both = Date.now() - first.at < secondKeyWithin ? `${first.key} ${key}` : key;
      const hit = registry.all().findLast(({ keys }) => keys === both || keys === key);
      first = { key, at: Date.now() };
      if (!hit) return;
      event.preventDefault();
      hit.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [registry]);

  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Gives shortcuts while the component is shown. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const registry = use(RegistryContext);
  useEffect(() => registry?.add(shortcuts), [registry, shortcuts]);
}

/** Every shortcut that works at this moment. */
export function useAllShortcuts(): () => Shortcut[] {
  const registry = use(RegistryContext);
  return () => registry?.all() ?? [];
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
