import { AlertOutlined, BellOutlined, BulbOutlined, MoonOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { speak, useLanguage } from '@/language/language';
import { useText } from '@/language/text';
import type { Waits } from '@/duty/waits';
import { classes } from '@/kit/classes';
import { useScheme } from '@/theme/scheme';
import { Sign } from './Brand';
import { useFinderHint } from './Finder';
import { PersonButton } from './PersonButton';
import { may } from './roles';
import type { Session } from './session';
import { Keys } from './ShortcutsHelp';
import styles from './TopBar.module.css';

/** Comes after the page: menus are heavy, and nobody opens one at once. */
const PersonMenu = lazy(() => import('./PersonMenu'));

export interface TopBarProps {
  session: Session;
  /** What waits for the person; absent where nothing can, or until it is known. */
  waits?: Waits;
  onFind: () => void;
  onBreakGlass: () => void;
  onHelp: () => void;
  onPurpose: (purpose: string) => void;
  onSignOut: () => void;
}

export function TopBar({ session, waits, onFind, onBreakGlass, onHelp, onPurpose, onSignOut }: TopBarProps) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = useLanguage();
  const { scheme, choose } = useScheme();
  const finderHint = useFinderHint();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand} aria-label={t('brand.home')}>
        <Sign />
        <span className={styles.name}>
          医守<span className={styles.latin}>Medward</span>
        </span>
      </Link>
      <span className={styles.organisation}>
        {session.organisation && text(session.organisation)}
        {session.demo && <span className={styles.demo}>{t('brand.demo')}</span>}
      </span>
      <button type="button" className={styles.find} aria-label={finderHint} onClick={onFind}>
        <SearchOutlined />
        <span>{finderHint}</span>
        <Keys keys="mod+k" />
      </button>
      {may(session.roles, 'breakGlass') && (
        <Button danger icon={<AlertOutlined />} className={styles.glass} aria-label={t('top.breakGlass')} onClick={onBreakGlass}>
          {t('top.breakGlass')}
        </Button>
      )}
      {waits && <Bell waits={waits} />}
      <Tooltip title={t('top.help')}>
        <button type="button" className={classes(styles.icon, styles.help)} aria-label={t('top.help')} onClick={onHelp}>
          <QuestionCircleOutlined />
        </button>
      </Tooltip>
      <Tooltip title={t(`top.${other}`)}>
        <button type="button" className={styles.icon} aria-label={t(`top.${other}`)} onClick={() => choose(other)}>
          {scheme === 'dark' ? <BulbOutlined /> : <MoonOutlined />}
        </button>
      </Tooltip>
      <button type="button" className={styles.language} lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => void speak(language === 'zh' ? 'en' : 'zh')}>
        {language === 'zh' ? 'EN' : '中文'}
      </button>
      <Suspense fallback={<PersonButton session={session} />}>
        <PersonMenu session={session} onPurpose={onPurpose} onSignOut={onSignOut} />
      </Suspense>
    </header>
  );
}

/** Leads to what waits; red once something is late. */
function Bell({ waits: { todo, late, more } }: { waits: Waits }) {
  const { t } = useTranslation();
  const says = [more ? t('top.tasksMore', { n: todo }) : t('top.tasks', { count: todo }), late > 0 && t('top.tasksLate', { count: late })].filter(Boolean).join(' · ');
  return (
    <Tooltip title={says}>
      <Link to="/duties" className={styles.tasks} aria-label={says}>
        <BellOutlined />
        {todo > 0 && <span className={classes(styles.count, late > 0 && styles.late)}>{todo > 99 ? '99+' : todo}</span>}
      </Link>
    </Tooltip>
  );
}
