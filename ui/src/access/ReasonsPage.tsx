import { Button, Drawer, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import styles from './ReasonsPage.module.css';
import { useNow } from '@/kit/now';

export type Listed = Schemas['AccessListed'];

/** What a reviewer can find. */
export const verdicts = ['proper', 'improper', 'unclear'] as const;
export type ReasonVerdict = (typeof verdicts)[number];

interface ReasonsPageProps {
  page: TablePage<Listed>;
  choices: Schemas['AccessChoice'][];
  open: Listed | undefined;
  busy: boolean;
  onOpen: (reason: Listed) => void;
  onClose: () => void;
  /** Absent where the reader does not judge. */
  onReview: ((reason: Listed, verdict: ReasonVerdict) => void) | undefined;
  onEnd: ((reason: Listed) => void) | undefined;
  /** Whether the reader may follow an access into the ledger. */
  traces: boolean;
}

const verdictTones: Record<string, Tone> = { proper: 'success', improper: 'error', unclear: 'warning' };

/** Who opened a patient by a stated reason or by breaking the glass, and what a reviewer found. */
export function ReasonsPage(props: ReasonsPageProps) {
  const { page, choices, open, onOpen } = props;
  const { t } = useTranslation('access');
  const columns = useColumns(choices);
  const address = useTableAddress();
  const filters: Filter[] = [{ kind: 'choice', key: 'waiting', label: t('reasons.state'), options: [{ value: 'yes', label: t('reasons.only') }] }];
  return (
    <Page fixed>
      <PageHead title={t('reasons.title')} lead={t('reasons.lead')} />
      <DataTable
        name="reasons"
        label={t('reasons.title')}
        columns={columns}
        filters={filters}
        page={page}
        rowKey={(reason) => reason.id}
        exported={{ list: 'reasons', filter: { waiting: address.filters.waiting && 'true' } }}
        onOpen={onOpen}
        {...(open && { current: open.id })}
        empty={{ title: t('reasons.none'), hint: t('reasons.noneHint') }}
      />
      {open && <Details {...props} open={open} />}
    </Page>
  );
}

function useColumns(choices: Schemas['AccessChoice'][]): Column<Listed>[] {
  const { t } = useTranslation('access');
  const text = useText();
  return [
    { key: 'at', title: t('reasons.at'), width: '160px', fixed: true, render: (reason) => <When at={reason.since} /> },
    { key: 'who', title: t('reasons.who'), fixed: true, render: (reason) => [text(reason.who), text(reason.who.department), text(reason.who.title)].filter(Boolean).join(' · ') },
    { key: 'kind', title: t('reasons.kind'), width: '116px', render: (reason) => <Pill tone={reason.kind === 'glass' ? 'error' : 'neutral'}>{t(`reasons.${reason.kind}`)}</Pill> },
    { key: 'why', title: t('reasons.why'), width: '180px', render: (reason) => text(choices.find(({ id }) => id === reason.choice)?.name) || reason.choice },
    { key: 'patient', title: t('reasons.patient'), width: '130px', render: (reason) => <Code value={reason.patient} ends={4} /> },
    { key: 'reviewBy', title: t('reasons.reviewBy'), width: '170px', render: (reason) => (reason.reviewBy && !reason.verdict ? <Clock deadline={reason.reviewBy} start={reason.since} /> : '') },
    { key: 'verdict', title: t('reasons.verdict'), width: '110px', render: (reason) => <VerdictPill reason={reason} /> },
  ];
}

function VerdictPill({ reason }: { reason: Listed }) {
  const { t } = useTranslation('access');
  if (reason.verdict) return <Pill tone={verdictTones[reason.verdict] ?? 'neutral'}>{t(`reasons.verdicts.${reason.verdict as ReasonVerdict}`)}</Pill>;
  return <Pill tone={reason.kind === 'glass' ? 'warning' : 'neutral'}>{t(reason.kind === 'glass' ? 'reasons.open' : 'reasons.notNeeded')}</Pill>;
}

function Details({ open, choices, busy, onClose, onReview, onEnd, traces }: ReasonsPageProps & { open: Listed }) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const live = Date.parse(open.until) > useNow();
  const facts: (Fact | false | undefined)[] = [
    { label: t('reasons.who'), value: `${text(open.who)} ${open.who.number}` },
    { label: t('reasons.kind'), value: <Pill tone={open.kind === 'glass' ? 'error' : 'neutral'}>{t(`reasons.${open.kind}`)}</Pill> },
    { label: t('reasons.why'), value: text(choices.find(({ id }) => id === open.choice)?.name) || open.choice },
    open.said !== undefined && open.said !== '' && { label: t('reasons.said'), value: open.said },
    { label: t('reasons.purpose'), value: term('purpose', open.purpose) },
    { label: t('reasons.patient'), value: <Code value={open.patient} copyable /> },
    { label: t('reasons.at'), value: <When at={open.since} as="second" /> },
    { label: t('reasons.until'), value: live ? <Clock deadline={open.until} start={open.since} full /> : t('reasons.over') },
    { label: t('reasons.verdict'), value: <VerdictPill reason={open} /> },
  ];
  const judged = open.verdict !== undefined && open.verdict !== '';
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      mask={false}
      title={t('reasons.detail')}
      footer={
        onReview &&
        !judged && (
          <div className={styles.foot} role="group" aria-label={t('reasons.review')}>
            {verdicts.map((verdict) => (
              <Button key={verdict} danger={verdict === 'improper'} type={verdict === 'proper' ? 'primary' : 'default'} disabled={busy} onClick={() => onReview(open, verdict)}>
                {t(`reasons.verdicts.${verdict}`)}
              </Button>
            ))}
          </div>
        )
      }
    >
      <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
      <div className={styles.more}>
        {traces && <Link to={`/ledger?patient=${open.patient}&actor=${open.person}`}>{t('reasons.trace')}</Link>}
        {onEnd && live && (
          <Popconfirm title={t('reasons.endTitle')} okText={t('reasons.end')} cancelText={t('reasons.endNo')} onConfirm={() => onEnd(open)}>
            <Button danger disabled={busy}>
              {t('reasons.end')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </Drawer>
  );
}
