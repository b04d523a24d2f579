import { Button, Modal, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/kit/EmptyState';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { ExportFacts } from './ExportFacts';
import styles from './Output.module.css';
import { OutputFrame } from './OutputFrame';
import { exportTones, type Export, type List, type Names, type Profile, type SeenExport } from './output';

export type Verdict = 'approve' | 'refuse' | 'release' | 'confirm';

export interface OutputApprovalsPageProps {
  /** What waits for somebody to decide; absent while on its way. */
  waiting: Export[] | undefined;
  names: Names;
  open: Export | undefined;
  /** The open one with who has said yes, once it is here. */
  seen: SeenExport | undefined;
  lists: List[];
  profiles: Profile[];
  departments: Departments;
  mayApprove: boolean;
  mayDispose: boolean;
  /** Nobody decides about what he asked for himself. */
  me: string;
  busy: boolean;
  refused: ReactNode;
  /** Of the second approval, shown once. */
  releaseCode?: string | undefined;
  onCodeTaken: () => void;
  onOpen: (open: Export) => void;
  onDecide: (open: Export, verdict: Verdict) => void;
}

/** Exports that two people decide upon, and suspicious ones: everything to decide on one screen. */
export function OutputApprovalsPage(props: OutputApprovalsPageProps) {
  const { waiting, names, open, seen, lists, profiles, departments, refused, releaseCode, onCodeTaken, onOpen } = props;
  const { t } = useTranslation('output');
  const text = useText();
  const listOf = (id: string) => lists.find((list) => list.id === id);
  return (
    <OutputFrame tab="approvals">
      <div className={styles.page}>
        {refused}
        {waiting?.length === 0 && <EmptyState title={t('approvals.none')} hint={t('approvals.noneHint')} />}
        {open && (
          <div className={styles.columns}>
            <nav aria-label={t('approvals.title')}>
              <ul className={styles.queue}>
                {waiting?.map((one) => (
                  <li key={one.id}>
                    <button type="button" className={styles.item} aria-current={one.id === open.id || undefined} onClick={() => onOpen(one)}>
                      <span>
                        {text(names[one.person])} <Pill tone={exportTones[one.state]}>{t(`states.${one.state}`)}</Pill>
                      </span>
                      <span className={styles.about}>
                        {text(listOf(one.list)?.name) || one.list} · {t('export.patients', { count: one.patients })}
                      </span>
                      <span className={styles.about}>
                        <When at={one.asked} as="ago" />
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
            <div className={styles.parts}>
              {open.state === 'held' && open.alarm && <Notice tone="error" title={t('approvals.alarm')}>{t(`alarm.${open.alarm}`)}</Notice>}
              <Panel title={text(listOf(open.list)?.name) || open.list}>{seen && <ExportFacts shown={seen} list={listOf(open.list)} profile={profiles.find(({ id }) => id === open.profile)} departments={departments} />}</Panel>
              <Decide {...props} open={open} />
            </div>
          </div>
        )}
      </div>
      <Modal open={releaseCode !== undefined} title={t('approvals.code')} onCancel={onCodeTaken} footer={<Button onClick={onCodeTaken}>{t('approvals.codeTaken')}</Button>} width={440} mask={{ closable: false }}>
        <div className={styles.parts}>
          <p>{t('approvals.codeLead')}</p>
          <div className={styles.secret}>
            <Code value={releaseCode ?? ''} copyable />
          </div>
        </div>
      </Modal>
    </OutputFrame>
  );
}

function Decide({ open, seen, mayApprove, mayDispose, me, busy, onDecide }: OutputApprovalsPageProps & { open: Export }) {
  const { t } = useTranslation('output');
  const voted = (seen?.votes ?? []).some(({ person }) => person === me);
  const held = open.state === 'held';
  const words = (open.person === me && t('approvals.own')) || (voted && t('approvals.voted')) || (!(held ? mayDispose : mayApprove) && t(held ? 'approvals.notDisposer' : 'approvals.notApprover')) || undefined;
  const decide = (verdict: Verdict) => () => onDecide(open, verdict);
  return (
    <Panel title={t('approvals.decide')}>
      {words ? (
        <p className={styles.hint}>{words}</p>
      ) : (
        <div className={styles.parts}>
          <p className={styles.hint}>{t(held ? 'approvals.heldNote' : (seen?.votes ?? []).length > 0 ? 'approvals.secondNote' : 'approvals.firstNote')}</p>
          <div className={styles.buttons}>
            <Button type="primary" loading={busy} onClick={decide(held ? 'release' : 'approve')}>
              {t(held ? 'approvals.release' : 'approvals.approve')}
            </Button>
            <Popconfirm title={t(held ? 'approvals.confirmTitle' : 'approvals.refuseTitle')} description={t('approvals.gone')} okText={t(held ? 'approvals.confirm' : 'approvals.refuse')} cancelText={t('keep')} onConfirm={decide(held ? 'confirm' : 'refuse')}>
              <Button danger disabled={busy}>
                {t(held ? 'approvals.confirm' : 'approvals.refuse')}
              </Button>
            </Popconfirm>
          </div>
        </div>
      )}
    </Panel>
  );
}
