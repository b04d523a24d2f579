import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Clock } from '@/kit/Clock';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText, type Text } from '@/language/text';
import type { Departments } from './departments';

export type ExitLine = Schemas['StaffExitLine'];

interface ExitListProps {
  rows: ExitLine[] | undefined;
  /** Everything was taken back. */
  clear: boolean;
  departments: Departments;
  people: Record<string, Text>;
  maySign: (line: ExitLine) => boolean;
  onSign: (line: ExitLine) => void;
  actions?: ReactNode;
}

/** What is to be taken back from somebody who leaves, and who has said that it was. */
export function ExitList({ rows, clear, actions, ...rest }: ExitListProps) {
  const { t } = useTranslation('staff');
  const columns = useExitColumns(rest);
  const state = rows && rows.length > 0 && <Pill tone={clear ? 'success' : 'warning'}>{t(clear ? 'exit.clear' : 'exit.notClear')}</Pill>;
  return (
    <Panel
      title={t('exit.title')}
      extra={
        <>
          {state} {actions}
        </>
      }
      flush
    >
      <PlainTable label={t('exit.title')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('exit.empty')} />
    </Panel>
  );
}

export function useExitColumns({ departments, people, maySign, onSign }: Pick<ExitListProps, 'departments' | 'people' | 'maySign' | 'onSign'>): Column<ExitLine>[] {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  return [
    {
      key: 'what',
      title: t('exit.what'),
      fixed: true,
      render: ({ kind, what }) => (
        <>
          {t(`exit.kinds.${kind}`)}
          {what && ` · ${what}`}
        </>
      ),
    },
    { key: 'owner', title: t('exit.owner'), width: '200px', render: ({ role, department }) => [department && text(departments[department]), term('role', role)].filter(Boolean).join(' · ') },
    {
      key: 'state',
      title: t('exit.state'),
      width: '260px',
      render: (line) =>
        line.signed ? (
          <>
            <Pill tone="success">{t('exit.signed')}</Pill> {text(people[line.signedBy ?? ''])} <When at={line.signed} />
          </>
        ) : (
          <Clock deadline={line.due} />
        ),
    },
    {
      key: 'do',
      title: t('stays.do'),
      width: '120px',
      align: 'end',
      fixed: true,
      render: (line) =>
        !line.signed &&
        maySign(line) && (
          <Popconfirm title={t('exit.signTitle')} okText={t('exit.sign')} cancelText={t('exit.notYet')} onConfirm={() => onSign(line)}>
            <Button size="small" type="primary">
              {t('exit.sign')}
            </Button>
          </Popconfirm>
        ),
    },
  ];
}
