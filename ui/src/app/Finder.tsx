import { ArrowRightOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Modal } from 'antd';
import type { TFunction } from 'i18next';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/kit/classes';
import styles from './Finder.module.css';
import { may } from './roles';
import { useSession } from './session';

export interface Place {
  key: string;
  title: string;
  group: string;
  icon: ReactNode;
  path: string;
}

interface FinderProps {
  open: boolean;
  places: Place[];
  onGo: (path: string) => void;
  onClose: () => void;
}

/**
 * Finds places by typing, and leads whoever treats patients to their search. It never searches
 * patients by itself: each such search is a disclosure and must be meant.
 */
export function Finder({ open, places, onGo, onClose }: FinderProps) {
  const { t } = useTranslation();
  return (
    <Modal open={open} onCancel={onClose} footer={null} closable={false} width={560} style={{ top: 96 }} title={t('finder.title')} classNames={{ container: styles.finder, header: styles.none }} destroyOnHidden>
      <Search places={places} onGo={onGo} />
    </Modal>
  );
}

function Search({ places, onGo }: Pick<FinderProps, 'places' | 'onGo'>) {
  const { t } = useTranslation();
  const { roles } = useSession();
  const hint = useFinderHint();
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const options = optionsFor(text.trim(), places, roles, t);
  const here = Math.min(at, options.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = options[here];
    if (step !== undefined && options.length > 0) setAt((here + step + options.length) % options.length);
    else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) onGo(chosen.path);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.field}>
        <SearchOutlined />
        <input
          autoFocus
          value={text}
          placeholder={hint}
          aria-label={hint}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={options[here] && `${list}-${options[here].key}`}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={list} role="listbox" aria-label={t('finder.places')} className={styles.options}>
        {options.map((option, index) => (
          <li
            key={option.key}
            id={`${list}-${option.key}`}
            role="option"
            aria-selected={index === here}
            className={classes(styles.option, index === here && styles.here)}
            onMouseMove={() => setAt(index)}
            onClick={() => onGo(option.path)}
          >
            {option.icon}
            <span className={styles.title}>{option.title}</span>
            <span className={styles.group}>{option.group}</span>
            {index === here && <ArrowRightOutlined />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What can be found by somebody in these roles. */
export function useFinderHint(): string {
  const { t } = useTranslation();
  const { roles } = useSession();
  return t(may(roles, 'findPatients') ? 'finder.hint' : 'finder.hintPlaces');
}

function optionsFor(text: string, places: Place[], roles: string[], t: TFunction): Place[] {
  const found = places.filter(({ title, group }) => `${title} ${group}`.toLowerCase().includes(text.toLowerCase()));
  if (!text) return found;
  const query = encodeURIComponent(text);
  const patients: (Place | false)[] = [
    may(roles, 'findPatients') && { key: 'patients', title: t('finder.patients', { text }), group: t('finder.mine'), icon: <UserOutlined />, path: `/patients?text=${query}` },
    may(roles, 'locate') && { key: 'locate', title: t('finder.locate', { text }), group: t('finder.exact'), icon: <SearchOutlined />, path: `/patients/locate?identifier=${query}` },
  ];
  const offered = patients.filter((place) => place !== false);
  return /^[\dA-Za-z-]{4,}$/.test(text) ? [...offered.reverse(), ...found] : [...offered, ...found];
}
