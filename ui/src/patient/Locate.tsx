import { AimOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { EmptyState } from '@/kit/EmptyState';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import styles from './Locate.module.css';

export type Card = Schemas['PatientCard'];

export interface LocateProps {
  identifier: string;
  /** In an emergency the way through the glass stands first. */
  emergency: boolean;
  /** What was found; absent before anything was asked. */
  cards?: Card[];
  departments: Departments;
  busy?: boolean;
  error?: string;
  onLocate: (identifier: string) => void;
  onReason: (card: Card) => void;
  onBreakGlass: (card: Card) => void;
}

/** Finds by an exact number whether a patient is here, on a masked card. */
export function Locate(props: LocateProps) {
  const { identifier, emergency, cards, departments, busy, error, onLocate, onReason, onBreakGlass } = props;
  const { t } = useTranslation('patient');
  const [text, setText] = useState(identifier);
  return (
    <Page narrow>
      <PageHead title={t(emergency ? 'locate.emergency' : 'locate.title')} lead={t('locate.lead')} />
      <Panel>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) onLocate(text.trim());
          }}
        >
          <Input
            autoFocus
            size="large"
            prefix={<AimOutlined />}
            aria-label={t('locate.identifier')}
            placeholder={t('locate.identifier')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="primary" size="large" htmlType="submit" loading={busy}>
            {t('locate.submit')}
          </Button>
        </form>
        <p className={styles.note}>{t('locate.note')}</p>
      </Panel>
      <div className={styles.found} aria-live="polite">
        {error && <Notice tone="error">{error}</Notice>}
        {cards?.length === 0 && <EmptyState title={t('locate.none')} hint={t('locate.noneHint')} />}
        {cards?.map((card) => (
          <CardView key={card.id} card={card} departments={departments} emergency={emergency} onReason={onReason} onBreakGlass={onBreakGlass} />
        ))}
      </div>
    </Page>
  );
}

interface CardViewProps extends Pick<LocateProps, 'departments' | 'emergency' | 'onReason' | 'onBreakGlass'> {
  card: Card;
}

function CardView({ card, departments, emergency, onReason, onBreakGlass }: CardViewProps) {
  const { t } = useTranslation('patient');
  const term = useTerm();
  const text = useText();
  const navigate = useNavigate();
  return (
    <Panel>
      <div className={styles.card}>
        <div>
          <div className={styles.name}>
            {card.name}
            <Pill tone={card.open ? 'success' : 'neutral'}>{t(card.open ? 'lasting' : 'ended')}</Pill>
          </div>
          <div className={styles.line}>
            {[term('sex', card.sex), card.born && t('locate.born', { year: card.born }), card.department && text(departments[card.department])].filter(Boolean).join(' · ')}
          </div>
        </div>
        <div className={styles.ways}>
          <Button type={emergency ? 'default' : 'primary'} onClick={() => void navigate(`/patients/${card.id}`)}>
            {t('locate.open')}
          </Button>
          <Button onClick={() => onReason(card)}>{t('locate.reason')}</Button>
          <Button danger {...(emergency && { type: 'primary' as const, className: styles.glass })} onClick={() => onBreakGlass(card)}>
            {t('locate.glass')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
