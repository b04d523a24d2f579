import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '@/app/session';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { useTerm } from '@/language/terms';
import { nextOf, purposeFor, whyNot, type Doing, type SeenCase } from './case';
import styles from './Sharing.module.css';

export interface NextStepProps {
  one: SeenCase;
  agency: boolean;
  me: Session;
  assistantName: string;
  busy: boolean;
  error?: string | undefined;
  onDo: (doing: Doing) => void;
  onPurpose: (purpose: string) => void;
}

/** These are done by a word; the others ask for more. */
const byWord: Partial<Record<Doing, { title: 'checkTitle' | 'approveTitle' | 'confirmTitle' | 'closeTitle'; note?: 'checkNote' | 'approveNote' | 'closeNote' }>> = {
  check: { title: 'checkTitle', note: 'checkNote' },
  approve: { title: 'approveTitle', note: 'approveNote' },
  review: { title: 'approveTitle', note: 'approveNote' },
  confirm: { title: 'confirmTitle' },
  close: { title: 'closeTitle', note: 'closeNote' },
};

const standsIn = ['medical-affairs', 'administrator-on-duty'];

/** What comes next, who may do it, and where it is not me why not. */
export function NextStep(props: NextStepProps) {
  const { one, agency, me, error } = props;
  const { t } = useTranslation('sharing');
  const next = nextOf(one, agency);
  if (!next) return <Notice>{t('ended')}</Notice>;
  const others: Doing[] = (['refuse', 'close'] as const).filter((doing) => doing !== next && (doing !== 'close' || one.state === 'approved') && whyNot(doing, one, me) === undefined);
  const again = one.state === 'scoped' && whyNot('fix-scope', one, me) === undefined;
  const ruleAgain = one.state === 'scoped' && one.narrowed && next !== 'fix-masking' && whyNot('fix-masking', one, me) === undefined;
  return (
    <Panel title={t('nextTitle')} extra={t(`doing.${next}`)}>
      <div className={styles.next}>
        {error && <Notice tone="error">{error}</Notice>}
        {one.state === 'approved' && !one.open && <Notice tone="warning">{t('over')}</Notice>}
        <p>{t(`who.${next}`)}</p>
        <Mine {...props} next={next} />
        {(others.length > 0 || again || ruleAgain) && (
          <div className={styles.buttons}>
            {again && <Do {...props} doing="fix-scope" label={t('do.again')} />}
            {ruleAgain && <Do {...props} doing="fix-masking" label={t('do.ruleAgain')} />}
            {others.map((doing) => (
              <Do key={doing} {...props} doing={doing} danger={doing === 'refuse'} />
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}

function Mine(props: NextStepProps & { next: Doing }) {
  const { one, me, next, assistantName, onPurpose } = props;
  const { t } = useTranslation('sharing');
  const term = useTerm();
  const why = whyNot(next, one, me);
  const purpose = purposeFor(next, one, me);
  if (!why)
    return (
      <div className={styles.buttons}>
        <span className={styles.mine}>{t('mine')}</span>
        <Do {...props} doing={next} primary />
      </div>
    );
  const mayStandIn = next === 'approve' && why === 'role' && standsIn.some((role) => me.roles.includes(role));
  return (
    <>
      <span className={styles.notMine}>{t('notMine')}</span>
      <p>
        {why === 'purpose'
          ? purpose
            ? t('why.purpose', { purpose: term('purpose', me.purpose), needed: term('purpose', purpose) })
            : t('why.noPurpose')
          : t(`why.${why}`, { name: assistantName || t('nobody') })}
      </p>
      <div className={styles.buttons}>
        {why === 'purpose' && purpose && <Button onClick={() => onPurpose(purpose)}>{t('asPurpose', { purpose: term('purpose', purpose) })}</Button>}
        {mayStandIn && <Do {...props} doing="approve" label={t('standIn')} />}
      </div>
    </>
  );
}

interface DoProps extends NextStepProps {
  doing: Doing;
  label?: string;
  primary?: boolean;
  danger?: boolean;
}

function Do({ doing, label, primary, danger, busy, onDo }: DoProps) {
  const { t } = useTranslation('sharing');
  const word = byWord[doing];
  const button = (
    <Button type={primary ? 'primary' : 'default'} danger={danger} loading={busy} {...(!word && { onClick: () => onDo(doing) })}>
      {label ?? t(`do.${doing as Exclude<Doing, 'take-back'>}`)}
    </Button>
  );
  if (!word) return button;
  return (
    <Popconfirm title={t(word.title)} description={word.note && t(word.note)} okText={t('yes')} cancelText={t('no')} onConfirm={() => onDo(doing)}>
      {button}
    </Popconfirm>
  );
}
