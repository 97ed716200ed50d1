/** What the two views are made of: rows as plain data, and the few shapes that both have. Which rows there are is theirs. */
import type { Place } from '../model.ts';
import type { RichLine } from './richText.ts';

export interface ViewRow {
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  readonly tooltip: readonly RichLine[];
  readonly icon: string | null;
  readonly kind: 'flag' | 'check' | 'runbook' | 'incident' | 'alert' | 'group' | 'message' | 'source';
  readonly key: string | null;
  readonly place: Place | null;
  readonly expanded: boolean;
  readonly children: readonly ViewRow[];
  /** There are children, which are asked for when the row is opened. */
  readonly below?: 'asked' | undefined;
  /** For a flag server: what signing in needs. */
  readonly server?: { readonly system: string; readonly origin: string } | undefined;
}

export interface ViewContent {
  readonly rows: readonly ViewRow[];
  readonly badge: { readonly value: number; readonly tooltip: string } | null;
}

/** A heading with the number of its rows. */
export function groupRow(title: string, icon: string, children: readonly ViewRow[]): ViewRow {
  return {
    id: `group:${title}`,
    label: title,
    description: String(children.length),
    tooltip: [],
    icon,
    kind: 'group',
    key: null,
    place: null,
    expanded: true,
    children,
  };
}

/** A row without children. Facts that are missing or empty are left out of its description. */
export function leafRow(
  row: Pick<ViewRow, 'id' | 'label' | 'icon' | 'kind' | 'place'> &
    Partial<Pick<ViewRow, 'key' | 'tooltip' | 'server'>> & { readonly facts: readonly (string | null | undefined)[] },
): ViewRow {
  const { facts, ...rest } = row;
  const description = facts.filter(fact => fact).join(' · ');
  return {
    key: null,
    tooltip: [],
    ...rest,
    description: description === '' ? null : description,
    expanded: false,
    children: [],
  };
}
