import { Button, Segmented, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { EmptyState } from '@/kit/EmptyState';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Export } from '@/kit/table/Export';
import { useText } from '@/language/text';
import { measures, months, placeOf, yearsUpTo, type Cell, type Figures, type Measure } from './figures';
import styles from './Figures.module.css';

export interface FiguresPageProps {
  figures: Figures;
  measure: Measure;
  /** The year that it is. */
  newest: number;
  /** Whether the reader may ask who is behind a number. */
  opens: boolean;
  onMeasure: (measure: Measure) => void;
  onYear: (year: number) => void;
}

/** How many encounters there were, by department and month. */
export function FiguresPage({ figures, measure, newest, opens, onMeasure, onYear }: FiguresPageProps) {
  const { t } = useTranslation('figures');
  const text = useText();
  const { year, rows, sums, least } = figures;
  return (
    <Page>
      <PageHead title={t('title')} lead={t('lead', { least })} actions={
        <div className={styles.actions}>
          <Export list="figures" filter={{ measure, year: String(year) }} />
          <Button onClick={() => window.print()}>{t('print')}</Button>
        </div>
      } />
      <div className={styles.choice}>
        <Segmented value={measure} onChange={onMeasure} aria-label={t('measure.label')} options={measures.map((value) => ({ value, label: t(`measure.${value}`) }))} />
        <Select value={year} onChange={onYear} aria-label={t('year')} options={yearsUpTo(newest).map((value) => ({ value, label: t('ofYear', { year: value }) }))} />
      </div>
      <Panel flush title={`${t(`measure.${measure}`)} · ${t('ofYear', { year })}`}>
        {rows.length === 0 ? (
          <EmptyState title={t('none', { year })} />
        ) : (
          <div className={styles.frame} tabIndex={0} role="region" aria-label={t('title')}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('department')}</th>
                  {months.map((month) => (
                    <th key={month} scope="col">
                      {t('month', { month })}
                    </th>
                  ))}
                  <th scope="col">{t('whole')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ department = '', name, cells }) => {
                  const called = text(name) || t('noDepartment');
                  return (
                    <tr key={department}>
                      <th scope="row">{called}</th>
                      {cells.map((cell, column) => {
                        const month = months[column];
                        const to = opens && department && month ? placeOf(measure, year, month, department) : undefined;
                        return (
                          <td key={column}>
                            <Count cell={cell} to={to} label={t('cell', { department: called, month: t('month', { month }), events: cell.hidden ? t('hidden') : cell.events })} />
                          </td>
                        );
                      })}
                    </tr>
                  );
                })}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('sum')}</th>
                  {sums.map((cell, column) => (
                    <td key={column}>
                      <Count cell={cell} />
                    </td>
                  ))}
                </tr>
              </tfoot>
            </table>
          </div>
        )}
      </Panel>
    </Page>
  );
}

function Count({ cell, to, label }: { cell: Cell; to?: string | undefined; label?: string }) {
  const { t } = useTranslation('figures');
  if (!cell.hidden && cell.events === 0) return <span className={styles.nobody}>0</span>;
  const shown = cell.hidden ? '✱' : cell.events.toLocaleString();
  const number = to ? (
    <Link to={to} aria-label={label}>
      {shown}
    </Link>
  ) : (
    <span {...(cell.hidden && { role: 'img', 'aria-label': t('hidden') })}>{shown}</span>
  );
  return cell.hidden ? <Tooltip title={t('hiddenWhy')}>{number}</Tooltip> : number;
}
