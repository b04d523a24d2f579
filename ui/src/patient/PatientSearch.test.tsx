import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { departments, listed } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { PatientSearch } from './PatientSearch';

const two = { rows: listed.slice(4, 6), count: { n: 2, more: false } };

it('lists patients with what tells them apart, and links to each', () => {
  renderAt('/patients', <PatientSearch page={two} departments={departments} />);
  expect(screen.getByRole('link', { name: /孙雪/ })).toHaveAttribute('href', '/patients/p-4');
  const [, first] = screen.getAllByRole('row');
  expect(first).toHaveTextContent('孙雪3 级女86 岁00862279神经内科');
});

it('keeps the scope in the address', async () => {
  const { router } = renderAt('/patients', <PatientSearch page={two} departments={departments} />);
  await userEvent.click(screen.getByText('本科室'));
  expect(router.state.location.search).toBe('?scope=department');
});

it('opens a row', async () => {
  const { router } = renderAt('/patients', <PatientSearch page={two} departments={departments} />);
  await userEvent.click(screen.getByText('神经内科'));
  expect(router.state.location.pathname).toBe('/patients/p-4');
});

it('leads from an empty search to locating by number, with what was typed', () => {
  renderAt('/patients?text=00862131', <PatientSearch page={{ rows: [] }} departments={departments} />);
  const links = screen.getAllByRole('link', { name: /按号码定位/ });
  expect(links.at(-1)).toHaveAttribute('href', '/patients/locate?identifier=00862131');
});
