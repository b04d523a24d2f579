import { Drawer, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Proof } from '@/kit/proof/Proof';
import type { LedgerProof } from '@/kit/proof/verify';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import type { People } from '@/staff/person';
import type { Entry } from './entry';
import styles from './EntryDrawer.module.css';
import { Sentence, type Line, type Names } from './Sentence';

/** An entry that is looked at; its parts arrive one after another. */
export interface OpenEntry {
  line: Line;
  entry?: Entry;
  proof?: LedgerProof;
  /** The ledger's key in hex. */
  publicKey?: string;
  /** There is no proof yet: the checkpoint comes about a second after the act. */
  pending?: boolean;
  error?: string;
}

interface EntryDrawerProps {
  open: OpenEntry;
  people: People;
  names?: Names;
  onClose: () => void;
}

/** One entry: the sentence, what decided, what it was about, what it wrote, and its proof. */
export default function EntryDrawer({ open, people, names, onClose }: EntryDrawerProps) {
  const { t } = useTranslation('ledger');
  const { line, entry, proof, publicKey, pending, error } = open;
  return (
    <Drawer open onClose={onClose} size={560} title={t('entry.title', { position: line.position })} mask={false} push={false}>
      <div className={styles.entry}>
        <p className={styles.sentence}>
          <Sentence line={line} people={people} {...(names && { names })} />
        </p>
        {error && <Notice tone="error">{error}</Notice>}
        {entry ? <Details entry={entry} people={people} /> : !error && <Skeleton active paragraph={{ rows: 6 }} />}
        {pending && <Notice>{t('entry.pending')}</Notice>}
        {proof && publicKey && <Proof proof={proof} publicKey={publicKey} />}
      </div>
    </Drawer>
  );
}

function Details({ entry, people }: { entry: Entry; people: People }) {
  const { t } = useTranslation('ledger');
  const term = useTerm();
  const text = useText();
  const row = useRow();
  const { actor, why } = entry;
  const person = people[actor.id];
  const facts: (Fact | undefined | false | '')[] = [
    { label: t('entry.at'), value: <When at={new Date(entry.at / 1000).toISOString()} as="second" /> },
    {
      label: t('entry.actor'),
      value: person ? `${text(person)} ${person.number}` : <Code value={actor.id} ends={8} />,
    },
    actor.roles && { label: t('entry.roles'), value: row(actor.roles.map((role) => term('role', role))) },
    (actor.ip ?? actor.terminal) && { label: t('entry.where'), value: [actor.ip, actor.terminal].filter(Boolean).join(' · ') },
    entry.purpose && { label: t('entry.purpose'), value: term('purpose', entry.purpose) },
    why?.tie && {
      label: t('entry.tie'),
      value: (
        <>
          {term('tie', why.tie.kind)} <Code value={why.tie.id} ends={6} />
        </>
      ),
    },
    why?.rules && { label: t('entry.rules'), value: <List items={why.rules.map((rule) => <Code key={rule} value={rule} />)} /> },
    why?.conditions && { label: t('entry.conditions'), value: row(why.conditions.map((condition) => term('condition', condition))) },
    { label: t('entry.id'), value: <Code value={entry.id} copyable /> },
  ];
  return (
    <>
      <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
      {entry.objects && entry.objects.length > 0 && (
        <Block title={t('entry.objects', { count: entry.objects.length })}>
          {entry.objects.map((object, index) => (
            <li key={index}>
              {t(`thing.${object.kind}` as never, { defaultValue: object.kind })} <Code value={object.id} ends={8} />
            </li>
          ))}
        </Block>
      )}
      {entry.writes && entry.writes.length > 0 && (
        <Block title={t('entry.writes', { count: entry.writes.length })}>
          {entry.writes.map((write, index) => (
            <li key={index} className={styles.write}>
              <span>{t(`entry.op.${write.op}`)}</span>
              <code>{write.t}</code>
              {write.d && <Code value={write.d} ends={8} />}
            </li>
          ))}
        </Block>
      )}
    </>
  );
}

function List({ items }: { items: ReactNode[] }) {
  return (
    <ul>
      {items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}
