import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { isMeasure, measures, thisYear, type Measure } from './figures';
import { FiguresPage } from './FiguresPage';

/** Totals of a year; which, stands in the address. */
export function Component() {
  const { roles } = useSession();
  const [newest] = useState(() => thisYear(new Date()));
  const [params, setParams] = useSearchParams();
  const asked = params.get('measure') ?? undefined;
  const measure: Measure = isMeasure(asked) ? asked : measures[0];
  const year = Number(params.get('year')) || newest;
  const counted = queries.useQuery('get', '/api/figures', { params: { query: { measure, year } } }, { placeholderData: keepPreviousData });
  const failure = failureOf(counted);
  if (failure) return <NotOpened error={failure} onRetry={() => void counted.refetch()} />;
  if (!counted.data) return <Waiting />;
  const turn = (change: Record<string, string>) => setParams({ measure, year: String(year), ...change }, { replace: true });
  return (
    <FiguresPage
      figures={counted.data}
      measure={measure}
      newest={newest}
      opens={may(roles, 'openFigures')}
      onMeasure={(next) => turn({ measure: next })}
      onYear={(next) => turn({ year: String(next) })}
    />
  );
}
