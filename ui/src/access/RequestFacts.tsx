import { useTranslation } from 'react-i18next';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Pill } from '@/kit/Pill';
import { StepsBar, type Step } from '@/kit/StepsBar';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { askedTones, type Asked } from './grant';
import { useScopeWords } from './use-scope-words';

/** Who asks for what, why, for whom, until when, and where that stands. */
export function RequestFacts({ asked, departments }: { asked: Asked; departments: Departments }) {
  const { t } = useTranslation('access');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const { whom, acts } = useScopeWords(departments);
  const names = asked.names ?? {};
  const nameOf = (id: string) => [text(names[id]), text(names[id]?.department), text(names[id]?.title)].filter(Boolean).join(' · ') || id;
  const { inside, from, to, forms, patient } = asked.scope;
  const facts: (Fact | false | undefined)[] = [
    { label: t('grants.forWhom'), value: nameOf(asked.person) },
    asked.requester !== asked.person && { label: t('grants.requester'), value: nameOf(asked.requester) },
    { label: t('grants.why'), value: asked.said || '–' },
    {
      label: t('grants.opens'),
      value: (
        <>
          {whom(asked.scope)} {patient && <Code value={patient} ends={4} copyable />}
        </>
      ),
    },
    { label: t('grants.acts.title'), value: row(acts(asked.scope)) },
    { label: t('grants.formsTitle'), value: forms?.length ? row(forms) : t('grants.allForms') },
    { label: t('ask.purpose'), value: term('purpose', asked.scope.purpose ?? '') },
    { label: t('ask.until'), value: asked.scope.until && <When at={asked.scope.until} /> },
    (inside === true || from !== to) && { label: t('grants.conditions'), value: row([inside ? t('grants.inside') : '', from !== to ? t('grants.hours', { from: from ?? 0, to: to ?? 0 }) : ''].filter(Boolean)) },
    { label: t('grants.opened'), value: <When at={asked.opened} /> },
    asked.extends !== undefined && { label: t('grants.kind'), value: <Pill>{t('grants.isExtension')}</Pill> },
    asked.urgent && { label: t('grants.kind'), value: <Pill tone="error">{t('grants.urgent')}</Pill> },
    Boolean(asked.answered) && { label: t('grants.answer'), value: `${asked.answered ?? ''}${asked.closedBy ? `（${text(names[asked.closedBy])}）` : ''}` },
  ];
  return <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />;
}

/** The steps of the chain that decides. */
export function RequestSteps({ asked }: { asked: Asked }) {
  const { t } = useTranslation('access');
  const term = useTerm();
  const stateOf = (index: number): Step['state'] => {
    if (asked.state === 'approved' || index < asked.step) return 'done';
    if (index > asked.step) return 'waiting';
    return asked.state === 'waiting' ? 'current' : 'failed';
  };
  const steps = (asked.steps ?? []).map((step, index): Step => ({ key: String(index), title: step.carries ? t('authorities.stepCarry') : step.role ? term('role', step.role) : t('grants.namedPerson'), state: stateOf(index) }));
  return <StepsBar label={t('grants.chain')} steps={steps} />;
}

export function AskedPill({ asked }: { asked: Asked }) {
  const { t } = useTranslation('access');
  return <Pill tone={askedTones[asked.state]}>{t(`grants.asked.${asked.state}`)}</Pill>;
}
