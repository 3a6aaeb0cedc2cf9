import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Field } from '@base-ui/react/field';
import type { ComponentProps, FormEvent, ReactNode } from 'react';
import { cx } from '../lib/cx';
import styles from './Field.module.css';
import { CheckIcon } from './icons';

interface Around {
  label: string;
  /** What to write, where the label does not say it. */
  help?: ReactNode;
  /** What is wrong and what to change; from the server or from a check. */
  error?: string | undefined;
}

/** A label, a control, and what is to be said of them. Inside it stands one control of Base UI's. */
export function Labelled({ label, help, error, children }: Around & { children: ReactNode }) {
  return (
    <Field.Root className={styles.field} invalid={error !== undefined}>
      <Field.Label className={styles.label}>{label}</Field.Label>
      {children}
      {help !== undefined && <Field.Description className={styles.help}>{help}</Field.Description>}
      {error !== undefined && (
        <Field.Error match className={styles.error}>
          {error}
        </Field.Error>
      )}
    </Field.Root>
  );
}

export interface TextFieldProps
  extends Around,
    Omit<ComponentProps<'input'>, 'className' | 'onChange' | 'value' | 'defaultValue'> {
  value: string;
  onValue: (value: string) => void;
  mono?: boolean;
}

export function TextField({ label, help, error, value, onValue, mono = false, ...rest }: TextFieldProps) {
  return (
    <Labelled label={label} help={help} error={error}>
      <Field.Control
        {...rest}
        value={value}
        onValueChange={onValue}
        className={cx(styles.input, mono && styles.mono)}
      />
    </Labelled>
  );
}

export interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'autoComplete' | 'mono'> {
  /** Whether it is being chosen, so that the browser offers to make and keep one. */
  chosen?: boolean;
}

export function PasswordField({ chosen = false, ...rest }: PasswordFieldProps) {
  return <TextField {...rest} type="password" autoComplete={chosen ? 'new-password' : 'current-password'} />;
}

export interface TextAreaProps extends Around {
  value: string;
  onValue: (value: string) => void;
  rows?: number;
  placeholder?: string;
}

export function TextArea({ label, help, error, value, onValue, rows = 4, placeholder }: TextAreaProps) {
  return (
    <Labelled label={label} help={help} error={error}>
      <Field.Control
        value={value}
        onValueChange={onValue}
        className={styles.input}
        render={<textarea rows={rows} placeholder={placeholder} />}
      />
    </Labelled>
  );
}

export function Checkbox({
  label,
  checked,
  onChecked,
}: {
  label: string;
  checked: boolean;
  onChecked: (on: boolean) => void;
}) {
  return (
    <Field.Root>
      <Field.Label className={styles.check}>
        <BaseCheckbox.Root className={styles.box} checked={checked} onCheckedChange={onChecked}>
          <BaseCheckbox.Indicator>
            <CheckIcon size={12} />
          </BaseCheckbox.Indicator>
        </BaseCheckbox.Root>
        {label}
      </Field.Label>
    </Field.Root>
  );
}

/** A form in one column; Enter sends it. `FormRow` puts fields beside each other where there is room. */
export function Form({ onSend, id, children }: { onSend: () => void; id?: string; children: ReactNode }) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <form id={id} className={styles.form} onSubmit={send} noValidate>
      {children}
    </form>
  );
}

export function FormRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
