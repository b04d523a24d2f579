import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import { useTableAddress } from './address';
import type { Column, Filter } from './column';
import { DataTable, type DataTableProps, type TablePage } from './DataTable';
import { ExportContext } from './exporting';

interface Patient {
  id: string;
  name: string;
  ward: string;
}

const columns: Column<Patient>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, sortable: true, fixed: true },
  { key: 'ward', title: '病区', render: (row) => row.ward },
];
const filters: Filter[] = [
  { kind: 'text', key: 'q', label: '姓名或病案号' },
  { kind: 'choice', key: 'state', label: '在院状态', options: [{ value: 'open', label: '在院' }] },
];
const everybody: Patient[] = Array.from({ length: 5 }, (_, index) => ({ id: `p${index}`, name: `患者${index}`, ward: '心内科' }));

beforeEach(() => localStorage.clear());

/** A list of five, two on a page; the cursor is the index of the first row. */
function Listing(props: Partial<DataTableProps<Patient>>) {
  const { cursor, filters: asked } = useTableAddress();
  const start = Number(cursor ?? 0);
  const found = everybody.filter(({ name }) => name.includes(asked.q ?? ''));
  const next = start + 2 < found.length ? String(start + 2) : undefined;
  const page: TablePage<Patient> = { rows: found.slice(start, start + 2), count: { n: found.length, more: false }, ...(next && { next }) };
  return (
    <>
      <output>{useLocation().search}</output>
      <DataTable name="test" label="患者" columns={columns} filters={filters} page={page} rowKey={(row) => row.id} empty={{ title: '没有患者' }} {...props} />
    </>
  );
}

function show(props: Partial<DataTableProps<Patient>> = {}, at = '/patients') {
  return renderAt(at, <Listing {...props} />);
}

const names = () => screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell')[0]?.textContent);
const address = () => screen.getByRole('status').textContent;

describe('paging', () => {
  it('goes forward by the server’s cursor, back by the way it came, and to the first page', async () => {
    show();
    expect(names()).toEqual(['患者0', '患者1']);
    expect(screen.getByText('共 5 条')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /下一页/ }));
    await userEvent.click(screen.getByRole('button', { name: /下一页/ }));
    expect(names()).toEqual(['患者4']);
    expect(screen.getByRole('button', { name: /下一页/ })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: /上一页/ }));
    expect(names()).toEqual(['患者2', '患者3']);
    await userEvent.click(screen.getByRole('button', { name: '首页' }));
    expect(names()).toEqual(['患者0', '患者1']);
    expect(address()).toBe('');
  });

  it('shows the same rows again from the address alone', () => {
    show({}, '/patients?cursor=2&q=患者');
    expect(names()).toEqual(['患者2', '患者3']);
  });

  it('says that there are more than were counted', () => {
    show({ page: { rows: everybody, count: { n: 1000, more: true } } });
    expect(screen.getByText('1,000+ 条')).toBeVisible();
  });
});

describe('asking', () => {
  it('keeps sort and filters in the address and goes back to the first page with each', async () => {
    show({}, '/patients?cursor=2');
    await userEvent.click(screen.getByRole('button', { name: '姓名' }));
    expect(address()).toBe('?sort=name');
    await userEvent.click(screen.getByRole('button', { name: '姓名' }));
    expect(address()).toBe('?sort=-name');
    await userEvent.type(screen.getByRole('textbox', { name: '姓名或病案号' }), '患者3{Enter}');
    expect(new URLSearchParams(address()).get('q')).toBe('患者3');
    expect(names()).toEqual(['患者3']);
    await userEvent.click(screen.getByRole('button', { name: /清除筛选/ }));
    expect(address()).toBe('?sort=-name');
  });

  it('takes the tab of its page for no filter', async () => {
    show({}, '/grants?tab=ends');
    expect(screen.queryByRole('button', { name: /清除筛选/ })).toBeNull();
    await userEvent.type(screen.getByRole('textbox', { name: '姓名或病案号' }), '患者3{Enter}');
    await userEvent.click(screen.getByRole('button', { name: /清除筛选/ }));
    expect(address()).toBe('?tab=ends');
  });

  it('does not ask at every letter', async () => {
    show();
    await userEvent.type(screen.getByRole('textbox', { name: '姓名或病案号' }), '患者');
    expect(address()).toBe('');
  });
});

describe('rows by keyboard', () => {
  it('moves with the arrows, opens with Enter and turns the page', async () => {
    const onOpen = vi.fn();
    show({ onOpen });
    const first = screen.getAllByRole('row')[1]!;
    first.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(everybody[1]);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Home}{Enter}');
    expect(onOpen).toHaveBeenLastCalledWith(everybody[0]);
    await userEvent.keyboard('{PageDown}');
    expect(names()).toEqual(['患者2', '患者3']);
  });

  it('has exactly one stop for the tab key among the rows', () => {
    show();
    expect(screen.getAllByRole('row').filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });
});

describe('columns', () => {
  it('are chosen by the person and remembered', async () => {
    show();
    await userEvent.click(screen.getByRole('button', { name: '列' }));
    expect(await screen.findByRole('checkbox', { name: '姓名' })).toBeDisabled();
    await userEvent.click(screen.getByRole('checkbox', { name: '病区' }));
    expect(screen.queryByRole('columnheader', { name: '病区' })).toBeNull();
    expect(localStorage.getItem('medward.table.test')).toContain('"ward":false');
  });
});

describe('states', () => {
  it('is busy with a skeleton at first', () => {
    show({ page: { loading: true } });
    expect(screen.getByRole('rowgroup', { name: '正在读取' })).toBeInTheDocument();
  });

  it('says what to do when nothing was found', () => {
    show({ page: { rows: [] }, empty: { title: '没有符合的患者', hint: '试试病案号' } });
    expect(screen.getByText('试试病案号')).toBeVisible();
  });

  it('does not offer to ask again for what may not be read', () => {
    show({ page: { error: { message: '没有诊疗关系。', code: 'a1b2', refused: true }, onRetry: vi.fn() } });
    expect(screen.getByRole('alert')).toHaveTextContent('这里不能查看没有诊疗关系。');
    expect(screen.queryByRole('button', { name: /重试/ })).toBeNull();
  });

  it('keeps the filters, names the reference and retries after an error', async () => {
    const onRetry = vi.fn();
    show({ page: { error: { message: '服务暂不可用。', code: 'a1b2' }, onRetry } }, '/patients?q=李');
    expect(screen.getByRole('alert')).toHaveTextContent('编号 a1b2');
    expect(screen.getByRole('textbox', { name: '姓名或病案号' })).toHaveValue('李');
    await userEvent.click(screen.getByRole('button', { name: /重试/ }));
    expect(onRetry).toHaveBeenCalledOnce();
  });
});

describe('leaving', () => {
  const exported = { list: 'patients', filter: { text: '李' } };

  it('hands the list and how it is narrowed to what lets it leave', () => {
    renderAt(
      '/patients',
      <ExportContext value={({ list, filter }) => <button type="button">{`${list} ${filter.text ?? ''}`}</button>}>
        <Listing exported={exported} />
      </ExportContext>,
    );
    expect(screen.getByRole('button', { name: 'patients 李' })).toBeVisible();
  });

  it('stays where nothing lets it', () => {
    show({ exported });
    expect(screen.queryByRole('button', { name: /patients/ })).toBeNull();
  });
});
