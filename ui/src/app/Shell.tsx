import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Waits } from '@/duty/waits';
import { BreakGlassBar } from '@/kit/BreakGlassBar';
import { useConnection } from './connection';
import { ConnectionBar } from './ConnectionBar';
import { Finder, type Place } from './Finder';
import { menuFor } from './menu';
import { SessionContext, type Glass, type Session } from './session';
import styles from './Shell.module.css';
import { useShortcuts, type Shortcut } from './shortcuts';
import { ShortcutsHelp } from './ShortcutsHelp';
import { SideMenu } from './SideMenu';
import { TopBar } from './TopBar';

export interface ShellProps {
  session: Session;
  waits?: Waits;
  /** What the person should know on every page. */
  notices?: ReactNode;
  /** Break-glass accesses that last, the one that ends first before the others. */
  glasses: Glass[];
  /** Whether the page at a path exists. */
  open: (path: string) => boolean;
  onPurpose: (purpose: string) => void;
  onSignOut: () => void;
  onSignInAgain: () => void;
  onRetry: () => void;
  onEndGlass: (glass: Glass) => void;
  children: ReactNode;
}

const narrowKey = 'medward.menu.narrow';

/** What stands around every page after sign-in. */
export function Shell(props: ShellProps) {
  const { session, waits, notices, glasses, open, onPurpose, onSignOut, onSignInAgain, onRetry, onEndGlass, children } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const connection = useConnection();
  const [narrow, setNarrow] = useState(localStorage.getItem(narrowKey) === 'yes');
  const [finding, setFinding] = useState(false);
  const [helping, setHelping] = useState(false);

  const go = useCallback(
    (path: string) => {
      setFinding(false);
      void navigate(path);
    },
    [navigate],
  );
  const places = useMemo<Place[]>(
    () =>
      menuFor(session.menu, open).flatMap(([group, items]) =>
        items.map(({ key, path, icon }) => ({ key, path, icon, title: t(`menu.items.${key}`), group: t(`menu.groups.${group}`) })),
      ),
    [session.menu, open, t],
  );
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: 'mod+k', says: t('shortcuts.find'), run: () => setFinding(true) },
      { keys: '?', says: t('shortcuts.help'), run: () => setHelping(true) },
      { keys: 'g h', says: t('menu.items.desk'), run: () => go('/') },
      ...menuFor(session.menu, open).flatMap(([, items]) =>
        items.flatMap(({ key, path, letter }) => (letter ? [{ keys: `g ${letter}`, says: t(`menu.items.${key}`), run: () => go(path) }] : [])),
      ),
    ],
    [session.menu, open, t, go],
  );
  useShortcuts(shortcuts);

  const onNarrow = (next: boolean) => {
    localStorage.setItem(narrowKey, next ? 'yes' : 'no');
    setNarrow(next);
  };

  return (
    <SessionContext value={session}>
      <a className={styles.skip} href="#main">
        {t('top.skip')}
      </a>
      <div className={styles.shell} data-narrow={narrow || undefined}>
        <div className={styles.top}>
          <TopBar
            session={session}
            {...(waits && { waits })}
            onFind={() => setFinding(true)}
            onBreakGlass={() => go('/patients/locate?emergency=yes')}
            onHelp={() => setHelping(true)}
            onPurpose={onPurpose}
            onSignOut={onSignOut}
          />
          {glasses.map((glass) => (
            <BreakGlassBar key={glass.id} patient={glass.patientName} start={glass.since} end={glass.until} onEnd={() => onEndGlass(glass)} />
          ))}
          {notices}
          <ConnectionBar connection={connection} onSignIn={onSignInAgain} onRetry={onRetry} />
        </div>
        <div className={styles.side}>
          <SideMenu groups={session.menu} open={open} narrow={narrow} onNarrow={onNarrow} />
        </div>
        <main id="main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Finder open={finding} places={places} onGo={go} onClose={() => setFinding(false)} />
      <ShortcutsHelp open={helping} onClose={() => setHelping(false)} />
    </SessionContext>
  );
}
