import styles from './CheckList.module.css';
import { Checkbox } from './Field';

/** Several of a few. */
export function CheckList<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; text: string }[];
  values: readonly Value[];
  onValues: (values: readonly Value[]) => void;
}) {
  const { label, options, values, onValues } = props;
  const flip = (value: Value, on: boolean) =>
    onValues(on ? [...values, value] : values.filter((other) => other !== value));
  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>{label}</legend>
      {options.map(({ value, text }) => (
        <Checkbox key={value} label={text} checked={values.includes(value)} onChecked={(on) => flip(value, on)} />
      ))}
    </fieldset>
  );
}
