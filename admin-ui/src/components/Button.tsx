import { Button as BaseButton } from '@base-ui/react/button';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/cx';
import styles from './Button.module.css';

interface Look {
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  small?: boolean;
}

function classes({ look = 'plain', small = false }: Look, icon = false): string {
  return cx(styles.button, look !== 'plain' && styles[look], small && styles.small, icon && styles.icon);
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'>, Look {
  /** It works on it: cannot be pressed again, and says so. */
  busy?: boolean;
}

/** A button is a verb: "Create key", not "OK". */
export function Button({ look, small, busy = false, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      type={type}
      className={classes({ ...(look && { look }), ...(small && { small }) })}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      data-busy={busy ? '' : undefined}
    />
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  /** Its name. */
  label: string;
  children: ReactNode;
}

/** A button without words; its name shows when it is pointed at. */
export function IconButton({
  label,
  look = 'quiet',
  small,
  busy: _,
  children,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={classes({ look, ...(small && { small }) }, true)}
    >
      {children}
    </button>
  );
}

export type LinkButtonProps = LinkProps & Look & { children: ReactNode };

/** Looks like a button and goes somewhere. */
export function LinkButton({ look, small, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={classes({ ...(look && { look }), ...(small && { small }) })} />;
}
