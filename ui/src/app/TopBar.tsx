import { AlertOutlined, BellOutlined, BulbOutlined, KeyOutlined, LogoutOutlined, MoonOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { speak, useLanguage } from '@/language/language';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Waits } from '@/duty/waits';
import { classes } from '@/kit/classes';
import { useScheme } from '@/theme/scheme';
import { Sign } from './Brand';
import { useFinderHint } from './Finder';
import { may } from './roles';
import type { Session } from './session';
import { Keys } from './ShortcutsHelp';
import styles from './TopBar.module.css';

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
      <button type="button" className={styles.find} onClick={onFind}>
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
      <PersonMenu session={session} onPurpose={onPurpose} onSignOut={onSignOut} />
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

function PersonMenu({ session, onPurpose, onSignOut }: Pick<TopBarProps, 'session' | 'onPurpose' | 'onSignOut'>) {
  const { t } = useTranslation();
  const text = useText();
  const term = useTerm();
  const navigate = useNavigate();
  const post = session.posts[0];
  const name = text(session.name);
  const items: MenuProps['items'] = [
    {
      type: 'group',
      label: t('top.purposeGroup'),
      children: session.purposes.map((purpose) => ({ key: `purpose:${purpose.id}`, label: text(purpose.name) })),
    },
    { type: 'divider' },
    { key: 'security', label: t('top.security'), icon: <KeyOutlined /> },
    { key: 'out', label: t('top.signOut'), icon: <LogoutOutlined /> },
  ];
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items,
        selectable: true,
        selectedKeys: [`purpose:${session.purpose}`],
        onClick: ({ key }) => {
          if (key === 'out') onSignOut();
          else if (key === 'security') void navigate('/me/security');
          else onPurpose(key.slice('purpose:'.length));
        },
      }}
    >
      <button type="button" className={styles.person}>
        <span className={styles.face} aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        <span className={styles.who}>
          <span className={styles.title}>{name}</span>
          <span className={styles.post}>
            {post && `${text(post.department.name)} · `}
            {t('top.purpose', { purpose: term('purpose', session.purpose) })}
          </span>
        </span>
      </button>
    </Dropdown>
  );
}
