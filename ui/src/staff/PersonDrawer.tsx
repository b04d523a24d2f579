import { Button, Drawer, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Pill } from '@/kit/Pill';
import { formatDay } from '@/language/time';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from './departments';
import styles from './PersonDrawer.module.css';

interface PersonDrawerProps {
  person: Schemas['StaffPerson'];
  departments: Departments;
  onClose: () => void;
  actions?: ReactNode;
  onEnd: ((appointment: Schemas['StaffAppointment']) => void) | undefined;
}

/** A person with every appointment; each has its last day. */
export function PersonDrawer({ person, departments, actions, onClose, onEnd }: PersonDrawerProps) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const facts: (Fact | undefined | false | '')[] = [
    { label: t('column.number'), value: <Code value={person.number} copyable /> },
    { label: t('column.category'), value: term('category', person.category) },
    person.phone && { label: t('phone'), value: person.phone },
  ];
  return (
    <Drawer open onClose={onClose} size={520} mask={false} title={text(person.name)}>
      <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
      <h2 className={styles.title}>{t('appointments')}</h2>
      <ul className={styles.posts}>
        {person.appointments?.map((post) => (
          <li key={post.id} className={post.live ? undefined : styles.over}>
            <div>
              <div className={styles.post}>
                {text(departments[post.department])} · {term('role', post.role)} {!post.live && <Pill>{t('over')}</Pill>}
              </div>
              <div className={styles.span}>
                {formatDay(post.since)} – {formatDay(post.until)}
                {post.live && <Clock deadline={post.until} start={post.since} />}
              </div>
            </div>
            {post.live && onEnd && (
              <Popconfirm title={t('endTitle')} description={t('endNote')} okText={t('end')} cancelText={t('keep')} onConfirm={() => onEnd(post)}>
                <Button size="small">{t('end')}</Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.whole}>
        <Link to={`/staff/${person.id}`}>{t('whole')}</Link>
      </p>
      {actions}
    </Drawer>
  );
}
