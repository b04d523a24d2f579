import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { Attachments, type Attachment } from './Attachments';

vi.mock('@/output/use-profiles', () => ({ useProfiles: () => ({ profiles: offered, purposes: [], error: null }), useQuota: () => undefined }));

const { asked } = vi.hoisted(() => ({ asked: vi.fn() }));

vi.mock('@/api/client', async (original) => ({ ...(await original()), queries: { useQuery: asked } }));

let offered: unknown[] = [];
const held: Attachment[] = [
  { number: 1, declared: 'application/xml', media: 'application/xml', size: 5120, digest: 'a'.repeat(64), shown: false },
  { number: 2, declared: 'application/octet-stream', media: 'application/pdf', size: 3_500_000, digest: 'b'.repeat(64), shown: true },
  { number: 3, declared: 'image/png', size: 90, digest: 'c'.repeat(64), shown: false },
];

const list = () => {
  asked.mockClear().mockReturnValue({ data: { items: held }, error: null });
  render(<Attachments document="D1" version={2} count={3} />);
};

it('asks for nothing before somebody wants to look', async () => {
  list();
  expect(screen.getByRole('heading', { name: '附件（3）' })).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: /查看附件/ }));
  expect(asked.mock.calls[0]).toEqual(expect.arrayContaining(['/api/documents/{id}/attachments', { params: { path: { id: 'D1' }, query: { version: 2 } } }]));
});

it('tells the form by the bytes, and what the source says where that is another', async () => {
  list();
  await userEvent.click(screen.getByRole('button', { name: /查看附件/ }));
  expect(screen.getByText('结构化文书原件（XML）')).toBeVisible();
  expect(screen.getByText('来源称 application/octet-stream')).toBeVisible();
  expect(screen.getByText('3.3 MiB')).toBeVisible();
  expect(screen.getByText('格式无法识别（来源称 image/png），不提供')).toBeVisible();
});

it('shows what a page can show, and lets those download who may export', async () => {
  list();
  await userEvent.click(screen.getByRole('button', { name: /查看附件/ }));
  expect(screen.getAllByRole('button', { name: /在页面中查看/ })).toHaveLength(1);
  expect(screen.queryByRole('button', { name: /下载/ })).toBeNull();
});

it('never offers what is of no known form', async () => {
  offered = [{ id: 'office' }];
  list();
  await userEvent.click(screen.getByRole('button', { name: /查看附件/ }));
  expect(screen.getAllByRole('button', { name: /下载/ })).toHaveLength(2);
});
