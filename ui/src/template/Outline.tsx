import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/kit/classes';
import { useText } from '@/language/text';
import { type Content, countAt, type Defect, fieldAdded, moved, pathOf, type Place, placesOf, removed, ruleAdded, samePlace, sectionAdded } from './template';
import styles from './Template.module.css';

interface OutlineProps {
  content: Content;
  at: Place;
  defects: Defect[];
  readOnly: boolean;
  onGo: (place: Place) => void;
  onChange: (content: Content, place: Place) => void;
}

/** Parts, fields and rules. Arrows go through them, Alt with an arrow moves one, Delete takes it out. */
export function Outline({ content, at, defects, readOnly, onGo, onChange }: OutlineProps) {
  const { t } = useTranslation('template');
  const say = useText();
  const list = useRef<HTMLUListElement>(null);
  const places = placesOf(content);
  const here = places.findIndex((place) => samePlace(place, at));

  const nameOf = (place: Place): string => {
    if (place.what === 'form') return t('outline.form');
    if (place.what === 'rule') return say(content.definition.rules?.find(({ key }) => key === place.rule)?.says) || place.rule;
    const section = content.definition.sections.find(({ key }) => key === place.section);
    if (place.what === 'section') return say(section?.title) || place.section;
    return say(section?.fields.find(({ key }) => key === place.field)?.title) || place.field;
  };

  const go = (to: number) => {
    const place = places[to];
    if (!place) return;
    onGo(place);
    list.current?.querySelectorAll('button')[to]?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
    if (step) {
      event.preventDefault();
      if (event.altKey && !readOnly) onChange(moved(content, at, step), at);
      else go(here + step);
    } else if (event.key === 'Delete' && !readOnly && at.what !== 'form') {
      event.preventDefault();
      const left = removed(content, at);
      onChange(left.content, left.place);
    }
  };

  const section = at.what === 'field' || at.what === 'section' ? at.section : content.definition.sections.at(-1)?.key;
  const blank = { zh: '', en: '' };
  const put = ({ content: next, place }: { content: Content; place: Place }) => onChange(next, place);
  return (
    <nav className={styles.outline} aria-label={t('outline.label')}>
      <ul ref={list} onKeyDown={onKeyDown}>
        {places.map((place, i) => {
          const count = countAt(defects, place, content);
          const current = samePlace(place, at);
          const firstRule = place.what === 'rule' && places[i - 1]?.what !== 'rule';
          return (
            <li key={`${place.what}${pathOf(place)}`} className={firstRule ? styles.firstRule : undefined}>
              <button type="button" tabIndex={current || (here < 0 && i === 0) ? 0 : -1} className={classes(styles.node, styles[place.what], current && styles.current)} aria-current={current} onClick={() => onGo(place)}>
                <span className={styles.name}>{nameOf(place)}</span>
                {count > 0 && (
                  <span className={styles.count} title={t('outline.defects', { count })}>
                    {count}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      {!readOnly && (
        <div className={styles.tools}>
          {section !== undefined && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => put(fieldAdded(content, section, blank))}>
              {t('do.addField')}
            </Button>
          )}
          <Button size="small" icon={<PlusOutlined />} onClick={() => put(sectionAdded(content, blank))}>
            {t('do.addSection')}
          </Button>
          <Button size="small" icon={<PlusOutlined />} onClick={() => put(ruleAdded(content))}>
            {t('do.addRule')}
          </Button>
          <span className={styles.moves}>
            <Button size="small" icon={<ArrowUpOutlined />} aria-label={t('do.up')} title={`${t('do.up')} Alt+↑`} disabled={at.what === 'form'} onClick={() => onChange(moved(content, at, -1), at)} />
            <Button size="small" icon={<ArrowDownOutlined />} aria-label={t('do.down')} title={`${t('do.down')} Alt+↓`} disabled={at.what === 'form'} onClick={() => onChange(moved(content, at, 1), at)} />
            <Button size="small" icon={<DeleteOutlined />} aria-label={t('do.remove')} title={`${t('do.remove')} Delete`} disabled={at.what === 'form'} onClick={() => put(removed(content, at))} />
          </span>
        </div>
      )}
    </nav>
  );
}
