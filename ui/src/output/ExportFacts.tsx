import { useTranslation } from 'react-i18next';
import { Facts, type Fact } from '@/kit/Facts';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import type { List, Profile, SeenExport } from './output';
import { useFilterWords } from './use-filter-words';

interface ExportFactsProps {
  shown: SeenExport;
  list: List | undefined;
  profile: Profile | undefined;
  departments: Departments;
}

/** Who wants what of a list, why, and how many patients that takes along. */
export function ExportFacts({ shown, list, profile, departments }: ExportFactsProps) {
  const { t } = useTranslation('output');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const { said } = useFilterWords(departments);
  const names = shown.names;
  const nameOf = (id: string) => [text(names[id]), text(names[id]?.department), text(names[id]?.title)].filter(Boolean).join(' · ') || id;
  const columns = (list?.columns ?? []).filter(({ id }) => !shown.columns?.length || shown.columns.includes(id));
  const facts: (Fact | false)[] = [
    { label: t('person'), value: nameOf(shown.person) },
    { label: t('exports.list'), value: text(list?.name) || shown.list },
    {
      label: t('export.columns'),
      value: (
        <>
          {columns.map(({ id, name, sensitive }) => (
            <Pill key={id} tone={sensitive && shown.unmasked ? 'error' : 'neutral'}>
              {text(name)}
              {sensitive && ` · ${t(shown.unmasked ? 'export.shown' : 'export.masked')}`}
            </Pill>
          ))}
        </>
      ),
    },
    shown.unmasked && { label: t('export.words'), value: shown.reason ?? '–' },
    Object.keys(shown.filter ?? {}).length > 0 && { label: t('approvals.filter'), value: row(said(shown.filter ?? {})) },
    { label: t('issues.patients'), value: `${shown.patients.toLocaleString('en')}${profile ? `（${t('approvals.threshold', { count: profile.threshold })}）` : ''}` },
    { label: t('exports.lines'), value: shown.lines.toLocaleString('en') },
    shown.leftOut > 0 && { label: t('approvals.leftOut'), value: shown.leftOut.toLocaleString('en') },
    { label: t('profile'), value: text(profile?.name) || shown.profile },
    { label: t('purpose'), value: term('purpose', shown.purpose) },
    { label: t('case'), value: shown.case ?? '–' },
    { label: t('format'), value: shown.format.toUpperCase() },
    { label: t('exports.asked'), value: <When at={shown.asked} as="second" /> },
    (shown.votes ?? []).length > 0 && { label: t('approvals.votes'), value: row((shown.votes ?? []).map(({ person }) => text(names[person]) || person)) },
  ];
  return <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />;
}
