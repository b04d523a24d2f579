import { Button, Checkbox, Input, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { Page } from '@/app/Page';
import { DiffView } from '@/kit/diff/DiffView';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { StepsBar } from '@/kit/StepsBar';
import { When } from '@/kit/When';
import { WordsDialog } from '@/kit/WordsDialog';
import { usePerson } from '@/privilege/use-person';
import { errorKinds, placeOf, steps, type CorrectionSeen, type Saying, type Step } from './amendment';
import styles from './Amendment.module.css';

/** The steps of a correction. Each is saved before the next; a step back keeps what was written. */
export default function Wizard({ one }: { one: CorrectionSeen }) {
  const { t } = useTranslation('amendment');
  const fault = useFault();
  const navigate = useNavigate();
  const next = placeOf(one) ?? 'wrong';
  const [step, setStep] = useState<Step>(next === 'document' ? 'wrong' : next);
  const [withdrawing, setWithdrawing] = useState(false);
  const [said, setSaid] = useState<Omit<Saying, 'rev'>>({
    sections: one.marked,
    kind: one.kind ?? '',
    words: one.words,
    values: one.before.map((before) => one.after.find(({ key }) => key === before.key) ?? before),
  });
  const settled = { onSuccess: () => cache.invalidateQueries() };
  const write = queries.useMutation('put', '/api/amendments/{id}/steps/{step}', settled);
  const sign = queries.useMutation('post', '/api/amendments/{id}/sign', settled);
  const withdraw = queries.useMutation('post', '/api/amendments/{id}/withdraw', settled);
  const place = steps.indexOf(step);
  const problem = fault(step === 'sign' ? sign.error : write.error);
  const go = () => {
    if (step === 'sign') sign.mutate({ params: { path: { id: one.id } } });
    else write.mutate({ params: { path: { id: one.id, step: step as 'wrong' } }, body: { rev: one.rev, ...said } });
  };
  return (
    <Page>
      <PageHead title={t('beginTitle', { title: one.title })} lead={t(`stepHint.${step}` as never)} actions={<Button onClick={() => setWithdrawing(true)}>{t('withdraw')}</Button>} />
      <div className={styles.parts}>
        <StepsBar label={t('title')} steps={steps.map((key, index) => ({ key, title: t(`step.${key}`), state: key === step ? 'current' : index < steps.indexOf(next) ? 'done' : 'waiting' }))} />
        {problem && <Notice tone="error">{problem}</Notice>}
        <form
          className={styles.parts}
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
        >
          <Panel title={t(`step.${step}`)}>
            <StepFields one={one} step={step} said={said} onSay={(more) => setSaid({ ...said, ...more })} />
          </Panel>
          <div className={styles.foot}>
            <Button disabled={place <= 1 || one.state !== 'writing'} onClick={() => setStep(steps[place - 1] ?? 'wrong')}>
              {t('back')}
            </Button>
            <Button type="primary" htmlType="submit" loading={write.isPending || sign.isPending}>
              {t(step === 'sign' ? 'sign' : 'next')}
            </Button>
          </div>
        </form>
      </div>
      {withdrawing && (
        <WordsDialog
          title={t('withdraw')}
          lead={t('withdrawLead')}
          label={t('reason')}
          required={t('wordsRequired')}
          danger={false}
          busy={withdraw.isPending}
          error={fault(withdraw.error)}
          onSubmit={(body) => withdraw.mutate({ params: { path: { id: one.id } }, body }, { onSuccess: () => void navigate('/amendments') })}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </Page>
  );
}

interface FieldsProps {
  one: CorrectionSeen;
  step: Step;
  said: Omit<Saying, 'rev'>;
  onSay: (more: Partial<Omit<Saying, 'rev'>>) => void;
}

function StepFields({ one, step, said, onSay }: FieldsProps): ReactNode {
  const { t } = useTranslation('amendment');
  switch (step) {
    case 'wrong':
      return <Marked one={one} marked={said.sections ?? []} onMark={(sections) => onSay({ sections })} />;
    case 'kind':
      return <Radio.Group className={styles.choices} aria-label={t('step.kind')} value={said.kind} options={errorKinds.map((value) => ({ value, label: t(`errorKind.${value}`) }))} onChange={({ target }) => onSay({ kind: target.value as string })} />;
    case 'reason':
      return <Input.TextArea autoFocus rows={4} maxLength={500} aria-label={t('step.reason')} value={said.words} onChange={({ target }) => onSay({ words: target.value })} />;
    case 'value':
      return one.before.map((before, index) => (
        <div key={before.key} className={styles.section}>
          <h3 id={`value-${before.key}`}>{before.title}</h3>
          <div className={styles.before}>{before.text}</div>
          <Input.TextArea
            autoFocus={index === 0}
            rows={6}
            aria-labelledby={`value-${before.key}`}
            value={said.values?.find(({ key }) => key === before.key)?.text}
            onChange={({ target }) => onSay({ values: (said.values ?? []).map((value) => (value.key === before.key ? { ...value, text: target.value } : value)) })}
          />
        </div>
      ));
    case 'effects':
      return <Effects id={one.id} affected={said.affected} onSeen={(affected) => onSay({ affected })} />;
    default:
      return <DiffView before={{ label: t('before', { version: one.base }), sections: one.before }} after={{ label: t('after'), sections: one.after }} />;
  }
}

function Marked({ one, marked, onMark }: { one: CorrectionSeen; marked: string[]; onMark: (sections: string[]) => void }) {
  const document = queries.useQuery('get', '/api/documents/{id}', { params: { path: { id: one.document }, query: { version: one.base } } });
  const { t } = useTranslation('amendment');
  const failure = failureOf(document);
  if (failure) return <NotOpened error={failure} onRetry={() => void document.refetch()} />;
  return (
    <div className={styles.choices} role="group" aria-label={t('step.wrong')}>
      {(document.data?.sections ?? []).map(({ key, title, text }) => (
        <Checkbox key={key} checked={marked.includes(key)} onChange={({ target }) => onMark(target.checked ? [...marked, key] : marked.filter((other) => other !== key))}>
          <strong>{title}</strong>
          <div className={styles.before}>{text}</div>
        </Checkbox>
      ))}
    </div>
  );
}

function Effects({ id, affected, onSeen }: { id: string; affected: string | undefined; onSeen: (digest: string) => void }) {
  const { t } = useTranslation('amendment');
  const effects = queries.useQuery('get', '/api/amendments/{id}/effects', { params: { path: { id } } }, { staleTime: 0 });
  const person = usePerson(effects.data?.names);
  if (effects.data && affected !== effects.data.digest) onSeen(effects.data.digest);
  if (effects.data?.affected.length === 0) return <p>{t('nobody')}</p>;
  return (
    <ul className={styles.list}>
      {effects.data?.affected.map(({ kind, name, person: who, at, gone }, index) => (
        <li key={index}>
          {t(`noticeKind.${kind}`)} · {name || person(who)} · <When at={at} /> {gone && `（${t('gone')}）`}
        </li>
      ))}
    </ul>
  );
}
