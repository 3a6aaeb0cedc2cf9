import { Link, type LinkProps, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAppearance } from '../lib/appearance';
import { cx } from '../lib/cx';
import { t } from '../lib/i18n';
import { useKeys } from '../lib/keyboard';
import { ArrowDownIcon, ArrowUpIcon } from './icons';
import styles from './Table.module.css';

export interface Column<Row> {
  id: string;
  head: string;
  /** The unit of its numbers, said once here. */
  unit?: string;
  /** Its width in pixels; what is left over goes to those without one. */
  width?: number;
  /** Numbers stand right. */
  number?: boolean;
  mono?: boolean;
  cell: (row: Row) => ReactNode;
  /** What it is sorted by; without it the column does not sort. Only for lists that are here as a whole. */
  sort?: (row: Row) => string | number | null;
}

/** A column's id, with a minus before it for the largest first. */
export type Sort = string;

export interface TableProps<Row> {
  /** What the rows are, for those who do not see them. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Where a row leads: its detail's address. */
  open?: (row: Row) => LinkProps;
  /** The row whose detail is open. J and K then go to its neighbours. */
  openId?: string | undefined;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  /** Rows that just came in. */
  fresh?: ReadonlySet<string>;
  /** Is called when the last rows come into view, to load more. */
  onEnd?: () => void;
  /** The sum of all rows, also of those that are not here; it stays below them. */
  total?: Row;
  /** Below the rows: how many there are, whether more come. */
  foot?: ReactNode;
  /** As high as its place, with the rows scrolling inside. */
  fill?: boolean;
}

const OVERSCAN = 12;

/** The least width of a column that has none of its own. */
const LEAST = 86;

/** Rows and columns. Only rows in view are in the document, so that ten thousand cost as little as thirty. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rowId, open, openId, fresh, onEnd, total, foot, fill = false } = props;
  const frame = useRef<HTMLElement>(null);
  const [sort, onSort] = useSort(props);
  const rows = useMemo(() => sorted(props.rows, columns, sort), [props.rows, columns, sort]);
  const { density } = useAppearance();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is a token of the density
  const height = useMemo(rowHeight, [density]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    initialRect: { width: 1200, height: 900 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [height]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.start ?? 0;
  const last = items.at(-1);
  useRowKeys(rows, rowId, open, openId, (index) => virtual.scrollToIndex(index), frame);

  const atEnd = last !== undefined && last.index >= rows.length - OVERSCAN;
  useEffect(() => {
    if (atEnd) {
      onEnd?.();
    }
  }, [atEnd, onEnd]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section ref={frame} className={cx(styles.frame, fill && styles.fill)} aria-label={label} tabIndex={0}>
      <table className={styles.table} style={{ minWidth: minWidth(columns) }} aria-rowcount={rows.length + 1}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width === undefined ? {} : { width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={first} columns={columns.length} />
          {items.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <Line
                key={rowId(row)}
                row={row}
                index={index}
                columns={columns}
                {...(open && { open })}
                opened={openId === rowId(row)}
                fresh={fresh?.has(rowId(row)) ?? false}
              />
            );
          })}
          <Spacer height={last === undefined ? 0 : virtual.getTotalSize() - last.end} columns={columns.length} />
        </tbody>
        {total !== undefined && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.id} className={cx(column.number === true && styles.number)}>
                  {column.cell(total)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </section>
  );
}

interface LineProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  open?: (row: Row) => LinkProps;
  opened: boolean;
  fresh: boolean;
}

function Line<Row>({ row, index, columns, open, opened, fresh }: LineProps<Row>) {
  const navigate = useNavigate();
  const target = open?.(row);
  const go = () => {
    if (target !== undefined && getSelection()?.isCollapsed !== false) {
      void navigate(target as never);
    }
  };
  const fill = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.shiftKey && target !== undefined) {
      event.preventDefault();
      void navigate({ ...target, search: (old: object) => ({ ...old, wide: '1' }) } as never);
    }
  };
  return (
    <tr
      className={cx(styles.row, fresh && styles.fresh)}
      aria-rowindex={index + 2}
      aria-selected={opened || undefined}
      data-opens={target === undefined ? undefined : ''}
      onClick={go}
    >
      {columns.map((column, at) => (
        <td
          key={column.id}
          className={cx(column.number === true && styles.number, column.mono === true && styles.mono)}
        >
          {at === 0 && target !== undefined ? (
            <Link
              {...target}
              className={styles.main}
              data-row={index}
              onClick={(event) => event.stopPropagation()}
              onKeyDown={fill}
            >
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}) {
  const text = (
    <>
      {column.head}
      {column.unit !== undefined && <span className={styles.unit}> {column.unit}</span>}
    </>
  );
  const className = column.number === true ? styles.number : undefined;
  if (column.sort === undefined) {
    return (
      <th scope="col" className={className}>
        {text}
      </th>
    );
  }
  const down = sort === `-${column.id}`;
  const up = sort === column.id;
  const firstDown = column.number === true;
  const next = down ? column.id : up || firstDown ? `-${column.id}` : column.id;
  return (
    <th scope="col" className={className} aria-sort={down ? 'descending' : up ? 'ascending' : 'none'}>
      <button type="button" className={styles.sort} onClick={() => onSort(next)}>
        {text}
        {down && <ArrowDownIcon size={12} />}
        {up && <ArrowUpIcon size={12} />}
      </button>
    </th>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return height <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable
    <tr className={styles.spacer} aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

/** How many rows there are, at the foot of a table that ended. */
export function RowCount({ count }: { count: number }) {
  return <>{t('shell.table.rows', { count })}</>;
}

function useSort<Row>({ sort, onSort }: TableProps<Row>): [Sort | undefined, (sort: Sort) => void] {
  const [own, setOwn] = useState(sort);
  return onSort === undefined ? [own, setOwn] : [sort, onSort];
}

export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const down = sort?.startsWith('-') ?? false;
  const by = columns.find((column) => column.id === (down ? sort?.slice(1) : sort))?.sort;
  if (by === undefined) {
    return rows;
  }
  return rows.toSorted((one, other) => compared(by(one), by(other), down));
}

/** What has no value comes last, whichever way. */
function compared(one: string | number | null, other: string | number | null, down: boolean): number {
  if (one === null || other === null) {
    return Number(one === null) - Number(other === null);
  }
  const order =
    typeof one === 'string' && typeof other === 'string' ? one.localeCompare(other) : Number(one) - Number(other);
  return down ? -order : order;
}

function useRowKeys<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  open: ((row: Row) => LinkProps) | undefined,
  openId: string | undefined,
  show: (index: number) => void,
  frame: { current: HTMLElement | null },
): void {
  const navigate = useNavigate();
  const at = useRef(-1);
  const walk = useCallback(
    (step: number) => {
      const current = openId === undefined ? at.current : rows.findIndex((row) => rowId(row) === openId);
      const next = Math.max(0, Math.min(rows.length - 1, current + step));
      const row = rows[next];
      if (row === undefined || open === undefined) {
        return;
      }
      at.current = next;
      show(next);
      if (openId !== undefined) {
        void navigate({ ...open(row), replace: true } as never);
      } else {
        requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
      }
    },
    [rows, rowId, open, openId, show, navigate, frame],
  );
  const bindings = useMemo(() => ({ j: () => walk(1), k: () => walk(-1) }), [walk]);
  useKeys(bindings, open !== undefined);
}

function minWidth<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, column) => sum + (column.width ?? LEAST), 0);
}

/** The density's height of a row. */
function rowHeight(): number {
  const height = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'));
  return Number.isFinite(height) ? height : 30;
}
