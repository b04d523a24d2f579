import { AppstoreOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { menuFor, type MenuItem } from './menu';
import type { MenuGroup } from './session';
import styles from './SideMenu.module.css';

interface SideMenuProps {
  groups: MenuGroup[];
  open: (path: string) => boolean;
  narrow: boolean;
  onNarrow: (narrow: boolean) => void;
}

export function SideMenu({ groups, open, narrow, onNarrow }: SideMenuProps) {
  const { t } = useTranslation();
  const entry = ({ key, path, icon }: Pick<MenuItem, 'path' | 'icon'> & { key: MenuItem['key'] | 'desk' }) => (
    <li key={key}>
      <NavLink to={path} end={path === '/'} className={styles.item} title={narrow ? t(`menu.items.${key}`) : undefined}>
        {icon}
        <span className={styles.label}>{t(`menu.items.${key}`)}</span>
      </NavLink>
    </li>
  );
  return (
    <nav className={styles.menu} aria-label={t('menu.label')}>
      <div className={styles.places}>
        <ul>{entry({ key: 'desk', path: '/', icon: <AppstoreOutlined /> })}</ul>
        {menuFor(groups, open).map(([group, items]) => (
          <Fragment key={group}>
            <h2 className={styles.group}>{t(`menu.groups.${group}`)}</h2>
            <ul aria-label={t(`menu.groups.${group}`)}>{items.map(entry)}</ul>
          </Fragment>
        ))}
      </div>
      <button type="button" className={styles.fold} onClick={() => onNarrow(!narrow)} aria-label={t(narrow ? 'menu.widen' : 'menu.narrow')}>
        {narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
      </button>
    </nav>
  );
}
