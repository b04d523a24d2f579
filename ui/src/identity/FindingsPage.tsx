import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { AccountsFrame } from './AccountsFrame';

type Finding = Schemas['IdentityFinding'];

const disposals = ['explained', 'instructed', 'lock-asked'] as const;
export type Disposal = (typeof disposals)[number];

const tones: Record<Finding['kind'], Tone> = { dormant: 'neutral', shared: 'error', 'no-post': 'warning', 'directory-down': 'warning', 'directory-overruled': 'error' };

export interface FindingsPageProps {
  page: TablePage<Finding>;
  departments: Departments;
  nameOf: (person: string) => string;
  /** Absent where the reader only looks. */
  onDispose: ((finding: Finding, disposal: Disposal) => void) | undefined;
  /** Where the reader leads a department. */
  acknowledge: ReactNode;
}

/** What is amiss with accounts, until somebody has said what came of it. */
export function FindingsPage({ page, departments, nameOf, onDispose, acknowledge }: FindingsPageProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const columns: Column<Finding>[] = [
    { key: 'kind', title: t('findings.kind'), width: '150px', fixed: true, render: ({ kind }) => <Pill tone={tones[kind]}>{t(`findings.kinds.${kind}`)}</Pill> },
    { key: 'person', title: t('findings.person'), width: '140px', fixed: true, render: ({ person }) => (person ? nameOf(person) : '–') },
    { key: 'department', title: t('findings.department'), width: '160px', render: ({ department }) => (department ? text(departments[department]) : '–') },
    { key: 'detail', title: t('findings.detail'), render: ({ kind, detail }) => t(`findings.details.${kind}`, { n: detail }) },
    { key: 'found', title: t('findings.found'), width: '170px', render: ({ found }) => <When at={found} /> },
  ];
  if (onDispose) {
    columns.push({
      key: 'acts',
      title: t('findings.dispose'),
      width: '120px',
      fixed: true,
      render: (finding) => (
        <Dropdown trigger={['click']} menu={{ items: disposals.map((key) => ({ key, label: t(`findings.disposals.${key}`) })), onClick: ({ key }) => onDispose(finding, key as Disposal) }}>
          <Button size="small">{t('findings.dispose')}</Button>
        </Dropdown>
      ),
    });
  }
  return (
    <AccountsFrame tab="findings">
      {acknowledge}
      <DataTable name="account-findings" label={t('findings.title')} columns={columns} page={page} rowKey={({ id }) => id} empty={{ title: t('findings.empty'), hint: t('findings.emptyHint') }} />
    </AccountsFrame>
  );
}
