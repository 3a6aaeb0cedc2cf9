import { useEffect, useId, useState } from 'react';
import { Button } from '../../components/Button';
import { TextArea, TextField } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { Segments } from '../../components/Tabs';
import { t } from '../../lib/i18n';
import type { Change } from '../../lib/view';
import type { Route } from './conversation';
import styles from './Playground.module.css';
import { isSeed, isTemperature, isWhole, type PlaygroundView } from './view';

export interface SettingsProps {
  view: PlaygroundView;
  change: (change: Change<PlaygroundView>, replace?: boolean) => void;
  routes: readonly Route[];
  models: readonly string[];
  system: string;
  onSystem: (system: string) => void;
}

/** How it is asked. All but the system message stands in the address. */
export function Settings({ view, change, routes, models, system, onSystem }: SettingsProps) {
  const [first, second] = routes;
  const other = models.find((model) => model !== first?.model) ?? first?.model;
  return (
    <>
      {first !== undefined && (
        <RouteFields
          label={t('playground.parameters.model')}
          route={first}
          models={models}
          onModel={(model) => change({ model })}
          onThinking={(on) => change({ thinking: on ? undefined : 'off' })}
        />
      )}
      {second !== undefined && (
        <RouteFields
          label={t('playground.parameters.with')}
          route={second}
          models={models}
          onModel={(model) => change({ with: model })}
          onThinking={(on) => change({ withThinking: on ? undefined : 'off' })}
        />
      )}
      <Button
        small
        onClick={() => change(second === undefined ? { with: other } : { with: undefined, withThinking: undefined })}
      >
        {t(second === undefined ? 'playground.parameters.compare' : 'playground.parameters.alone')}
      </Button>
      <Amount
        label={t('playground.parameters.temperature')}
        placeholder={t('playground.parameters.default')}
        value={view.temperature}
        good={isTemperature}
        wrong={t('playground.parameters.temperatureWrong')}
        onValue={(temperature) => change({ temperature }, true)}
      />
      <Amount
        label={t('playground.parameters.maxTokens')}
        placeholder={t('playground.parameters.default')}
        value={view.maxTokens}
        good={isWhole}
        wrong={t('playground.parameters.wholeWrong')}
        onValue={(maxTokens) => change({ maxTokens }, true)}
      />
      <Amount
        label={t('playground.parameters.seed')}
        placeholder={t('playground.parameters.none')}
        value={view.seed}
        good={isSeed}
        wrong={t('playground.parameters.seedWrong')}
        onValue={(seed) => change({ seed }, true)}
      />
      <TextArea
        label={t('playground.parameters.system')}
        placeholder={t('playground.parameters.systemHint')}
        value={system}
        onValue={onSystem}
      />
    </>
  );
}

interface RouteFieldsProps {
  label: string;
  route: Route;
  models: readonly string[];
  onModel: (model: string) => void;
  onThinking: (on: boolean) => void;
}

function RouteFields({ label, route, models, onModel, onThinking }: RouteFieldsProps) {
  const id = useId();
  return (
    <div className={styles.route}>
      <LabelledSelect
        label={label}
        options={models.map((model) => ({ value: model, text: model }))}
        value={route.model}
        onValue={onModel}
      />
      <div className={styles.thinking}>
        <span id={id}>{t('playground.parameters.thinking')}</span>
        <Segments
          label={`${t('playground.parameters.thinking')}: ${label}`}
          options={[
            { id: 'on', text: t('playground.parameters.on') },
            { id: 'off', text: t('playground.parameters.off') },
          ]}
          value={route.thinking ? 'on' : 'off'}
          onValue={(next) => onThinking(next === 'on')}
        />
      </div>
    </div>
  );
}

interface AmountProps {
  label: string;
  placeholder: string;
  value: number | undefined;
  good: (value: number) => boolean;
  wrong: string;
  onValue: (text: string | undefined) => void;
}

/** A number that may be left out. What makes no sense stays in the field, is said, and does not come into force. */
function Amount({ label, placeholder, value, good, wrong, onValue }: AmountProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const bad = text !== '' && !(text.trim() !== '' && good(Number(text)));
  useEffect(() => {
    setText((old) =>
      old !== '' && Number(old) === value ? old : value === undefined ? keptIfBad(old, good) : String(value),
    );
  }, [value, good]);
  const write = (next: string) => {
    setText(next);
    onValue(next.trim() !== '' && good(Number(next)) ? next.trim() : undefined);
  };
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={placeholder}
      value={text}
      onValue={write}
      error={bad ? wrong : undefined}
    />
  );
}

function keptIfBad(text: string, good: (value: number) => boolean): string {
  return text !== '' && !good(Number(text)) ? text : '';
}
