import type { ReactNode } from 'react';

interface IconProps {
  size?: number;
}

function icon(paths: ReactNode) {
  return function Icon({ size = 16 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {paths}
      </svg>
    );
  };
}

export const SearchIcon = icon(<path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10m3.6-1.4L14 14" />);
export const CloseIcon = icon(<path d="m4 4 8 8m0-8-8 8" />);
export const CheckIcon = icon(<path d="m3 8.5 3.5 3.5L13 4.5" />);
export const ChevronDownIcon = icon(<path d="m4 6 4 4 4-4" />);
export const ChevronRightIcon = icon(<path d="m6 4 4 4-4 4" />);
export const UpDownIcon = icon(<path d="m5 6 3-3 3 3M5 10l3 3 3-3" />);
export const CopyIcon = icon(<path d="M6 6h7.5v7.5H6zM10 3.5V2.5H2.5V10h1" />);
export const MenuIcon = icon(<path d="M2 4h12M2 8h12M2 12h12" />);
export const ExpandIcon = icon(<path d="M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-5 5m-1 1-5 5" />);
export const ArrowUpIcon = icon(<path d="M8 13V3.5M4 7l4-4 4 4" />);
export const ArrowDownIcon = icon(<path d="M8 3v9.5M4 9l4 4 4-4" />);
export const PauseIcon = icon(<path d="M5.5 3v10m5-10v10" />);
export const PlayIcon = icon(<path d="M5 3v10l7.5-5z" />);
export const MoreIcon = icon(<path d="M3 8h.01M8 8h.01M13 8h.01" />);
export const DownloadIcon = icon(<path d="M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11" />);
export const TableIcon = icon(<path d="M2.5 3.5h11v9h-11zM2.5 6.5h11m-11 3h11M6.5 6.5v6" />);
export const ChartIcon = icon(<path d="M2.5 2.5v11h11M5 10l2.5-3 2.5 1.5L13 4.5" />);
export const ColumnsIcon = icon(<path d="M2.5 3h11v10h-11zM6.2 3v10m3.6-10v10" />);
