import { PrinterOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { StepsBar } from '@/kit/StepsBar';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { stations, stepsOf, takesReceipt, type Powers, type SeenHandover, type Step } from './handover';
import { Compared } from './Compared';
import { Inventory } from './Inventory';
import { Proofs } from './Proofs';
import { StateOf } from './StateOf';
import { TakenOver } from './TakenOver';
import styles from './Handover.module.css';

export interface HandoverPageProps {
  handover: SeenHandover;
  powers: Powers;
  busy: boolean;
  onStep: (step: Step) => void;
  onReceipt: () => void;
}

/** One handover: what leaves, what the receiver said of it, what is missing, and who signed. */
export function HandoverPage({ handover, powers, busy, onStep, onReceipt }: HandoverPageProps) {
  const { t } = useTranslation('handover');
  const steps = stepsOf(handover, powers);
  const rehearsal = handover.ground === 'rehearsal';
  return (
    <Page>
      <PageHead
        title={
          <>
            {t(rehearsal ? 'oneRehearsal' : 'oneTo', { receiver: handover.receiver })} <StateOf of={handover} />
          </>
        }
        lead={handover.words}
        actions={
          <div className={styles.buttons}>
            {powers.carries && takesReceipt(handover) && (
              <Button type="primary" onClick={onReceipt}>
                {t('receipt.title')}
              </Button>
            )}
            {steps.map((step, place) => (
              <Button key={step} type={place === 0 && !takesReceipt(handover) && step !== 'stop' ? 'primary' : 'default'} danger={step === 'stop'} disabled={busy} onClick={() => onStep(step)}>
                {t(`do.${step}`)}
              </Button>
            ))}
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </div>
        }
      />
      <div className={styles.parts}>
        {handover.state !== 'stopped' && <StepsBar label={t('stations')} steps={stations(handover).map(({ key, state }) => ({ key, state, title: t(`station.${key}` as never, { defaultValue: key }) }))} />}
        {handover.freezes && (
          <Notice tone="warning" title={t('frozen')}>
            {t('frozenUntil')} <When at={handover.until} />
          </Notice>
        )}
        {handover.state === 'differs' && <Notice tone="error">{t(rehearsal ? 'rehearsalDiffers' : 'receiverDiffers')}</Notice>}
        <Moving {...handover} />
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Compared handover={handover} />
            <Inventory handover={handover} carries={powers.carries} />
          </div>
          <div className={styles.parts}>
            <About handover={handover} />
            <TakenOver {...handover} />
            <Proofs handover={handover} />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Moving({ progress, comparing, counts }: SeenHandover) {
  const { t } = useTranslation('handover');
  const text = useText();
  if (!progress) return null;
  const reads = text(counts.find(({ set }) => set === progress.set)?.name) || progress.set;
  return (
    <Panel title={t(`moving.${progress.doing}`)}>
      {progress.stopped ? (
        <Notice tone="error">{t('moving.stopped', { code: progress.failure })}</Notice>
      ) : (
        <>
          <Progress percent={Math.round((progress.at / progress.of) * 100)} aria-label={t(`moving.${progress.doing}`)} />
          <p className={styles.note} role="status">
            {reads ? t('moving.reads', { set: reads, at: progress.at, of: progress.of }) : t('moving.waits')}
            {comparing && t('moving.compared', { count: comparing.compared, missing: comparing.missing + comparing.gone })}
            {progress.failure && t('moving.again', { code: progress.failure })}
          </p>
        </>
      )}
    </Panel>
  );
}

function About({ handover }: { handover: SeenHandover }) {
  const { t } = useTranslation('handover');
  const person = usePerson(handover.names);
  const { told } = handover;
  return (
    <Panel title={t('about')}>
      <Facts
        facts={[
          { label: t('column.ground'), value: t(`ground.${handover.ground}`) },
          { label: t('column.receiver'), value: handover.receiver },
          { label: t('column.openedBy'), value: <>{person(handover.openedBy)} <When at={handover.opened} /></> },
          { label: t('column.approvedBy'), value: handover.approved ? <>{person(handover.approvedBy)} <When at={handover.approved} /></> : '–' },
          { label: t('column.until'), value: <When at={handover.until} /> },
          { label: t('column.run'), value: handover.run === 1 ? t('whole') : t('supplement', { n: handover.run - 1 }) },
          ...(handover.digest ? [{ label: t('column.manifest'), value: <Code value={handover.digest} ends={12} copyable /> }] : []),
          { label: t('told.sealed'), value: told.sealed.toLocaleString() },
          { label: t('told.sensitive'), value: told.sensitive.toLocaleString() },
          { label: t('told.destroyed'), value: told.destroyed.toLocaleString() },
          { label: t('told.shared'), value: told.shared.toLocaleString() },
          ...(handover.closedBy && handover.settled ? [{ label: t(handover.state === 'stopped' ? 'column.stoppedBy' : 'column.closedBy'), value: <>{person(handover.closedBy)} <When at={handover.settled} /></> }] : []),
        ]}
      />
    </Panel>
  );
}
