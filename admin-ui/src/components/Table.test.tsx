import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { type Column, sorted, Table } from './Table';

interface Row {
  id: string;
  name: string;
  size: number | null;
}

const columns: readonly Column<Row>[] = [
  { id: 'name', head: 'Name', cell: ({ name }) => name, sort: ({ name }) => name },
  { id: 'size', head: 'Size', number: true, cell: ({ size }) => size ?? '–', sort: ({ size }) => size },
];

const rows: readonly Row[] = [
  { id: '1', name: 'beta', size: 2 },
  { id: '2', name: 'alpha', size: null },
  { id: '3', name: 'gamma', size: 10 },
];

function names(): (string | null)[] {
  return screen.getAllByRole('link').map((link) => link.textContent);
}

function Page() {
  return (
    <>
      <h1>Rows</h1>
      <Table
        label="Rows"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        open={({ id }) => ({ to: `/rows/${id}` as never })}
      />
    </>
  );
}

describe('a table', () => {
  it('sorts by what a head says, what has no value last', async () => {
    await renderPage(Page, '/page');
    await userEvent.click(screen.getByRole('button', { name: 'Size' }));
    await expect.poll(names).toEqual(['gamma', 'beta', 'alpha']);
    expect(screen.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: 'Size' }));
    await expect.poll(names).toEqual(['beta', 'gamma', 'alpha']);
  });

  it('opens a row by its link and by a click anywhere on it', async () => {
    const { where } = await renderPage(Page, '/page');
    await userEvent.click(within(screen.getByRole('row', { name: /gamma/ })).getByText('10'));
    await expect.poll(where).toBe('/rows/3');
  });

  it('walks its rows with J and K', async () => {
    await renderPage(Page, '/page');
    await userEvent.keyboard('jj');
    await expect.poll(() => document.activeElement?.textContent).toBe('alpha');
    await userEvent.keyboard('k');
    await expect.poll(() => document.activeElement?.textContent).toBe('beta');
  });

  it('keeps few rows of many in the document', async () => {
    const many = Array.from(
      { length: 5000 },
      (_, index): Row => ({ id: String(index), name: `n${index}`, size: index }),
    );
    await renderPage(() => {
      return (
        <>
          <h1>Many</h1>
          <Table label="Many" columns={columns} rows={many} rowId={({ id }) => id} />
        </>
      );
    }, '/page');
    expect(screen.getAllByRole('row').length).toBeLessThan(100);
    expect(screen.getAllByRole('row').length).toBeGreaterThan(20);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '5001');
  });

  it('sorts words as people do', () => {
    expect(sorted(rows, columns, 'name').map(({ name }) => name)).toEqual(['alpha', 'beta', 'gamma']);
    expect(sorted(rows, columns, undefined)).toBe(rows);
  });
});
