import { readFileSync } from 'node:fs';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import { operationsOf } from './operation-list';
import { OperationsPage, type JudgedRow } from './OperationsPage';
import { sheetOf, type Sheet } from './sheet';

const fileOf = (name: string, bytes: BlobPart) => {
  const file = new File([bytes], name);
  return Object.assign(file, { arrayBuffer: () => new Response(bytes).arrayBuffer() });
};
const head = ['手术编号', '病案号', '计划时间', '手术医师', '麻醉医师'];
const planned = '2026-03-02T00:30:00.000Z';
const operation = { number: 'S1', recordNumber: 'ZY1001', planned, performers: [{ person: '10023', role: 'surgeon' }, { person: '10024', role: 'surgeon' }, { person: '10031', role: 'anaesthetist' }] };

const table: Sheet = [head, ['S1', 'ZY1001', '2026-03-02 08:30', '10023、10024', '10031']];

it.each([
  ['CSV in UTF-8', 'list.csv', new TextEncoder().encode('\uFEFF手术编号,病案号,计划时间,手术医师,麻醉医师\r\nS1,ZY1001,2026-03-02 08:30,"10023、10024",10031\r\n')],
  ['CSV in GB 18030', 'list.csv', Uint8Array.from(readFileSync('src/patient/testdata/operations-gb18030.csv'))],
  ['XLSX', 'list.xlsx', Uint8Array.from(readFileSync('src/patient/testdata/operations.xlsx'))],
])('reads %s', async (_, name, bytes) => {
  const sheet = await sheetOf(fileOf(name, bytes));
  expect(sheet[0]).toEqual(table[0]);
  expect(operationsOf(sheet)).toEqual({ rows: [{ row: 2, number: 'S1', operation }], missing: [] });
});

it.each(['2026/3/2 8:30', '2026年3月2日 8：30', '2026-03-02T08:30:00', '46083.3541666667'])('knows the time %s', (cell) => {
  const { rows } = operationsOf([head, ['S1', 'ZY1001', cell, '10023']]);
  expect(rows[0]?.operation?.planned).toBe(planned);
});

it('counts rows as the spreadsheet does, and names what cannot be sent', () => {
  const { rows } = operationsOf([head, [], ['S1', 'ZY1001', '2026-02-30 08:30', '10023'], ['S2', 'ZY1001', '下周一', '10023'], ['S'.repeat(101), 'ZY1001', '2026-03-02 08:30', '10023']]);
  expect(rows.map(({ row, slip }) => [row, slip])).toEqual([
    [3, 'planned'],
    [4, 'planned'],
    [5, 'long'],
  ]);
});

it('says which columns are missing', () => {
  expect(operationsOf([['手术编号', '手术时间'], ['S1', '2026-03-02 08:30']])).toEqual({ rows: [], missing: ['recordNumber', 'surgeon'] });
});

const fine: JudgedRow = { row: 2, number: 'S1', operation, line: { line: 1, known: false, called: '李**' } };
const text = (zh: string) => ({ zh, en: zh });
const stranger: JudgedRow = {
  row: 3, number: 'S2', operation: { ...operation, number: 'S2' },
  line: { line: 2, known: false, problem: text('填写有误'), fields: [{ path: 'performers[1].person', problem: text('没有这个工号，请核对') }] },
};
const late: JudgedRow = { row: 5, number: 'S3', slip: 'planned' };

function show(rows: JudgedRow[], taken = false) {
  const onTake = vi.fn();
  renderAt('/operation-lists', (
    <OperationsPage theatres={[]} theatre={undefined} onTheatre={vi.fn()} file={new File([], '手术安排.xlsx')} rows={rows} taken={taken} busy={false} onFile={vi.fn()} onTake={onTake} onDrop={vi.fn()} />
  ));
  return { onTake, rows: within(screen.getByRole('table')).getAllByRole('row').slice(1) };
}

it('previews each row with its error, and takes the others in', async () => {
  const { onTake, rows } = show([fine, stranger, late]);
  expect(rows[0]).toHaveTextContent('第 2 行S1ZY1001李**');
  expect(rows[0]).toHaveTextContent('新安排');
  expect(rows[1]).toHaveTextContent('第 3 行');
  expect(rows[1]).toHaveTextContent('错误10024 没有这个工号，请核对');
  expect(rows[2]).toHaveTextContent('第 5 行S3错误计划时间无法识别');
  await userEvent.click(screen.getByRole('button', { name: '导入 1 行' }));
  expect(onTake).toHaveBeenCalledOnce();
});

it('offers nothing to take in where every row is wrong', () => {
  show([stranger, late]);
  expect(screen.getByRole('button', { name: '导入 0 行' })).toBeDisabled();
});

it('says what was taken in and what was not', () => {
  const { rows } = show([fine, stranger], true);
  expect(screen.getByRole('alert')).toHaveTextContent('已导入 1 行，1 行未导入。');
  expect(rows[0]).toHaveTextContent('已导入');
  expect(screen.queryByRole('button', { name: /导入/ })).toBeNull();
});
