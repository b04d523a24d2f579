import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { DataTable } from '@/kit/table/DataTable';
import { useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import { useDueColumns } from './columns';
import { boxes, isBox } from './deadline';
import { Frame } from './Frame';
import { useOwnDepartment } from './use-own-department';

/** The limits of a department, or of the house for those who see it. */
export function Component() {
  const { t } = useTranslation('deadline');
  const text = useText();
  const { roles } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const departments = useDepartments();
  const own = useOwnDepartment();
  const whole = may(roles, 'seeCompleteness');
  const department = filters.department ?? (whole ? undefined : own);
  const box = isBox(filters.box) ? filters.box : 'overdue';
  const query = { cursor, limit, box, ...(department && { department }), ...(filters.requirement && { requirement: filters.requirement }), ...(filters.month && { month: filters.month }) };
  const listing = queries.useQuery('get', '/api/deadlines', { params: { query } }, { placeholderData: keepPreviousData });
  const sets = queries.useQuery('get', '/api/deadlines/sets', {});
  const force = sets.data?.items.find(({ number }) => number === sets.data.force);
  const columns = useDueColumns({ names: listing.data?.names, departments: listing.data?.departments });
  return (
    <Frame tab="list" fixed>
      <DataTable
        name="deadlines"
        label={t('list.title')}
        columns={columns}
        filters={[
          { kind: 'choice', key: 'box', label: t('column.standing'), options: boxes.map((value) => ({ value, label: t(`box.${value}`) })) },
          { kind: 'choice', key: 'requirement', label: t('column.document'), options: (force?.requirements ?? []).map(({ key, nameZh, nameEn }) => ({ value: key, label: text({ zh: nameZh, en: nameEn }) })) },
          ...(whole ? [{ kind: 'choice' as const, key: 'department', label: t('column.department'), options: Object.entries(departments).map(([value, name]) => ({ value, label: text(name) })) }] : []),
          { kind: 'text', key: 'month', label: t('column.month') },
        ]}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        empty={{ title: t('list.none'), hint: t('list.noneHint') }}
      />
    </Frame>
  );
}
