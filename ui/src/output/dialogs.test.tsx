import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { forCourt, printing, ready } from '@/gallery/fixtures/outputs';
import { render } from '@/testing/render';
import { ExportState } from './ExportState';
import { PrintDialog, type PrintDialogProps } from './PrintDialog';
import { QuotaLine } from './QuotaLine';

const ask = (profile = printing, props: Partial<PrintDialogProps> = {}) => {
  const given = { onPrint: vi.fn(), onProfile: vi.fn(), onClose: vi.fn(), ...props };
  render(<PrintDialog title="入院记录" profiles={[printing, forCourt]} profile={profile} used={{ day: 3, dayMost: 50, month: 12, monthMost: 500 }} busy={false} refused={undefined} faults={{}} {...given} />);
  return given;
};

it('prints for the care team with one click, and says what is left of the quota', async () => {
  const { onPrint } = ask();
  expect(screen.getByText('今日还可输出 47 / 50 位患者。 本月还可 488 / 500 位。')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '打印' }));
  expect(onPrint).toHaveBeenCalledExactlyOnceWith({ copies: 1, format: 'html', hold: false });
});

it('asks for whom and why before it prints for a court', async () => {
  const { onPrint } = ask(forCourt);
  await userEvent.click(screen.getByRole('button', { name: '打印' }));
  expect(await screen.findAllByText('必须填写')).toHaveLength(2);
  expect(onPrint).not.toHaveBeenCalled();
  await userEvent.type(screen.getByRole('textbox', { name: '提供给' }), '汐州市人民法院');
  await userEvent.type(screen.getByRole('textbox', { name: '案由编号' }), '公函-17');
  await userEvent.click(screen.getByRole('checkbox', { name: /稍后取件/ }));
  await userEvent.click(screen.getByRole('button', { name: '送入打印队列' }));
  expect(onPrint).toHaveBeenCalledExactlyOnceWith({ copies: 1, format: 'html', recipient: '汐州市人民法院', case: '公函-17', hold: true });
});

it('says so where there is no quota', () => {
  render(<QuotaLine used={{ day: 2, dayMost: 0, month: 9, monthMost: 0 }} />);
  expect(screen.getByText('不设定额；今日已输出 2 位患者。')).toBeVisible();
});

it('hands a file over that two people approved only with their code', async () => {
  const onDownload = vi.fn();
  render(<ExportState shown={ready} busy={false} onPledge={vi.fn()} onCancel={vi.fn()} onDownload={onDownload} />);
  await userEvent.click(screen.getByRole('button', { name: '下载文件' }));
  expect(await screen.findByText('请输入释放码')).toBeVisible();
  await userEvent.type(screen.getByRole('textbox', { name: /释放码/ }), ' ABCD-EFGH-IJKL ');
  await userEvent.click(screen.getByRole('button', { name: '下载文件' }));
  expect(onDownload).toHaveBeenCalledExactlyOnceWith('ABCD-EFGH-IJKL');
});

it.each([
  ['consent', '其中一位患者的同意已撤回或到期'],
  ['quota', '定额已用完'],
] as const)('tells why an export stopped: %s', (why, words) => {
  render(<ExportState shown={{ ...ready, state: 'stopped', why }} busy={false} onPledge={vi.fn()} onCancel={vi.fn()} onDownload={vi.fn()} />);
  expect(within(screen.getByRole('alert')).getByText(new RegExp(words))).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

it('lets nobody fetch a file about patients before he has signed for it', async () => {
  const onPledge = vi.fn();
  render(<ExportState shown={ready} busy={false} commitment={{ zh: '本人领取清单', en: 'I receive the list' }} onPledge={onPledge} onCancel={vi.fn()} onDownload={vi.fn()} />);
  expect(screen.queryByRole('button', { name: '下载文件' })).toBeNull();
  expect(screen.getByText('本人领取清单')).toBeVisible();
  const sign = screen.getByRole('button', { name: /签\s?署/ });
  expect(sign).toBeDisabled();
  await userEvent.click(screen.getByRole('checkbox', { name: /已阅读/ }));
  await userEvent.click(sign);
  expect(onPledge).toHaveBeenCalledOnce();
});

it('leaves what is under review to the reviewer', () => {
  render(<ExportState shown={{ ...ready, state: 'held', alarm: 'night' }} busy={false} onPledge={vi.fn()} onCancel={vi.fn()} onDownload={vi.fn()} />);
  expect(screen.getByText(/夜间输出的患者人数异常/)).toBeVisible();
  expect(screen.queryByRole('button', { name: '取消导出' })).toBeNull();
});
